namespace TiersLieux.Market.Domain.Network;

/// <summary>A postal address in the structured form that banks and invoices ask for.</summary>
/// <param name="Insee">Official commune code (5 characters) where known, else empty.</param>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
public sealed record Address(string Street, string PostalCode, string City, string Insee, string Country = "FR")
{
    public override string ToString() => Street.Length == 0 ? $"{PostalCode} {City}" : $"{Street}, {PostalCode} {City}";
}
