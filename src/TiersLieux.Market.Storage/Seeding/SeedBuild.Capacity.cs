using System.Globalization;
using TiersLieux.Market.Domain.Capacity;

namespace TiersLieux.Market.Storage.Seeding;

internal sealed partial class SeedBuild
{
    private void Capacity()
    {
        Each("workshops.csv", Code, (row, id, insert) =>
        {
            RefuseNoSeller(row, "organisation");
            insert(new Workshop(id, row["code"], row.Text("name"), ActivePlace(row, "place"), Id(row, "organisation", "organisations.csv"), row.Hours("weekly_hours"))
            {
                PeopleMinutesPerDay = (int)(row.Number("people_hours_per_day", 0, 2_400) * 60),
                LabourRate = row.Cents("labour_cents_per_hour"),
                MaterialMarginPercent = row.Number("material_margin_percent", 0, 500),
                NoticeHours = row.Whole("notice_hours", 0, 2_000),
                MinimumOrder = row.Cents("minimum_order_cents"),
                AcceptsAutomatically = row.Choice("acceptance", ("automatic", true), ("manual", false)),
                AnswerHours = row.Whole("acceptance_hours", 1, 720),
                Speciality = row.Bilingual("speciality"),
                Description = row.Bilingual("description"),
            });
        });
        // A room comes before what stands in it, so its id is known from its code wherever it is in the table.
        Each("resources.csv", Code, (row, id, insert) => insert(Resource(row, id)));
        foreach (var row in tables["resources.csv"].Rows) OptionalId(row, "parent", "resources.csv");
    }

    private Resource Resource(SeedRow row, Guid id)
    {
        var kind = row.Choice("kind", ("machine", ResourceKind.Machine), ("space", ResourceKind.Space), ("equipment", ResourceKind.Equipment));
        var capabilities = Capabilities(row);
        var materials = row.List("materials");
        foreach (var material in materials) Exists(row, "materials", material, "materials.csv", out _);
        if (row.IsBlank("work_x_mm") != row.IsBlank("work_y_mm"))
            row.Refuse("work_y_mm", "seed-area", "Donnez les deux côtés de la surface de travail, ou aucun.", "Give both sides of the working area, or neither.");
        var bookable = row.YesNo("member_bookable");
        return new Resource(id, row["code"], kind, row.Text("name_fr"), ActivePlace(row, "place"), OptionalId(row, "workshop", "workshops.csv"))
        {
            EnglishName = row.Text("name_en"),
            Make = row["make"],
            Model = row["model"],
            Type = row.Text("type"),
            Mark = capabilities.Count == 0 ? "" : _marks.GetValueOrDefault(capabilities[0].Process, ""),
            WidthMm = row.OptionalWhole("work_x_mm", 1, 100_000),
            DepthMm = row.OptionalWhole("work_y_mm", 1, 100_000),
            HeightMm = row.OptionalWhole("work_z_mm", 1, 100_000),
            Materials = string.Join(' ', materials),
            PowerKw = row.IsBlank("power_kw") ? 0 : row.Number("power_kw", 0, 1_000),
            ProductionRate = row.Cents("production_cents_per_hour"),
            Seats = row.Whole("seats", 1, 1_000),
            ParentId = row.IsBlank("parent") ? null : ParentId(row["parent"]),
            IsPooled = bookable,
            Tariff = bookable ? Tariff(row) : null,
            Credential = Reference(row, "credential", "credential_kinds.csv"),
            MinMinutes = row.OptionalWhole("minimum_minutes", 1, 100_000) ?? 15,
            MaxMinutes = row.OptionalWhole("maximum_minutes", 1, 100_000) ?? 8 * 60,
            BufferMinutes = row.OptionalWhole("buffer_minutes", 0, 1_440) ?? 0,
            Hours = OptionalHours(row, "weekly_hours"),
            MemberHoursPerWeek = row.OptionalWhole("member_hours_per_week", 0, 168) ?? 0,
        }.WithCapabilities(capabilities);
    }

    private Guid ParentId(string code) => known["resources.csv"].TryGetValue(code, out var id) ? id : SeedId.Of("resources.csv", code);

    private static Tariff Tariff(SeedRow row)
    {
        row.Text("member_cents_per_hour");
        row.Text("business_cents_per_hour");
        row.Text("public_cents_per_hour");
        return new Tariff(row.Cents("member_cents_per_hour"), row.Cents("business_cents_per_hour"), row.Cents("public_cents_per_hour"),
            row.Whole("step_minutes", 1, 1_440), row.Cents("minimum_charge_cents"), row.Cents("startup_fee_cents"));
    }

    private List<Capability> Capabilities(SeedRow row)
    {
        var capabilities = new List<Capability>();
        foreach (var part in row.List("processes"))
        {
            var ends = part.Split('*');
            if (ends.Length == 2 && decimal.TryParse(ends[1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var speed) && speed is > 0 and <= 100)
            {
                if (Exists(row, "processes", ends[0], "processes.csv", out _)) capabilities.Add(new Capability(ends[0], speed));
            }
            else
            {
                row.Refuse("processes", "seed-capability", $"« {part} » : écrivez procédé*vitesse, par exemple decoupe-laser*1.2.", $"\"{part}\": write process*speed, for instance decoupe-laser*1.2.");
            }
        }

        return capabilities;
    }

    private void RefuseNoSeller(SeedRow row, string column)
    {
        if (_noSellers.Contains(row[column]))
            row.Refuse(column, "seed-no-seller", $"« {row[column]} » n'a pas de régime de TVA : il ne peut pas vendre.", $"\"{row[column]}\" has no VAT regime: it cannot sell.");
    }
}
