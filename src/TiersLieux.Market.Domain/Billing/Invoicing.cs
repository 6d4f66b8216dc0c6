using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Domain.Billing;

/// <summary>The outcome of <see cref="Invoicing.Issue"/>.</summary>
public abstract record IssueResult
{
    private IssueResult()
    {
    }

    public sealed record Issued(Invoice Invoice) : IssueResult;

    public sealed record Refused(Reason Reason) : IssueResult;
}

/// <summary>What the books of the seller say when a document is made.</summary>
/// <param name="IssuedAt">UTC.</param>
/// <param name="ClosedThrough">Last day of the last closed period, if any.</param>
public sealed record IssueContext(DateTime IssuedAt, DateOnly? ClosedThrough = null)
{
    public VatTable VatTable { get; init; } = VatTable.French;
}

/// <summary>Makes documents: checks, computes, numbers, seals.</summary>
public static class Invoicing
{
    /// <summary>
    /// Checks a draft, computes it, gives it the next number of its series and seals it. When it succeeds the series
    /// has advanced, and must be stored in the same transaction as the document; when it refuses, nothing changed.
    /// </summary>
    public static IssueResult Issue(InvoiceDraft draft, NumberSeries series, IssueContext context)
    {
        if (InvoiceRules.CheckDraft(draft) is { } wrong) return new IssueResult.Refused(wrong);
        if (InvoiceRules.CheckSeries(draft, series, context) is { } outOfSeries) return new IssueResult.Refused(outOfSeries);

        var (totals, refusal) = Compute(draft, context.VatTable);
        if (totals is null) return new IssueResult.Refused(refusal!);
        if (InvoiceRules.CheckTotals(draft, totals) is { } impossible) return new IssueResult.Refused(impossible);

        var nature = Nature(draft);
        var reference = draft.Payee is not null && !draft.Kind.IsCredit() && totals.Payable > Money.Zero
            ? CreditorReference.Create(series.FormatNext())
            : null;
        var invoice = new Invoice(draft, series, Frame(draft, nature, totals), totals,
            LegalTerms.On(draft.IssueDate).MentionsFor(draft, nature), reference, ParisTime.ToMicroseconds(context.IssuedAt));
        series.Advance(invoice.Seal, invoice.IssueDate);
        return new IssueResult.Issued(invoice);
    }

    /// <summary>The amounts that a draft will have, without giving it a number: for quotes, orders and deposits.</summary>
    public static (InvoiceTotals? Totals, Reason? Refusal) Preview(InvoiceDraft draft, VatTable vatTable)
    {
        if (InvoiceRules.CheckDraft(draft) is { } wrong) return (null, wrong);
        var (totals, refusal) = Compute(draft, vatTable);
        if (totals is null) return (null, refusal);
        return InvoiceRules.CheckTotals(draft, totals) is { } impossible ? (null, impossible) : (totals, null);
    }

    private static (InvoiceTotals? Totals, Reason? Refusal) Compute(InvoiceDraft draft, VatTable vatTable)
    {
        var treatments = new List<VatTreatment>(draft.Lines.Count);
        foreach (var line in draft.Lines)
        {
            var (treatment, refusal) = line.Vat is { } frozen
                ? (frozen, InvoiceRules.CheckTreatment(draft, frozen))
                : vatTable.For(draft.Seller.Regime, line.Supply, line.RatePercent, draft.SupplyDate ?? draft.IssueDate);
            if (refusal is not null) return (null, refusal);
            treatments.Add(treatment!);
        }

        return (InvoiceTotals.Of(draft, treatments), null);
    }

    private static char Nature(InvoiceDraft draft)
    {
        var services = draft.Lines.Count(l => l.Supply.IsService());
        return services == 0 ? 'B' : services == draft.Lines.Count ? 'S' : 'M';
    }

    /// <summary>BT-23. The 4 of a final invoice never meets a deposit or its credit note, which take no deposits.</summary>
    private static string Frame(InvoiceDraft draft, char nature, InvoiceTotals totals)
    {
        var step = draft.Deposits.Count > 0 ? '4'
            : totals.InclTax > Money.Zero && totals.Payable.IsZero ? '2'
            : '1';
        return $"{nature}{step}";
    }
}
