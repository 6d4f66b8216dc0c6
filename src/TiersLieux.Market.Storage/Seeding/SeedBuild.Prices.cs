using TiersLieux.Market.Domain.Ledger;
using TiersLieux.Market.Domain.Orders.Pricing;

namespace TiersLieux.Market.Storage.Seeding;

internal sealed partial class SeedBuild
{
    private void Prices()
    {
        Each("fees.csv", Code, (row, id, insert) => insert(Fee(row, id)));
        // A transport table holds as a whole: where there is one, the seed adds nothing to it.
        Whole("transport.csv", _ => "any", row => new TransportRow(
            SeedId.Of("transport", row["max_kg"]), FromTheStart, row.Number("max_kg", 0.001m, 100_000), row.Choice("mode", ("parcel", "parcel"), ("van", "van"), ("lorry", "lorry")),
            row.Cents("flat_cents"), row.Number("cents_per_km", 0, 100_000), row.VatRate("vat_rate")));
        Each("factors.csv", Code, (row, id, insert) => insert(new EmissionRow(
            id, row["code"], row.Bilingual("name"), row.Choice("unit", ("kgCO2e/t.km", EmissionUnit.TonneKm), ("kgCO2e/kWh", EmissionUnit.KilowattHour)),
            row.Number("value", 0, 1_000), row.Whole("year", 1990, 2100), row.Date("valid_from"), row.YesNo("default"), row.Text("source"), row.Text("url"))));
        Accounts();
    }

    private FeeRow Fee(SeedRow row, Guid id)
    {
        var kind = row.Choice("kind", ("percent", FeeKind.Percent), ("flat", FeeKind.Flat), ("per-item", FeeKind.PerItem),
            ("first-additional", FeeKind.FirstAdditional), ("threshold", FeeKind.Threshold), ("weight", FeeKind.Weight));
        var steps = row.Pairs("steps");
        if (kind is FeeKind.Threshold or FeeKind.Weight && steps.Count == 0) row.Text("steps");
        // Thresholds are written in cents of shares, weights in kg.
        var unit = kind == FeeKind.Threshold ? 100m : 1m;
        var scope = row.Choice("scope", ("consortium", FeeScope.Consortium), ("circle", FeeScope.Circle));
        return new FeeRow(id, row["code"], row.Bilingual("name"), kind, Id(row, "beneficiary", "organisations.csv"), row.VatRate("vat_rate"), row.Date("valid_from"))
        {
            IsActive = row.YesNo("active"),
            Percent = kind == FeeKind.Percent ? row.Number("percent", 0, 100) : 0,
            Amount = row.Cents("cents"),
            Additional = row.Cents("additional_cents"),
            Steps = [.. steps.Select(s => new FeeStep(s.From / unit, s.Value / 100m))],
            Scope = scope,
            CircleId = scope == FeeScope.Circle ? Id(row, "scope_code", "circles.csv") : null,
            Sale = row.Choice("applies_to", ("consortium-sale", FeeSale.Consortium), ("producer-sale", FeeSale.Producer)),
        };
    }

    private void Accounts()
    {
        var chart = new ChartOfAccounts([]);
        switch (ChartOfAccounts.Parse(TableRows("accounts.csv")))
        {
            case TableResult<ChartOfAccounts>.Refused refused:
                Refuse(refused.File, refused.Line, refused.Reason);
                return;
            case TableResult<ChartOfAccounts>.Loaded loaded:
                chart = loaded.Value;
                break;
        }

        if (PostingTable.Parse(TableRows("posting-table.csv"), chart) is TableResult<PostingTable>.Refused broken) Refuse(broken.File, broken.Line, broken.Reason);
        Each("accounts.csv", row => row["compte"], (row, id, insert) => insert(Account.Create(row["compte"], row["libelle"], row["auxiliaire"] == "oui", id)));
        // An event that the accountant has already holds as a whole: adding a row could unbalance it.
        Whole("posting-table.csv", row => row["evenement"], row => new PostingRow(
            SeedId.Of("posting-rule", $"{row["evenement"]}/{row["ordre"]}"), new TableRow("posting-table.csv", row.Line, row.Cells)));
    }

    /// <summary>Inserts the rows of each group that the database has nothing of.</summary>
    private void Whole(string file, Func<SeedRow, string> group, Func<SeedRow, object> build)
    {
        var inserted = 0;
        foreach (var row in tables[file].Rows)
        {
            var built = build(row);
            if (known[file].ContainsKey(group(row))) continue;
            inserted++;
            Rows.Add(built);
        }

        Count(file, inserted);
    }

    private IEnumerable<TableRow> TableRows(string file) => tables[file].Rows.Select(r => new TableRow(file, r.Line, r.Cells));

    private void Refuse(string file, int line, Domain.Common.Reason reason) => faults.Add(new SeedFault(file, line, reason.Field ?? "", reason));
}
