namespace TiersLieux.Market.Domain.Common;

/// <summary>A text in the two languages of the screens.</summary>
public sealed record Text(string French, string English)
{
    public string In(string language) => language.StartsWith("en", StringComparison.OrdinalIgnoreCase) ? English : French;
}
