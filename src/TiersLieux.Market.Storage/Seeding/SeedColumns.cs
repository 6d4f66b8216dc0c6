namespace TiersLieux.Market.Storage.Seeding;

/// <summary>The tables in the order in which they refer to each other, and the columns read of each.</summary>
internal static class SeedColumns
{
    public static readonly IReadOnlyList<(string File, string[] Columns)> Tables =
    [
        ("circles.csv", ["code", "kind", "name_fr", "name_en"]),
        ("filieres.csv", ["code", "name_fr", "name_en"]),
        ("processes.csv", ["code", "name_fr", "name_en", "parent", "din_code", "mark", "load_factor"]),
        ("materials.csv", ["code", "name_fr", "name_en", "family", "stock_unit", "price_cents", "kg_per_unit"]),
        ("communes.csv", ["insee", "name", "postcodes", "department", "lat", "lon", "precision"]),
        ("credential_kinds.csv", ["code", "name_fr", "name_en", "valid_months"]),
        ("organisations.csv",
        [
            "code", "name", "kind", "segment", "legal_form", "audience", "siren", "siret", "vat_regime", "vat_number", "capital_cents", "rcs_city", "address",
            "postcode", "insee", "email", "iban", "payment_terms_days", "self_billing_mandate_on", "default_place",
        ]),
        ("places.csv",
        [
            "code", "name", "kind", "labels", "status", "fictitious", "circle", "insee", "postcode", "address", "lat", "lon", "position_precision", "website",
            "reactiv_makers", "weekly_hours", "sources",
        ]),
        ("workshops.csv",
        [
            "code", "name", "organisation", "place", "weekly_hours", "people_hours_per_day", "labour_cents_per_hour", "material_margin_percent", "notice_hours",
            "minimum_order_cents", "acceptance", "acceptance_hours", "speciality_fr", "speciality_en", "self_billing_prefix", "description_fr", "description_en",
        ]),
        ("resources.csv",
        [
            "code", "workshop", "place", "kind", "type", "name_fr", "name_en", "make", "model", "processes", "work_x_mm", "work_y_mm", "work_z_mm", "materials",
            "production_cents_per_hour", "power_kw", "seats", "parent", "member_bookable", "member_cents_per_hour", "business_cents_per_hour",
            "public_cents_per_hour", "step_minutes", "minimum_charge_cents", "startup_fee_cents", "credential", "minimum_minutes", "maximum_minutes",
            "buffer_minutes", "weekly_hours", "member_hours_per_week",
        ]),
        ("offers.csv",
        [
            "code", "kind", "title_fr", "title_en", "description_fr", "description_en", "seller_mode", "seller", "filiere", "circle", "place", "workshop",
            "resource", "unit", "unit_weight_kg", "vat_rate", "pricing", "price_breaks", "materials_fr", "materials_en", "minimum_quantity", "maximum_quantity",
            "made_to_specification", "mark", "lead_days", "design_licence", "state",
        ]),
        ("operations.csv",
        [
            "offer", "sequence", "process", "setup_minutes", "unit_minutes", "material", "quantity_per_unit", "material_unit", "attendance", "interruptible",
            "min_work_x_mm", "min_work_y_mm", "time_origin",
        ]),
        ("people.csv", ["email", "display_name", "organisation", "language", "demo_sign_in"]),
        ("people_roles.csv", ["person", "role", "scope_kind", "scope_code"]),
        ("memberships.csv", ["person", "place", "starts_on", "ends_on"]),
        ("credentials.csv", ["person", "credential", "granted_by_place", "granted_on", "ends_on"]),
        ("sessions.csv",
        [
            "offer", "workshop", "trainer", "resource", "minutes", "seats", "threshold", "weekday", "start", "every_weeks", "deadline_days", "credential",
        ]),
        ("fees.csv",
        [
            "code", "name_fr", "name_en", "kind", "percent", "cents", "additional_cents", "steps", "scope", "scope_code", "applies_to", "beneficiary", "vat_rate",
            "valid_from", "active",
        ]),
        ("transport.csv", ["max_kg", "mode", "flat_cents", "cents_per_km", "vat_rate"]),
        ("factors.csv", ["code", "name_fr", "name_en", "value", "unit", "year", "valid_from", "default", "source", "url"]),
        ("accounts.csv", ["compte", "libelle", "auxiliaire"]),
        ("posting-table.csv", ["evenement", "operation", "journal", "condition", "ordre", "sens", "compte", "montant", "auxiliaire", "libelle"]),
    ];

    public static Dictionary<string, SeedTable> Read(string folder, List<SeedFault> faults) =>
        Tables.ToDictionary(t => t.File, t => SeedTable.Read(folder, t.File, t.Columns, faults), StringComparer.Ordinal);
}
