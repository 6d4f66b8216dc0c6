namespace TiersLieux.Market.Domain.Billing;

public enum InvoiceFaultKind
{
    /// <summary>The document does not give the seal it carries: something in it was changed.</summary>
    Altered,

    /// <summary>A number is missing before this one.</summary>
    Gap,

    /// <summary>The number was given twice.</summary>
    Duplicate,

    /// <summary>It does not carry the seal of the document before it.</summary>
    BrokenChain,

    /// <summary>The counter of the series does not stand where its last document left it.</summary>
    CounterOff,
}

/// <summary>A fault found in a series, at the document (or next to it) where the chain first breaks.</summary>
public sealed record InvoiceFault(InvoiceFaultKind Kind, string Number, string French, string English);

/// <summary>Computes seals, numbers and chains again and names the first broken link of each series.</summary>
public static class InvoiceCheck
{
    /// <summary>Checks whole series. Both lists may hold several sellers, prefixes and years in any order.</summary>
    public static IReadOnlyList<InvoiceFault> Run(IEnumerable<Invoice> invoices, IEnumerable<NumberSeries> counters)
    {
        var faults = new List<InvoiceFault>();
        var documents = invoices.ToLookup(i => (i.SellerId, i.Series, i.Year));
        var series = counters.ToDictionary(c => (c.SellerId, Series: c.Prefix, c.Year));
        foreach (var key in documents.Select(d => d.Key).Union(series.Keys))
        {
            var ordered = documents[key].OrderBy(i => i.Sequence).ToList();
            if (FirstFault(ordered, series.GetValueOrDefault(key)) is { } fault) faults.Add(fault);
        }

        return faults;
    }

    private static InvoiceFault? FirstFault(IReadOnlyList<Invoice> ordered, NumberSeries? counter)
    {
        var expected = 1;
        var seal = "";
        foreach (var invoice in ordered)
        {
            if (invoice.Sequence < expected)
                return new(InvoiceFaultKind.Duplicate, invoice.Number,
                    $"{invoice.Number} : ce numéro a été donné deux fois.", $"{invoice.Number}: this number was given twice.");
            if (invoice.Sequence > expected)
                return new(InvoiceFaultKind.Gap, invoice.Number,
                    $"{invoice.Number} : il manque le document n° {expected} de la série.", $"{invoice.Number}: document no. {expected} of the series is missing.");
            if (invoice.PreviousSeal != seal)
                return new(InvoiceFaultKind.BrokenChain, invoice.Number,
                    $"{invoice.Number} : le sceau du document précédent ne correspond pas.", $"{invoice.Number}: the seal of the document before it does not match.");
            if (invoice.Seal != InvoiceSeal.Compute(invoice))
                return new(InvoiceFaultKind.Altered, invoice.Number,
                    $"{invoice.Number} : le contenu ne correspond plus à son sceau.", $"{invoice.Number}: the content no longer matches its seal.");
            seal = invoice.Seal;
            expected++;
        }

        if (counter is not null && counter.NextNumber == expected && counter.LastSeal == seal) return null;
        var last = ordered.Count > 0 ? ordered[^1].Number : $"{counter!.Prefix}-{counter.Year}";
        return new(InvoiceFaultKind.CounterOff, last,
            $"{last} : le compteur de la série ne suit pas ce document.", $"{last}: the counter of the series does not follow this document.");
    }
}
