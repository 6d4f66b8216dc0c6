using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Domain.Billing;

/// <summary>
/// The amounts of a document as EN 16931 has them: each line rounded to the cent, VAT rounded once per rate on the
/// sum of its lines, document totals as sums of those.
/// </summary>
public sealed class InvoiceTotals
{
    private InvoiceTotals(IReadOnlyList<InvoiceLine> lines, IReadOnlyList<InvoiceVat> vatRows, Money prepaid)
    {
        Lines = lines;
        VatRows = vatRows;
        ExclTax = new Money(lines.Sum(l => l.Net.Cents));
        Tax = new Money(vatRows.Sum(r => r.Tax.Cents));
        InclTax = ExclTax + Tax;
        Prepaid = prepaid;
        Payable = InclTax - prepaid;
    }

    public IReadOnlyList<InvoiceLine> Lines { get; }

    public IReadOnlyList<InvoiceVat> VatRows { get; }

    public Money ExclTax { get; }

    public Money Tax { get; }

    public Money InclTax { get; }

    public Money Prepaid { get; }

    public Money Payable { get; }

    /// <summary>BT-131: quantity × unit price, rounded, less the discount.</summary>
    public static Money NetOf(DraftLine line) => Money.FromEuros(line.Quantity * line.UnitPrice) - line.Discount;

    /// <summary>VAT of a sum at a rate, rounded once.</summary>
    public static Money TaxOn(Money basis, decimal ratePercent) => basis * (ratePercent / 100m);

    internal static InvoiceTotals Of(InvoiceDraft draft, IReadOnlyList<VatTreatment> treatments)
    {
        var lines = draft.Lines.Select((line, i) => new InvoiceLine(i + 1, line, treatments[i], NetOf(line))).ToList();
        var prepaid = new Money(draft.Deposits.Sum(d => d.Basis.Cents + d.Tax.Cents)) + draft.AlreadyPaid;
        return new InvoiceTotals(lines, [.. Breakdown(lines)], prepaid);
    }

    /// <summary>
    /// VAT per rate, then shared between the kinds of supply by largest remainder: the document shows one sum per
    /// rate, the ledger needs goods and services apart, and both must agree to the cent.
    /// </summary>
    private static IEnumerable<InvoiceVat> Breakdown(IReadOnlyList<InvoiceLine> lines)
    {
        var order = 0;
        foreach (var rate in lines.GroupBy(l => (l.Vat.Category, l.Vat.RatePercent, l.Vat.ExemptionCode))
                     .OrderByDescending(g => g.Key.RatePercent).ThenBy(g => g.Key.Category, StringComparer.Ordinal)
                     .ThenBy(g => g.Key.ExemptionCode, StringComparer.Ordinal))
        {
            var kinds = rate.GroupBy(l => l.Supply).OrderBy(g => g.Key)
                .Select(g => (Supply: g.Key, Basis: new Money(g.Sum(l => l.Net.Cents)))).ToList();
            var tax = TaxOn(new Money(kinds.Sum(k => k.Basis.Cents)), rate.Key.RatePercent);
            var parts = Rounding.Allocate(tax.Cents, [.. kinds.Select(k => (decimal)k.Basis.Cents)]);
            for (var i = 0; i < kinds.Count; i++)
                yield return new InvoiceVat(++order, rate.First().Vat, kinds[i].Supply, kinds[i].Basis, new Money(parts[i]));
        }
    }
}
