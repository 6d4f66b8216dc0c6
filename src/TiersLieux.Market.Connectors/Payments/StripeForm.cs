using System.Globalization;

namespace TiersLieux.Market.Connectors.Payments;

/// <summary>
/// Parameters as Stripe's own notation writes them: <c>a[b][c]</c>, <c>a[0]</c>, <c>metadata[k]</c>. Null leaves a parameter
/// out; the empty string clears it.
/// </summary>
public sealed class StripeForm
{
    private readonly List<KeyValuePair<string, string>> _pairs = [];

    public IReadOnlyList<KeyValuePair<string, string>> Pairs => _pairs;

    public StripeForm Set(string name, string? value)
    {
        if (value is not null) _pairs.Add(new(name, value));
        return this;
    }

    public StripeForm Set(string name, long value) => Set(name, value.ToString(CultureInfo.InvariantCulture));

    public StripeForm Set(string name, bool value) => Set(name, value ? "true" : "false");

    /// <summary>In whole seconds since 1970, UTC.</summary>
    public StripeForm Set(string name, DateTime utc) => Set(name, new DateTimeOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc)).ToUnixTimeSeconds());

    public FormUrlEncodedContent ToContent() => new(_pairs);

    public string ToQuery() => string.Join('&', _pairs.Select(p => $"{Uri.EscapeDataString(p.Key)}={Uri.EscapeDataString(p.Value)}"));
}
