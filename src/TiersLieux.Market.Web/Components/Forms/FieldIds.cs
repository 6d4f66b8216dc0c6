namespace TiersLieux.Market.Web.Components.Forms;

internal static class FieldIds
{
    /// <summary>The element id of a posted name: <c>Input.Lines[0].Price</c> → <c>f-Input-Lines-0-Price</c>.</summary>
    public static string Of(string name) => "f-" + string.Concat(name.Select(c => char.IsLetterOrDigit(c) ? c : '-')).Trim('-');
}
