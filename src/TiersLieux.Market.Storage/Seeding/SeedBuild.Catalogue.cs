using TiersLieux.Market.Domain.Bookings;
using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Catalogue;
using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Storage.Seeding;

internal sealed partial class SeedBuild
{
    private void Catalogue()
    {
        var operations = Operations();
        var sessions = tables["sessions.csv"].Rows.Select(r => r["offer"]).ToHashSet(StringComparer.Ordinal);
        Each("offers.csv", Code, (row, id, insert) => insert(Offer(row, id, operations[row["code"]], sessions)));
        EachOf("operations.csv", "offers.csv", row => row["offer"], row => $"{row["offer"]}/{row["sequence"]}", (row, _, _) => Id(row, "offer", "offers.csv"));
    }

    private ILookup<string, OfferOperation> Operations() => tables["operations.csv"].Rows
        .Select(row =>
        {
            row.Text("process");
            var material = Reference(row, "material", "materials.csv");
            if (material is not null && row["material_unit"] != _units[material])
            {
                row.Refuse("material_unit", "seed-unit", $"La matière {material} se compte en {_units[material]} : donnez la quantité dans cette unité.",
                    $"Material {material} is counted in {_units[material]}: give the quantity in that unit.");
            }

            if (row.IsBlank("min_work_x_mm") != row.IsBlank("min_work_y_mm"))
                row.Refuse("min_work_y_mm", "seed-area", "Donnez les deux côtés de la pièce, ou aucun.", "Give both sides of the piece, or neither.");
            return (Offer: row["offer"], Operation: new OfferOperation(
                row.Whole("sequence", 1, 1_000), Reference(row, "process", "processes.csv") ?? "", row.Number("setup_minutes", 0, 10_000), row.Number("unit_minutes", 0, 10_000),
                material, material is null ? 0 : row.Number("quantity_per_unit", 0, 100_000), row.Number("attendance", 0, 10), row.YesNo("interruptible"),
                row.OptionalWhole("min_work_x_mm", 1, 100_000), row.OptionalWhole("min_work_y_mm", 1, 100_000))
            {
                TimesObserved = row.Choice("time_origin", ("estimé", false), ("observé", true)),
            });
        })
        .ToLookup(o => o.Offer, o => o.Operation, StringComparer.Ordinal);

    private Offer Offer(SeedRow row, Guid id, IEnumerable<OfferOperation> operations, HashSet<string> sessions)
    {
        RefuseNoSeller(row, "seller");
        var routing = operations.ToList();
        var prices = row.Pairs("price_breaks").Select(p => new QuantityBreak(p.From, new Money((long)p.Value))).ToList();
        var resource = OptionalId(row, "resource", "resources.csv") ?? (sessions.Contains(row["code"]) ? SessionResource(row["code"]) : null);
        var complete = row.Choice("pricing", ("routed", routing.Count > 0), ("fixed", prices.Count > 0 && routing.Count == 0), ("resource", resource is not null && routing.Count == 0));
        if (!complete)
        {
            row.Refuse("pricing", "seed-pricing",
                "Une offre « routed » a une gamme dans operations.csv, « fixed » des prix dans price_breaks, « resource » une ressource ; jamais deux à la fois.",
                "A \"routed\" offer has a routing in operations.csv, \"fixed\" prices in price_breaks, \"resource\" a resource; never two at once.");
        }

        var offer = new Offer(
            id, row["code"],
            row.Choice("kind", ("good", OfferKind.Good), ("service", OfferKind.Service), ("machine", OfferKind.Machine), ("space", OfferKind.Space),
                ("equipment", OfferKind.Equipment), ("training", OfferKind.Training), ("expert", OfferKind.Expert)),
            row.Choice("seller_mode", ("consortium", SellerMode.Consortium), ("producer", SellerMode.Producer), ("place", SellerMode.Place)),
            Id(row, "seller", "organisations.csv"), row.Bilingual("title"), row.Bilingual("description"), row.VatRate("vat_rate"))
        {
            CircleId = OptionalId(row, "circle", "circles.csv"),
            Filiere = Reference(row, "filiere", "filieres.csv"),
            PlaceId = row.IsBlank("place") ? null : ActivePlace(row, "place"),
            WorkshopId = OptionalId(row, "workshop", "workshops.csv"),
            ResourceId = resource,
            Mark = row.Text("mark"),
            Unit = row.Choice("unit", ("piece", "pièce"), ("hour", "heure"), ("seat", "place")),
            UnitWeightKg = row.IsBlank("unit_weight_kg") ? 0 : row.Number("unit_weight_kg", 0, 10_000),
            MinQuantity = row.Number("minimum_quantity", 0.000001m, 1_000_000),
            MaxQuantity = row.Number("maximum_quantity", 0.000001m, 1_000_000),
            Origin = row.OptionalBilingual("materials"),
            MadeToSpecification = row.YesNo("made_to_specification"),
            LeadDays = row.OptionalWhole("lead_days", 0, 365),
            DesignLicence = row.Optional("design_licence"),
            CreatedAt = now,
        }.WithRouting(routing).WithPrices(prices);
        if (row.Choice("state", ("published", true), ("draft", false)) && offer.Submit() is null) offer.Publish();
        return offer;
    }

    private static Guid SessionResource(string offer) => SeedId.Of("session-resource", offer);

    /// <summary>What comes again every week can be booked as it is; what comes less often only once its dates are set.</summary>
    private void Session(SeedRow row, Guid id, Action<object> insert)
    {
        var offer = tables["offers.csv"].Rows.FirstOrDefault(o => o["code"] == row["offer"]);
        var offerId = Id(row, "offer", "offers.csv");
        Id(row, "workshop", "workshops.csv");
        var trainer = Id(row, "trainer", "people.csv");
        var (minutes, everyWeeks, start) = (row.Whole("minutes", 1, 1_440), row.Whole("every_weeks", 1, 52), row.Time("start"));
        var (dayName, day) = row.Choice("weekday",
            ("mo", ("mo", DayOfWeek.Monday)), ("tu", ("tu", DayOfWeek.Tuesday)), ("we", ("we", DayOfWeek.Wednesday)), ("th", ("th", DayOfWeek.Thursday)),
            ("fr", ("fr", DayOfWeek.Friday)), ("sa", ("sa", DayOfWeek.Saturday)), ("su", ("su", DayOfWeek.Sunday)));
        var end = start.AddMinutes(minutes, out var daysOver);
        if (daysOver > 0 || end == TimeOnly.MinValue)
        {
            row.Refuse("minutes", "seed-session-midnight", "Une séance finit avant minuit.", "A session ends before midnight.");
            return;
        }

        if (offer is null) return;
        var price = offer.Pairs("price_breaks") is [var first, ..] ? first.Value : 0;
        var perHour = new Money(1) * (price * 60 / minutes);
        insert(new Resource(SessionResource(row["offer"]), row["offer"], offer["kind"] == "expert" ? ResourceKind.Expert : ResourceKind.Training,
            offer["title_fr"], ActivePlace(offer, "place"), null)
        {
            EnglishName = offer["title_en"],
            Type = offer["kind"],
            Mark = offer["mark"],
            Seats = row.Whole("seats", 1, 1_000),
            ParentId = OptionalId(row, "resource", "resources.csv"),
            Hours = WeeklyHours.Parse($"{dayName} {start:HH:mm}-{end:HH:mm}"),
            MinMinutes = minutes,
            MaxMinutes = minutes,
            IsPooled = everyWeeks == 1,
            Tariff = new Tariff(perHour, perHour, perHour, minutes, Money.Zero, Money.Zero),
        });
        insert(new SessionSeries(id, offerId, SessionResource(row["offer"]), trainer, day, start, minutes, everyWeeks)
        {
            Threshold = row.Whole("threshold", 1, 1_000),
            DeadlineDays = row.Whole("deadline_days", 0, 365),
            Credential = Reference(row, "credential", "credential_kinds.csv"),
        });
    }
}
