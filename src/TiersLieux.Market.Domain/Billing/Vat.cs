using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;

namespace TiersLieux.Market.Domain.Billing;

/// <summary>How one line is taxed (BT-151, BT-152, BT-120, BT-121).</summary>
public sealed record VatTreatment
{
    /// <summary>UNTDID 5305: S standard, E exempt, AE reverse charge, K intra-EU, G export, O out of scope.</summary>
    public required string Category { get; init; }

    /// <summary>In percent; 0 unless the category is S.</summary>
    public required decimal RatePercent { get; init; }

    /// <summary>VATEX code of the exemption.</summary>
    public string? ExemptionCode { get; init; }

    /// <summary>What the document must say, in French, the language of the law.</summary>
    public string? Mention { get; init; }

    public static VatTreatment Standard(decimal ratePercent) => new() { Category = "S", RatePercent = ratePercent };
}

/// <summary>One case of the VAT table: from which day, for whom and what, the treatment that applies.</summary>
/// <param name="Supply">Null means every kind of supply.</param>
/// <param name="Treatment">Null means the offer's own rate, standard category.</param>
public sealed record VatCase(VatRegime Seller, SupplyKind? Supply, DateOnly From, VatTreatment? Treatment);

/// <summary>
/// The VAT cases as dated rows. The last row that fits wins, so a narrower case stands after the wider one.
/// </summary>
public sealed class VatTable(IReadOnlyList<VatCase> cases)
{
    private static readonly DateOnly Always = new(2000, 1, 1);

    private static readonly VatTreatment Franchise = new()
    {
        Category = "E", RatePercent = 0, ExemptionCode = "VATEX-FR-FRANCHISE", Mention = "TVA non applicable, art. 293 B du CGI",
    };

    private static readonly VatTreatment NonProfit = new()
    {
        Category = "E", RatePercent = 0, ExemptionCode = "VATEX-FR-CGI261-7", Mention = "Exonération de TVA, art. 261-7-1° du CGI",
    };

    private static readonly VatTreatment Training = new()
    {
        Category = "E", RatePercent = 0, ExemptionCode = "VATEX-FR-CGI261-4", Mention = "Exonération de TVA, art. 261-4-4° a du CGI",
    };

    /// <summary>The cases of French sellers and domestic buyers.</summary>
    public static VatTable French { get; } = new(
    [
        new(VatRegime.Normal, null, Always, null),
        new(VatRegime.NormalOnDebits, null, Always, null),
        new(VatRegime.Normal, SupplyKind.CertifiedTraining, Always, Training),
        new(VatRegime.NormalOnDebits, SupplyKind.CertifiedTraining, Always, Training),
        new(VatRegime.Franchise, null, Always, Franchise),
        new(VatRegime.ExemptAssociation, null, Always, NonProfit),
    ]);

    /// <summary>Rates of mainland France, in percent.</summary>
    public static IReadOnlyList<decimal> FrenchRates { get; } = [20m, 10m, 5.5m, 2.1m];

    /// <summary>The treatment of a supply, or why there is none.</summary>
    /// <param name="offerRatePercent">The rate the offer bears when its seller is taxable.</param>
    public (VatTreatment? Treatment, Reason? Refusal) For(VatRegime seller, SupplyKind supply, decimal offerRatePercent, DateOnly date)
    {
        var match = cases.LastOrDefault(c => c.Seller == seller && (c.Supply is null || c.Supply == supply) && c.From <= date);
        if (match is null)
            return (null, new Reason("vat-case-unknown",
                "Aucune règle de TVA ne correspond à ce vendeur et à cette prestation. Vérifiez le régime de TVA de la structure.",
                "No VAT rule fits this seller and supply. Check the organisation's VAT regime."));
        if (match.Treatment is { } fixedTreatment) return (fixedTreatment, null);
        return FrenchRates.Contains(offerRatePercent)
            ? (VatTreatment.Standard(offerRatePercent), null)
            : (null, new Reason("vat-rate-unknown",
                $"Le taux de TVA {BillingText.Rate(offerRatePercent)} n'existe pas. Choisissez 20 %, 10 %, 5,5 % ou 2,1 %.",
                $"There is no VAT rate of {BillingText.Rate(offerRatePercent)}. Choose 20%, 10%, 5.5% or 2.1%."));
    }
}
