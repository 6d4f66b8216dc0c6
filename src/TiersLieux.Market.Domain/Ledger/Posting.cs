using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Domain.Ledger;

/// <summary>The outcome of <see cref="Posting.Post"/>.</summary>
public abstract record PostingResult
{
    private PostingResult()
    {
    }

    public sealed record Posted(JournalEntry Entry) : PostingResult;

    public sealed record Refused(Reason Reason) : PostingResult;
}

/// <summary>Turns an event into a balanced entry through the posting table.</summary>
public static class Posting
{
    /// <summary>
    /// The entry of an event, numbered from its journal's sequence, which has then advanced and must be stored with
    /// it. A negative amount goes to the other side; a line of zero is left out. When it refuses, nothing changed.
    /// </summary>
    /// <param name="recordedAt">UTC.</param>
    /// <param name="closedThrough">Last day of the last closed period, if any.</param>
    public static PostingResult Post(PostingTable table, PostingEvent source, JournalSequence sequence, DateTime recordedAt, DateOnly? closedThrough = null)
    {
        if (Check(table, source, sequence, closedThrough) is { } reason) return new PostingResult.Refused(reason);

        var rules = table.RulesOf(source.Code).Where(r => r.AppliesTo(source)).ToList();
        var lines = new List<JournalLine>();
        foreach (var rule in rules)
        foreach (var (rate, amount) in Amounts(rule, source))
        {
            if (amount.IsZero) continue;
            var party = rule.Auxiliary switch { Auxiliary.Customer => source.Customer, Auxiliary.Supplier => source.Supplier, _ => null };
            if (rule.Auxiliary != Auxiliary.None && party is null)
                return new PostingResult.Refused(new Reason("posting-party-missing",
                    $"L'écriture {source.Code} de {source.DocumentReference} ne dit pas quel tiers porte le compte {rule.Account}.",
                    $"The entry {source.Code} of {source.DocumentReference} does not say which party account {rule.Account} is for."));
            var debit = (rule.Side == Side.Debit) == (amount > Money.Zero);
            var size = amount < Money.Zero ? -amount : amount;
            lines.Add(new JournalLine(lines.Count + 1, rule.Account, rule.AccountLabel, party, Label(rule.Label, source),
                debit ? size : Money.Zero, debit ? Money.Zero : size, rate, source.Axes));
        }

        if (lines.Count == 0)
            return new PostingResult.Refused(new Reason("posting-empty",
                $"L'événement {source.Code} de {source.DocumentReference} ne donne aucune ligne : tous ses montants sont nuls.",
                $"Event {source.Code} of {source.DocumentReference} gives no line: all its amounts are zero."));
        if (lines.Sum(l => l.Debit.Cents) != lines.Sum(l => l.Credit.Cents))
            return new PostingResult.Refused(new Reason("posting-unbalanced",
                $"L'écriture {source.Code} de {source.DocumentReference} n'est pas équilibrée : vérifiez les montants de la pièce.",
                $"The entry {source.Code} of {source.DocumentReference} does not balance: check the amounts of the document."));

        var operation = rules[0].Operation;
        var entry = new JournalEntry(source, sequence, lines, operation.Length > 0 ? $"{operation} {source.DocumentReference}" : source.DocumentReference,
            ParisTime.ToMicroseconds(recordedAt));
        sequence.Advance();
        return new PostingResult.Posted(entry);
    }

    private static Reason? Check(PostingTable table, PostingEvent source, JournalSequence sequence, DateOnly? closedThrough)
    {
        if (table.JournalOf(source.Code) is not { } journal)
            return new Reason("posting-event-unknown",
                $"La table d'imputation n'a pas d'événement {source.Code} : ajoutez-le à posting-table.csv.",
                $"The posting table has no event {source.Code}: add it to posting-table.csv.");
        if (sequence.EntityId != source.EntityId || sequence.Journal != journal || sequence.Year != source.Date.Year)
            return new Reason("posting-sequence", $"L'écriture attend le journal {journal} de {source.Date.Year}.", $"The entry needs journal {journal} of {source.Date.Year}.");
        return closedThrough >= source.Date
            ? new Reason("period-closed",
                $"La période est clôturée jusqu'au {Billing.BillingText.Date(closedThrough.Value)}. Datez l'écriture du premier jour ouvert.",
                "The period is closed. Date the entry on the first open day.")
            : null;
    }

    private static IEnumerable<(decimal? Rate, Money Amount)> Amounts(PostingRule rule, PostingEvent source)
    {
        if (!PostingFormula.IsPerRate(rule.Formula)) return [(null, PostingFormula.Of(rule.Formula, source))];
        var parts = source.Amounts.Where(a => rule.AppliesTo(a.Supply));
        return PostingFormula.KeepsRate(rule.Formula)
            ? parts.GroupBy(a => a.VatRate).OrderByDescending(g => g.Key)
                .Select(g => ((decimal?)g.Key, new Money(g.Sum(a => PostingFormula.Of(rule.Formula, a).Cents))))
            : [(null, new Money(parts.Sum(a => PostingFormula.Of(rule.Formula, a).Cents)))];
    }

    private static string Label(string template, PostingEvent source) =>
        template.Replace("{piece}", source.DocumentReference, StringComparison.Ordinal)
            .Replace("{tiers}", (source.Customer ?? source.Supplier)?.Name ?? "", StringComparison.Ordinal)
            .TrimEnd();
}
