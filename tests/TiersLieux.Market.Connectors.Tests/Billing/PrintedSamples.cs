using TiersLieux.Market.Domain.Billing;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;

namespace TiersLieux.Market.Connectors.Tests.Billing;

/// <summary>Fictitious documents to print, one of each shape.</summary>
internal static class PrintedSamples
{
    private static readonly DateOnly Day = new(2026, 11, 24);
    private static readonly DateTime Now = new(2026, 11, 24, 9, 30, 0, DateTimeKind.Utc);
    private static readonly Guid ConsortiumId = new("01970000-0000-7000-8000-000000000001");
    private static readonly Guid CustomerId = new("01970000-0000-7000-8000-000000000002");
    private static readonly Guid WorkshopId = new("01970000-0000-7000-8000-000000000003");

    private static readonly Party Consortium = new()
    {
        Name = "Consortium d'essai des ateliers imaginaires", LegalForm = "Association loi 1901", Registration = "RNA W590000000", Siren = "000000001", Siret = "00000000100011",
        VatNumber = "FR15000000001", Address = new() { Street = "1 rue de l'Essai", PostalCode = "59000", City = "Lille" }, Email = "factures@consortium.invalid",
    };

    private static readonly Party Customer = new()
    {
        Name = "Brasserie Fictive de la Lys", LegalForm = "SAS", Siren = "000000002", VatNumber = "FR18000000002",
        Address = new() { Street = "12 quai du Test", Complement = "Bâtiment B", PostalCode = "59190", City = "Hazebrouck" },
    };

    private static readonly Party Workshop = new()
    {
        Name = "Atelier Imaginaire", LegalForm = "Entrepreneur individuel", Siren = "000000003", Regime = VatRegime.Franchise,
        Address = new() { Street = "3 allée du Rabot", PostalCode = "62000", City = "Arras" },
    };

    private static readonly SaleHeader Sale = new()
    {
        SellerId = ConsortiumId, Seller = Consortium, BuyerId = CustomerId, Buyer = Customer, IssueDate = Day, DueDate = Day.AddDays(30), OrderReference = "CMD-2026-000007",
        Payee = new PayeeAccount { Holder = "Consortium d'essai", Iban = "FR7630006000011234567890189", Bic = "AGRIFRPP" },
        DeliveryAddress = new() { Street = "Salle des fêtes, place du Marché", PostalCode = "59270", City = "Bailleul" },
    };

    private static readonly DraftLine[] Order =
    [
        new() { Description = "Banc extérieur Hyperwood, 102 cm", Detail = "Douglas raboté, montage à blanc, fabriqué par trois ateliers", Quantity = 40, UnitPrice = 62.5m, Discount = new Money(125_00), Supply = SupplyKind.Goods },
        new() { Description = "Découpe et gravure laser du logo", Quantity = 3.5m, Unit = "HUR", UnitPrice = 48, Supply = SupplyKind.Services },
        new() { Description = "Notice illustrée", Quantity = 40, UnitPrice = 1.2345m, RatePercent = 5.5m, Supply = SupplyKind.Goods },
    ];

    public static IReadOnlyDictionary<string, Invoice> All { get; } = Make();

    private static Dictionary<string, Invoice> Make()
    {
        var series = new Dictionary<(Guid, string), NumberSeries>();
        Invoice Issue(InvoiceDraft draft)
        {
            var prefix = NumberSeries.PrefixFor(draft.Kind, draft.Buyer.Siren);
            if (!series.TryGetValue((draft.SellerId, prefix), out var counter))
                counter = series[(draft.SellerId, prefix)] = NumberSeries.Open(draft.SellerId, prefix, Day.Year);
            return Invoicing.Issue(draft, counter, new IssueContext(Now)) is IssueResult.Issued issued
                ? issued.Invoice
                : throw new InvalidOperationException("A sample was refused.");
        }

        var deposit = Issue(Documents.Deposit(Sale, Order, 30, VatTable.French).Draft!);
        var consumer = Customer with { Kind = PartyKind.Consumer, Siren = null, VatNumber = null, LegalForm = null, Name = "Camille Exemple" };
        return new Dictionary<string, Invoice>(StringComparer.Ordinal)
        {
            ["deposit"] = deposit,
            ["final"] = Issue(Documents.Sale(Sale with { SupplyDate = Day }, Order, [deposit])),
            ["plain"] = Issue(Documents.Sale(Sale with { DeliveryAddress = null, Payee = null, DueDate = null }, [Order[1]])),
            ["english"] = Issue(Documents.Sale(Sale with { Language = "en", Buyer = Customer with { Address = Customer.Address with { CountryCode = "BE" } } }, Order)),
            ["self-billed"] = Issue(Documents.SelfBilled(
                Sale with { SellerId = WorkshopId, Seller = Workshop, BuyerId = ConsortiumId, Buyer = Consortium, DeliveryAddress = null, Payee = null },
                [Documents.LineForTotal("Assemblage de bancs, OF-2026-000012", 12, new Money(700_00), SupplyKind.Services, 20)])),
            ["booking"] = Issue(Documents.Sale(
                Sale with { Buyer = consumer, DeliveryAddress = null, DueDate = null, OrderReference = "RES-2026-000031" },
                [new() { Description = "Découpeuse laser 60 × 40, mercredi 25 novembre, 14 h à 16 h", Quantity = 2, Unit = "HUR", UnitPrice = 15, Supply = SupplyKind.Services }],
                alreadyPaid: new Money(36_00))),
            ["credit"] = Issue(Documents.Credit(deposit, Day)),
            ["long"] = Issue(Documents.Sale(Sale,
            [
                .. Enumerable.Range(1, 120).Select(i => new DraftLine
                {
                    Description = i % 7 == 0 ? $"Pièce n° {i}, dont la désignation est assez longue pour passer à la ligne dans sa colonne" : $"Pièce n° {i}",
                    Quantity = i, UnitPrice = 1234.5678m, RatePercent = i % 3 == 0 ? 10 : 20, Supply = SupplyKind.Goods,
                }),
            ])),
        };
    }
}
