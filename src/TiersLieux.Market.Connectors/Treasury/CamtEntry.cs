using System.Globalization;
using System.Xml.Linq;

using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Treasury;

namespace TiersLieux.Market.Connectors.Treasury;

/// <summary>Turns an entry into movements: one, or one for each of its transactions when they add up to it.</summary>
internal static class CamtEntry
{
    public static string? AccountOf(XElement account) =>
        (account.TextOf("Id", "IBAN") ?? account.TextOf("Id", "Othr", "Id"))?.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();

    public static IReadOnlyList<StatementLine> Lines(XElement entry)
    {
        var status = entry.TextOf("Sts", "Cd") ?? entry.TextOf("Sts") ?? "BOOK";
        // Pending and informational entries are in no booked balance; they come again once booked.
        if (status != "BOOK") return [];
        var amount = CamtValue.Signed(entry);
        var date = CamtValue.Date(entry.Child("BookgDt")) ?? CamtValue.Date(entry.Child("ValDt"))
            ?? throw new StatementFault(entry.Line(), "statement-date", "La date d'une écriture manque.", "The date of an entry is missing.");
        var transactions = entry.Children("NtryDtls").SelectMany(d => d.Children("TxDtls")).ToList();
        if (transactions.Count <= 1 || !AddsUp(entry, transactions, amount, out var parts))
            return [Line(entry, transactions, amount, date)];
        return [.. transactions.Select((t, i) => Line(entry, [t], parts[i], date))];
    }

    /// <summary>
    /// Whether the transactions carry amounts of the account's currency that make the entry. With charges taken off or
    /// amounts in another currency they need not; without either, a difference is a fault of the file.
    /// </summary>
    private static bool AddsUp(XElement entry, List<XElement> transactions, Money amount, out Money[] parts)
    {
        parts = new Money[transactions.Count];
        var isCredit = CamtValue.IsCredit(entry);
        for (var i = 0; i < transactions.Count; i++)
        {
            var own = transactions[i].Child("Amt") ?? transactions[i].Child("AmtDtls", "TxAmt", "Amt");
            if (own is null || !own.IsEuro()) return false;
            var credit = transactions[i].Child("CdtDbtInd") is null ? isCredit : CamtValue.IsCredit(transactions[i]);
            var size = CamtValue.Amount(own, transactions[i]);
            parts[i] = credit ? size : -size;
        }

        CheckBatches(entry, parts);
        if (new Money(parts.Sum(p => p.Cents)) == amount) return true;
        if (entry.Descendants().Any(e => e.Name.LocalName == "Chrgs")) return false;
        throw Batch(entry, "Les opérations d'un lot ne font pas le montant de l'écriture.", "The transactions of a batch do not make the amount of the entry.");
    }

    /// <summary>What a batch announces, number and total, must be what it holds, when it lists its transactions.</summary>
    private static void CheckBatches(XElement entry, Money[] parts)
    {
        var before = 0;
        foreach (var details in entry.Children("NtryDtls"))
        {
            var inside = parts[before..(before += details.Children("TxDtls").Count())];
            if (details.Child("Btch") is not { } batch || inside.Length <= 1) continue;
            if (batch.TextOf("NbOfTxs") is { } count && count != inside.Length.ToString(CultureInfo.InvariantCulture))
                throw Batch(batch, $"Le lot annonce {count} opérations et en contient {inside.Length}.", $"The batch announces {count} transactions and holds {inside.Length}.");
            if (batch.Child("TtlAmt") is not { } total || !total.IsEuro()) continue;
            var sum = inside.Sum(p => p.Cents);
            if (Math.Abs(sum) != CamtValue.Amount(total, batch).Cents)
                throw Batch(batch, "Le total annoncé d'un lot n'est pas celui de ses opérations.", "The announced total of a batch is not that of its transactions.");
        }
    }

    private static StatementLine Line(XElement entry, List<XElement> transactions, Money amount, DateOnly date)
    {
        var single = transactions.Count == 1 ? transactions[0] : null;
        var reversal = entry.TextOf("RvslInd") is "true" or "1";
        // A reversal shows the parties of the movement it takes back.
        var incoming = amount > Money.Zero != reversal;
        return new StatementLine(amount, date, TextOf(entry, transactions))
        {
            ValueDate = CamtValue.Date(entry.Child("ValDt")),
            CounterpartyName = single is null ? null : Name(single, incoming) ?? Name(single, !incoming),
            CounterpartyIban = single is null ? null : (Iban(single, incoming) ?? Iban(single, !incoming))?.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant(),
            BankReference = single?.TextOf("Refs", "AcctSvcrRef") ?? single?.TextOf("Refs", "TxId") ?? entry.TextOf("AcctSvcrRef") ?? entry.TextOf("NtryRef"),
            EndToEndId = single?.TextOf("Refs", "EndToEndId") is { } id && id != "NOTPROVIDED" ? id : null,
            StructuredReference = single?.Child("RmtInf")?.Children("Strd").Select(s => s.TextOf("CdtrRefInf", "Ref")).FirstOrDefault(r => r is not null),
            IsReversal = reversal,
        };
    }

    /// <summary>Everything the bank and the payer wrote, once each.</summary>
    private static string TextOf(XElement entry, List<XElement> transactions)
    {
        var parts = new List<string?>();
        foreach (var transaction in transactions)
        {
            if (transaction.Child("RmtInf") is { } remittance)
            {
                parts.AddRange(remittance.Children("Ustrd").Select(u => u.Value));
                foreach (var structured in remittance.Children("Strd"))
                {
                    parts.AddRange(structured.Children("RfrdDocInf").Select(d => d.TextOf("Nb")));
                    parts.AddRange(structured.Children("AddtlRmtInf").Select(a => a.Value));
                }
            }

            parts.Add(transaction.TextOf("AddtlTxInf"));
        }

        parts.Add(entry.TextOf("AddtlNtryInf"));
        return string.Join(' ', parts.Where(p => !string.IsNullOrWhiteSpace(p)).Select(p => p!.Trim()).Distinct(StringComparer.Ordinal));
    }

    private static string? Name(XElement transaction, bool incoming)
    {
        var role = incoming ? "Dbtr" : "Cdtr";
        return transaction.TextOf("RltdPties", role, "Nm") ?? transaction.TextOf("RltdPties", role, "Pty", "Nm")
            ?? transaction.TextOf("RltdPties", "Ultmt" + role, "Nm") ?? transaction.TextOf("RltdPties", "Ultmt" + role, "Pty", "Nm");
    }

    private static string? Iban(XElement transaction, bool incoming) =>
        transaction.TextOf("RltdPties", incoming ? "DbtrAcct" : "CdtrAcct", "Id", "IBAN");

    private static StatementFault Batch(XElement element, string french, string english) => new(element.Line(), "statement-batch", french, english);
}
