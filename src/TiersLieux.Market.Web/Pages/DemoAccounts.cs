namespace TiersLieux.Market.Web.Pages;

/// <summary>The accounts that the home page offers to try while the demo data are loaded.</summary>
public static class DemoAccounts
{
    public const string Buyer = "buyer@demo.invalid";

    public static IReadOnlyList<HomeAccount> All { get; } =
    [
        new(Buyer, new("Acheteuse", "Buyer"), new("commander des bancs pour une école", "order benches for a school"), "building-2"),
        new("artisan@demo.invalid", new("Artisan", "Artisan"), new("accepter un ordre, réserver une machine", "accept a work order, book a machine"), "wrench"),
        new("manager@demo.invalid", new("Régisseuse", "Place manager"), new("voir qui vient aujourd’hui", "see who comes today"), "key"),
        new("animator@demo.invalid", new("Animateur de cercle", "Circle animator"), new("relire une nouvelle offre", "review a new offer"), "users"),
        new("treasurer@demo.invalid", new("Trésorière", "Treasurer"), new("rapprocher un relevé", "reconcile a statement"), "landmark"),
        new("admin@demo.invalid", new("Administrateur", "Administrator"), new("tout régler", "set everything up"), "sliders-horizontal"),
    ];
}
