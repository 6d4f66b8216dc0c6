using System.Globalization;

using TiersLieux.Market.Domain.Billing;
using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Domain.Ledger;

/// <summary>
/// Event → accounts, as data that an accountant edits. Parsing refuses what could not post: an unknown account,
/// amount or condition, a party missing on an account kept by party, an event whose debits and credits can differ.
/// </summary>
public sealed class PostingTable
{
    private static readonly string[] Journals = ["VE", "AC", "BQ", "ST", "OD"];

    private readonly Dictionary<string, List<PostingRule>> byEvent;

    private PostingTable(IEnumerable<PostingRule> rules) =>
        byEvent = rules.GroupBy(r => r.EventCode, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.OrderBy(r => r.Order).ToList(), StringComparer.Ordinal);

    public IReadOnlyCollection<string> Events => byEvent.Keys;

    public IReadOnlyList<PostingRule> RulesOf(string eventCode) => byEvent.GetValueOrDefault(eventCode) ?? [];

    /// <summary>The journal of an event, so that its sequence can be loaded before posting; null for an unknown event.</summary>
    public string? JournalOf(string eventCode) => byEvent.TryGetValue(eventCode, out var rules) ? rules[0].Journal : null;

    /// <summary>Columns: evenement, operation, journal, condition, ordre, sens, compte, montant, auxiliaire, libelle.</summary>
    public static TableResult<PostingTable> Parse(IEnumerable<TableRow> rows, ChartOfAccounts chart)
    {
        var parsed = new List<(PostingRule Rule, TableRow Row)>();
        foreach (var row in rows)
        {
            var (rule, reason) = ParseRow(row, chart);
            if (rule is null) return new TableResult<PostingTable>.Refused(row.File, row.Line, reason!);
            if (parsed.Find(p => p.Rule.EventCode == rule.EventCode).Rule is { } first && first.Journal != rule.Journal)
                return new TableResult<PostingTable>.Refused(row.File, row.Line, new Reason("posting-journal",
                    $"L'événement {rule.EventCode} est déjà au journal {first.Journal}. Gardez un seul journal par événement.",
                    $"Event {rule.EventCode} is already in journal {first.Journal}. Keep one journal per event.")
                { Field = "journal" });
            if (parsed.Exists(p => p.Rule.EventCode == rule.EventCode && p.Rule.Order == rule.Order))
                return new TableResult<PostingTable>.Refused(row.File, row.Line, new Reason("posting-order",
                    $"L'événement {rule.EventCode} a deux lignes d'ordre {rule.Order}.", $"Event {rule.EventCode} has two rows of order {rule.Order}.")
                { Field = "ordre" });
            parsed.Add((rule, row));
        }

        var table = new PostingTable(parsed.Select(p => p.Rule));
        foreach (var code in table.Events)
            if (PostingProof.Unbalanced(table, code) is { } reason)
            {
                var last = parsed.Last(p => p.Rule.EventCode == code).Row;
                return new TableResult<PostingTable>.Refused(last.File, last.Line, reason);
            }

        return new TableResult<PostingTable>.Loaded(table);
    }

    private static (PostingRule? Rule, Reason? Refusal) ParseRow(TableRow row, ChartOfAccounts chart)
    {
        static (PostingRule?, Reason?) Refuse(string code, string field, string french, string english) =>
            (null, new Reason(code, french, english) { Field = field });

        var eventCode = row["evenement"];
        if (eventCode.Length == 0) return Refuse("posting-event", "evenement", "La colonne evenement est vide.", "Column evenement is empty.");
        if (!Journals.Contains(row["journal"]))
            return Refuse("posting-journal", "journal", $"Journal « {row["journal"]} » inconnu : {string.Join(", ", Journals)}.", $"Unknown journal \"{row["journal"]}\": {string.Join(", ", Journals)}.");
        var conditions = row["condition"].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (Array.Find(conditions, c => !PostingFact.All.Contains(c)) is { } odd)
            return Refuse("posting-condition", "condition", $"Condition « {odd} » inconnue : {string.Join(", ", PostingFact.All)}.", $"Unknown condition \"{odd}\": {string.Join(", ", PostingFact.All)}.");
        if (!int.TryParse(row["ordre"], NumberStyles.None, CultureInfo.InvariantCulture, out var order))
            return Refuse("posting-order", "ordre", $"Ordre « {row["ordre"]} » : écrivez un nombre entier.", $"Order \"{row["ordre"]}\": write a whole number.");
        if (row["sens"] is not ("D" or "C"))
            return Refuse("posting-side", "sens", $"Sens « {row["sens"]} » : écrivez D ou C.", $"Side \"{row["sens"]}\": write D or C.");
        if (chart.Find(row["compte"]) is not { } account)
            return Refuse("posting-account", "compte", $"Le compte {row["compte"]} n'est pas au plan comptable : ajoutez-le à accounts.csv.", $"Account {row["compte"]} is not in the chart: add it to accounts.csv.");
        if (!PostingFormula.IsKnown(row["montant"]))
            return Refuse("posting-amount", "montant", $"Montant « {row["montant"]} » inconnu : {string.Join(", ", PostingFormula.Names)}.", $"Unknown amount \"{row["montant"]}\": {string.Join(", ", PostingFormula.Names)}.");
        var supplyCondition = conditions.Any(c => c is PostingFact.Goods or PostingFact.Services);
        if (supplyCondition && !PostingFormula.IsPerRate(row["montant"]))
            return Refuse("posting-condition", "condition", $"Le montant {row["montant"]} ne se partage pas entre biens et services.", $"Amount {row["montant"]} is not split between goods and services.");
        Auxiliary? auxiliary = row["auxiliaire"] switch { "" => Auxiliary.None, "client" => Auxiliary.Customer, "fournisseur" => Auxiliary.Supplier, _ => null };
        if (auxiliary is null)
            return Refuse("posting-auxiliary", "auxiliaire", $"Auxiliaire « {row["auxiliaire"]} » : écrivez client, fournisseur ou rien.", $"Auxiliary \"{row["auxiliaire"]}\": write client, fournisseur or nothing.");
        if (account.HasAuxiliary != (auxiliary != Auxiliary.None))
            return Refuse("posting-auxiliary", "auxiliaire",
                account.HasAuxiliary ? $"Le compte {account.Code} est tenu par tiers : indiquez client ou fournisseur." : $"Le compte {account.Code} n'est pas tenu par tiers : laissez auxiliaire vide.",
                account.HasAuxiliary ? $"Account {account.Code} is kept by party: write client or fournisseur." : $"Account {account.Code} is not kept by party: leave auxiliaire empty.");
        return row["libelle"].Length == 0
            ? Refuse("posting-label", "libelle", "Le libellé manque.", "The label is missing.")
            : (new PostingRule(eventCode, row["operation"], row["journal"], conditions.ToHashSet(StringComparer.Ordinal), order,
                row["sens"] == "D" ? Side.Debit : Side.Credit, account.Code, account.Label, row["montant"], auxiliary.Value, row["libelle"]), null);
    }
}

/// <summary>Tries an event of the table on every combination of facts and supply, with amounts that cannot cancel by chance.</summary>
internal static class PostingProof
{
    public static Reason? Unbalanced(PostingTable table, string code)
    {
        foreach (var supply in new[] { SupplyKind.Goods, SupplyKind.Services })
        foreach (var due in new[] { PostingFact.OnDebits, PostingFact.OnReceipts })
        foreach (var settled in new[] { PostingFact.Paid, PostingFact.Unpaid })
        {
            var sample = new PostingEvent
            {
                Code = code, EntityId = Guid.Empty, Date = new DateOnly(2026, 1, 1), DocumentReference = "",
                Facts = new HashSet<string>([due, settled], StringComparer.Ordinal),
                Amounts = [new() { Supply = supply, Excl = new(1_000_003), Vat = new(200_017), DepositExcl = new(30_011), DepositVat = new(5_009) }],
                Amount = new(71_993), ReverseVat = new(1_301),
            };
            var sum = 0L;
            foreach (var rule in table.RulesOf(code).Where(r => r.AppliesTo(sample)))
            {
                if (PostingFormula.IsPerRate(rule.Formula) && !rule.AppliesTo(supply)) continue;
                var cents = (PostingFormula.IsPerRate(rule.Formula) ? PostingFormula.Of(rule.Formula, sample.Amounts[0]) : PostingFormula.Of(rule.Formula, sample)).Cents;
                sum += rule.Side == Side.Debit ? cents : -cents;
            }

            if (sum != 0)
                return new Reason("posting-unbalanced",
                    $"L'événement {code} n'est pas équilibré ({(supply == SupplyKind.Goods ? "biens" : "services")}, {due}, {settled}) : débits et crédits diffèrent.",
                    $"Event {code} does not balance ({(supply == SupplyKind.Goods ? "goods" : "services")}, {due}, {settled}): debits and credits differ.");
        }

        return null;
    }
}
