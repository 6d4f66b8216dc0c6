using TiersLieux.Market.Domain.Billing;
using TiersLieux.Market.Domain.Common;

using Xunit;

namespace TiersLieux.Market.Domain.Tests.Billing;

/// <summary>Fictitious parties, and books that number what the tests issue.</summary>
internal sealed class Sample
{
    public static readonly DateOnly Day = new(2026, 11, 24);
    public static readonly DateTime Now = new(2026, 11, 24, 9, 30, 0, DateTimeKind.Utc);
    public static readonly Guid ConsortiumId = new("01970000-0000-7000-8000-000000000001");
    public static readonly Guid CustomerId = new("01970000-0000-7000-8000-000000000002");
    public static readonly Guid WorkshopId = new("01970000-0000-7000-8000-000000000003");

    private readonly Dictionary<(Guid, string, int), NumberSeries> series = [];

    public static Party Consortium { get; } = new()
    {
        Name = "Consortium d'essai", LegalForm = "Association loi 1901", Registration = "RNA W590000000", Siren = "000000001", Siret = "00000000100011",
        VatNumber = "FR15000000001", Address = new() { Street = "1 rue de l'Essai", PostalCode = "59000", City = "Lille" },
    };

    public static Party Customer { get; } = new()
    {
        Name = "Mairie de Fictive-sur-Lys", Siren = "000000002", Address = new() { Street = "Place du Test", PostalCode = "59190", City = "Hazebrouck" },
    };

    public static Party Workshop { get; } = new()
    {
        Name = "Atelier Imaginaire", LegalForm = "SARL", ShareCapital = "5 000 €", Registration = "RCS Lille 000 000 003", Siren = "000000003",
        VatNumber = "FR21000000003", Address = new() { Street = "3 allée du Rabot", PostalCode = "62000", City = "Arras" },
    };

    public static SaleHeader Sale { get; } = new()
    {
        SellerId = ConsortiumId, Seller = Consortium, BuyerId = CustomerId, Buyer = Customer, IssueDate = Day, OrderReference = "CMD-2026-000007",
    };

    public static SaleHeader Purchase { get; } = new()
    {
        SellerId = WorkshopId, Seller = Workshop, BuyerId = ConsortiumId, Buyer = Consortium, IssueDate = Day, OrderReference = "CMD-2026-000007",
    };

    public IEnumerable<NumberSeries> Counters => series.Values;

    public static DraftLine Goods(decimal quantity, decimal price, decimal rate = 20m, long discountCents = 0) => new()
    {
        Description = "Banc en chêne", Quantity = quantity, UnitPrice = price, RatePercent = rate, Discount = new Money(discountCents), Supply = SupplyKind.Goods,
    };

    public static DraftLine Service(decimal quantity, decimal price, decimal rate = 20m, long discountCents = 0) => new()
    {
        Description = "Découpe laser", Quantity = quantity, Unit = "HUR", UnitPrice = price, RatePercent = rate, Discount = new Money(discountCents),
        Supply = SupplyKind.Services,
    };

    public NumberSeries SeriesFor(InvoiceDraft draft)
    {
        var key = (draft.SellerId, NumberSeries.PrefixFor(draft.Kind, draft.Buyer.Siren), draft.IssueDate.Year);
        return series.TryGetValue(key, out var known) ? known : series[key] = NumberSeries.Open(key.SellerId, key.Item2, key.Year);
    }

    public IssueResult TryIssue(InvoiceDraft draft, DateOnly? closedThrough = null) =>
        Invoicing.Issue(draft, SeriesFor(draft), new IssueContext(Now, closedThrough));

    public Invoice Issue(InvoiceDraft draft) => Assert.IsType<IssueResult.Issued>(TryIssue(draft)).Invoice;

    public Invoice Deposit(SaleHeader header, IReadOnlyList<DraftLine> lines, decimal percent)
    {
        var (draft, refusal) = Documents.Deposit(header, lines, percent, VatTable.French);
        Assert.Null(refusal);
        return Issue(draft!);
    }
}
