namespace TiersLieux.Market.Domain.Common;

/// <summary>
/// Why something a person asked for was refused, and what to do about it, in both languages of the screens.
/// Refusals are values: what a user can cause is never an exception.
/// </summary>
/// <param name="Code">Stable, kebab-case; the last segment of the problem document's <c>type</c>.</param>
/// <param name="French">One or two plain sentences: what is wrong, what to do.</param>
/// <param name="English">The same in English.</param>
public sealed record Reason(string Code, string French, string English)
{
    /// <summary>The form field or JSON property at fault, where there is one.</summary>
    public string? Field { get; init; }

    public string In(string language) => language.StartsWith("en", StringComparison.OrdinalIgnoreCase) ? English : French;
}
