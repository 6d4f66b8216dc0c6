using TiersLieux.Market.Domain.Billing;
using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Domain.Ledger;

/// <summary>The VAT of a document that a payment settles, row by row.</summary>
internal static class SettlementVat
{
    /// <summary>
    /// Each row's VAT (less that of its deposits) in proportion to what is paid in all, less what earlier payments
    /// settled: so that the parts of several payments add up to the document's VAT, whatever the roundings. Beyond
    /// the document's amount nothing more falls due.
    /// </summary>
    public static IReadOnlyList<PostingAmounts> Of(Invoice invoice, Money payment, Money paidBefore)
    {
        var deposits = new Money(invoice.Deposits.Sum(d => d.InclTax.Cents));
        var due = invoice.InclTax - deposits;
        if (due <= Money.Zero) return [];

        Money Settled(Money vat, Money paid) =>
            new(Rounding.HalfAwayFromZero((decimal)vat.Cents * Math.Clamp(paid.Cents, 0, due.Cents) / due.Cents));

        return
        [
            .. invoice.VatRows.OrderBy(r => r.Order).Select(row =>
            {
                var vat = row.Tax - new Money(invoice.Deposits
                    .Where(d => d.Supply == row.Supply && d.Vat.Category == row.Vat.Category && d.Vat.RatePercent == row.Vat.RatePercent
                        && d.Vat.ExemptionCode == row.Vat.ExemptionCode)
                    .Sum(d => d.Tax.Cents));
                return new PostingAmounts
                {
                    Supply = row.Supply, VatRate = row.Vat.RatePercent, Vat = Settled(vat, paidBefore + payment) - Settled(vat, paidBefore),
                };
            }),
        ];
    }
}
