using System.Globalization;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;

namespace TiersLieux.Market.Storage.Seeding;

internal sealed partial class SeedBuild
{
    private readonly HashSet<string> _referenced = new(StringComparer.Ordinal);
    private readonly HashSet<string> _noSellers = new(StringComparer.Ordinal);

    private void Network()
    {
        var prefixes = tables["workshops.csv"].Rows
            .GroupBy(w => w["organisation"], StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First()["self_billing_prefix"], StringComparer.Ordinal);
        Each("organisations.csv", Code, (row, id, insert) => insert(Organisation(row, id, prefixes)));
        // The organisation that runs a place is the workshop's; artisans who work there only name it as theirs.
        var hosts = tables["organisations.csv"].Rows
            .Where(o => o["segment"] == "workshop" && !o.IsBlank("default_place"))
            .GroupBy(o => o["default_place"], StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First()["code"], StringComparer.Ordinal);
        Each("places.csv", Code, (row, id, insert) => insert(Place(row, id, hosts)));
        foreach (var row in tables["organisations.csv"].Rows.Where(r => !r.IsBlank("default_place"))) ActivePlace(row, "default_place");
    }

    private Organisation Organisation(SeedRow row, Guid id, Dictionary<string, string> prefixes)
    {
        var kind = row.Choice("kind",
            ("company", OrganisationKind.Company), ("association", OrganisationKind.Association), ("public", OrganisationKind.PublicBody), ("person", OrganisationKind.Person));
        // Who sells nothing has no regime; it is never read, and a seller without one is refused below.
        var regime = row.Choice("vat_regime",
            ("normal-debits", VatRegime.NormalOnDebits), ("normal-receipts", VatRegime.Normal), ("franchise-293b", VatRegime.Franchise),
            ("exempt-261-7", VatRegime.ExemptAssociation), ("none", VatRegime.Franchise));
        if (row["vat_regime"] == "none") _noSellers.Add(row["code"]);
        var organisation = new Organisation(id, row["code"], row.Text("name"), kind, regime, Address(row), row.Text("email"))
        {
            LegalForm = row.Text("legal_form"),
            Capital = row.IsBlank("capital_cents") ? null : Euros(row.Cents("capital_cents")),
            TradeRegister = row.IsBlank("rcs_city") ? null : $"RCS {row["rcs_city"]}",
            Siren = row.Identifier("siren", CompanyIdentifiers.Siren),
            Siret = row.Identifier("siret", CompanyIdentifiers.Siret),
            VatNumber = row.Identifier("vat_number", CompanyIdentifiers.VatNumber),
            Iban = row.Identifier("iban", BankIdentifiers.Iban),
            IsConsortiumLead = row["segment"] == "lead",
            IsFictitious = IsDemo(row["email"]),
            SelfBillingPrefix = prefixes.GetValueOrDefault(row["code"]),
            SelfBillingMandate = row.IsBlank("self_billing_mandate_on") ? null : row.Date("self_billing_mandate_on"),
        };
        // A public body pays once the work is done; anybody else is approved by the consortium.
        if (row["audience"] == "public" && row.Whole("payment_terms_days", 0, 90) > 0) organisation.ApproveTerms();
        return organisation;
    }

    private Place Place(SeedRow row, Guid id, Dictionary<string, string> hosts)
    {
        var status = row.Choice("status", ("reference", PlaceStatus.Referenced), ("active", PlaceStatus.Active));
        if (status == PlaceStatus.Referenced) _referenced.Add(row["code"]);
        return new Place(id, row["code"], row.Text("name"), status, Address(row), row.Position(), row.Precision("position_precision"))
        {
            Kind = row.Text("kind"),
            Labels = string.Join(' ', row.YesNo("reactiv_makers") ? [.. row.List("labels"), "reactiv-makers"] : row.List("labels")),
            CircleId = OptionalId(row, "circle", "circles.csv"),
            OrganisationId = hosts.TryGetValue(row["code"], out var host) ? _ids["organisations.csv"].GetValueOrDefault(host) : null,
            Hours = status == PlaceStatus.Active ? row.Hours("weekly_hours") : null,
            Website = row.Optional("website"),
            Source = string.Join(", ", row.List("sources").Select(key => row.Choose("sources", key,
                ("anct-fabriques-2024", "ANCT, Fabriques de territoire, 2024"), ("anct-manufactures-2024", "ANCT, Manufactures de proximité, 2024"),
                ("cget-coworking-2019", "CGET, Mission Coworking, 2019"), ("fablabs-io", "fablabs.io"), ("movilab", "Movilab, 2025"), ("demo", "démo")))),
            IsFictitious = row.YesNo("fictitious"),
        };
    }

    private static bool IsDemo(string email) => email.EndsWith("@demo.invalid", StringComparison.Ordinal);

    private static string Euros(Money amount) => amount.Amount.ToString("#,0.##", CultureInfo.GetCultureInfo("fr-FR")) + " €";
}
