namespace TiersLieux.Market.Domain.Billing;

/// <summary>
/// What is supplied, as VAT law tells it apart: goods fall due on delivery, services when they are paid
/// (unless the seller opted for debits).
/// </summary>
public enum SupplyKind
{
    Goods = 1,
    Services = 2,

    /// <summary>Professional training by a certified body: a service, exempt under art. 261-4-4° a of the CGI.</summary>
    CertifiedTraining = 3,
}

public static class SupplyKinds
{
    public static bool IsService(this SupplyKind kind) => kind != SupplyKind.Goods;
}
