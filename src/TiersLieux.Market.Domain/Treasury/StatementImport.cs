using System.Globalization;
using System.Security.Cryptography;
using System.Text;

using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Domain.Treasury;

/// <summary>What an import brought: statements with their new lines, and counts for the message to the treasurer.</summary>
public sealed record ImportOutcome(IReadOnlyList<BankStatement> Statements, int Read, int New, int AlreadyKnown);

/// <summary>Turns what a file says into what is stored, leaving out what is already there.</summary>
public static class StatementImport
{
    /// <summary>
    /// New lines of each statement. A line is already known when its hash is: account, day, amount, bank reference,
    /// end-to-end id, text and counterparty, and its rank among equal lines of that day, since two equal payments on
    /// one day are two payments. A statement all of whose lines are known is left out, one without lines is kept
    /// unless <paramref name="knownStatements"/> has its reference.
    /// </summary>
    public static ImportOutcome Merge(
        Guid entityId, IReadOnlyList<StatementData> data, IReadOnlySet<string> knownHashes, IReadOnlySet<string> knownStatements,
        string format, string fileName, DateTime importedAt)
    {
        var seen = new HashSet<string>(knownHashes, StringComparer.Ordinal);
        var seenStatements = new HashSet<string>(knownStatements, StringComparer.Ordinal);
        var statements = new List<BankStatement>();
        int read = 0, known = 0;
        foreach (var statement in data)
        {
            var ranks = new Dictionary<string, int>(StringComparer.Ordinal);
            var fresh = new List<BankLine>();
            foreach (var line in statement.Lines)
            {
                read++;
                var content = ContentOf(statement.AccountIban, line);
                var rank = ranks[content] = ranks.GetValueOrDefault(content) + 1;
                var hash = Hash(content + "\n" + rank.ToString(CultureInfo.InvariantCulture));
                if (seen.Add(hash)) fresh.Add(new BankLine(entityId, fresh.Count + 1, statement.AccountIban, line, hash));
                else known++;
            }

            if (seenStatements.Add(KeyOf(statement)) && (fresh.Count > 0 || statement.Lines.Count == 0) || fresh.Count > 0)
                statements.Add(new BankStatement(entityId, statement, format, fileName, fresh, ParisTime.ToMicroseconds(importedAt)));
        }

        return new ImportOutcome(statements, read, read - known, known);
    }

    /// <summary>Account and bank's own reference, to recognise a statement without lines.</summary>
    public static string KeyOf(StatementData statement) => statement.AccountIban + "|" + statement.Reference;

    private static string ContentOf(string iban, StatementLine line) => string.Join('\n',
        iban,
        line.BookingDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        line.Amount.Cents.ToString(CultureInfo.InvariantCulture),
        line.Amount.Currency,
        line.BankReference ?? "",
        line.EndToEndId ?? "",
        line.StructuredReference ?? "",
        line.Text,
        line.CounterpartyName ?? "",
        line.CounterpartyIban ?? "");

    private static string Hash(string content) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));
}
