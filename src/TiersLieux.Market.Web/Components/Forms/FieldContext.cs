namespace TiersLieux.Market.Web.Components.Forms;

/// <summary>What a control of one's own needs to belong to its field.</summary>
/// <param name="Id">For the control's <c>id</c>.</param>
/// <param name="DescribedBy">For <c>aria-describedby</c>; null when there is no hint and no error.</param>
/// <param name="Invalid">For <c>aria-invalid</c>: <c>true</c> or null.</param>
public sealed record FieldContext(string Id, string? DescribedBy, string? Invalid);

/// <summary>One entry of a list to choose from.</summary>
public sealed record FieldOption(string Value, string Label);
