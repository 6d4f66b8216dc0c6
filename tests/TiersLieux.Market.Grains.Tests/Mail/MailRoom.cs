using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TiersLieux.Market.Connectors.Billing;
using TiersLieux.Market.Connectors.Mail;
using TiersLieux.Market.Domain.Billing;
using TiersLieux.Market.Domain.Bookings;
using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Domain.Orders;
using TiersLieux.Market.Domain.Orders.Replanning;
using TiersLieux.Market.Domain.Orders.Pricing;
using TiersLieux.Market.Domain.Routing;
using TiersLieux.Market.Grains.Capacity;
using TiersLieux.Market.Grains.Common;
using TiersLieux.Market.Grains.Mail;
using TiersLieux.Market.Grains.Payments;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Storage.Messaging;
using TiersLieux.Market.Storage.Model;
using TiersLieux.Market.Storage.Writing;
using TiersLieux.Market.Testing;
using Xunit;

namespace TiersLieux.Market.Grains.Tests.Mail;

/// <summary>
/// A market with one order of a French customer, one work order of a workshop with two artisans (one reads English) and one booking; its relay is
/// run by hand, and its mails are files.
/// </summary>
internal sealed class MailRoom : IAsyncDisposable
{
    private readonly TestDatabase _test;
    private readonly ServiceProvider _services;
    private readonly string _root = Directory.CreateTempSubdirectory("tlm-mail-").FullName;

    private MailRoom(TestDatabase test)
    {
        _test = test;
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddMarketStorage(test.Database);
        services.AddMarketMail(new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create<string, string?>("Folder", Folder)]).Build());
        services.AddSingleton<IInvoiceRenderer, InvoicePdf>();
        services.Configure<PublicAddress>(address => address.Root = new Uri("https://marche.demo.invalid"));
        services.AddMails();
        _services = services.BuildServiceProvider();
    }

    public ManualClock Clock { get; } = new();

    public string Folder => Path.Combine(_root, "mail");

    public Order Order { get; private set; } = null!;

    public WorkOrder Work { get; private set; } = null!;

    public Booking Booking { get; private set; } = null!;

    public Invoice Invoice { get; private set; } = null!;

    public Invoice Deposit { get; private set; } = null!;

    public Invoice SelfBilled { get; private set; } = null!;

    public IReadOnlyList<EmlFile> Mails => Directory.Exists(Folder) ? EmlFile.ReadAll(Folder) : [];

    private DateTime Now => Clock.UtcNow();

    public static async Task<MailRoom> CreateAsync(MarketProvider provider)
    {
        var room = new MailRoom(await TestDatabase.CreateAsync(provider));
        await room.FillAsync();
        return room;
    }

    public Task NoticeAsync(string key, MailNotice notice) => WriteAsync("mail", key, System.Text.Json.JsonSerializer.Serialize(notice));

    public Task BookingNoticeAsync(string what) =>
        WriteAsync(MachineGrain.BookingNotice, $"{Booking.Id:N}:{what}", System.Text.Json.JsonSerializer.Serialize(new { bookingId = Booking.Id, what }, JsonColumn.Options));

    public Task<int> RelayAsync() => _services.GetRequiredService<OutboxRelay>().RunOnceAsync(TestContext.Current.CancellationToken);

    /// <summary>Handles every message again, as a relay does that was killed before it could say "done".</summary>
    public async Task HandleAgainAsync()
    {
        foreach (var message in await MessagesAsync())
            await _services.GetServices<IOutboxHandler>().Single(h => h.Kind == message.Kind).HandleAsync(message, TestContext.Current.CancellationToken);
    }

    public async Task<List<OutboxMessage>> MessagesAsync()
    {
        await using var db = _test.Database.CreateDbContext();
        return await db.Set<OutboxMessage>().AsNoTracking().ToListAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _test.DisposeAsync();
        Directory.Delete(_root, recursive: true);
    }

    private Task WriteAsync(string kind, string key, string payload) =>
        _services.GetRequiredService<IMarketWriter>().WriteAsync(db => db.Add(new OutboxMessage(kind, key, payload, Now)));

    private async Task FillAsync()
    {
        var address = new Address("1 rue de l'Exemple", "59000", "Lille", "59350");
        var lead = Organisation("consortium", "000000001");
        var customer = Organisation("boutique", "000000002");
        var artisans = Organisation("atelier", "000000003");
        var buyer = Person("client@demo.invalid", "Camille Exemple", "fr", customer);
        var first = Person("premier@demo.invalid", "Premier Artisan", "fr", artisans);
        var second = Person("second@demo.invalid", "Second Artisan", "en", artisans);
        var hours = WeeklyHours.Parse("mo-fr 08:00-20:00");
        var place = new Place(Guid.CreateVersion7(), "ici", "Maison d'essai", PlaceStatus.Active, address, new GeoPoint(50.63, 3.06), PositionPrecision.Commune) { OrganisationId = artisans.Id, Hours = hours };
        var workshop = new Workshop(Guid.CreateVersion7(), "bois", "Atelier\nbois", place.Id, artisans.Id, hours);
        var laser = new Resource(Guid.CreateVersion7(), "laser", ResourceKind.Machine, "Découpeuse laser", place.Id, workshop.Id) { EnglishName = "Laser cutter" };
        var start = new DateTime(2026, 11, 24, 9, 0, 0, DateTimeKind.Utc);

        var plan = new Plan(PlanKind.Balanced, new DateOnly(2026, 12, 4), [], [], [], Price.Of([]), 0, 0, new Text("", ""));
        var quote = new Quote(Guid.CreateVersion7(), "DEV-2026-000001", buyer.Id, customer.Id, Now, Now.AddDays(15), "59350", "59000 Lille", null, [], [plan]);
        Order = new Order(Guid.CreateVersion7(), "CMD-2026-000001", quote, plan, buyer.Id, customer.Id, address, Money.Zero, Now);
        Work = new WorkOrder(
            Guid.CreateVersion7(), Order.Id, "CMD-2026-000001-A", workshop.Id, artisans.Id,
            [new WorkOrderOperation(1, 1, 1, "decoupe", laser.Id, 12, start, start.AddHours(2), [new Interval(start, start.AddHours(2))], 30)], new Money(123456));
        Work.Propose(Now.AddHours(24));
        Order.AddWorkOrder(Work);
        Order.FindLater(new LaterDate(new DateOnly(2026, 12, 9), new DateTime(2026, 11, 24, 9, 0, 0, DateTimeKind.Utc), IsAsked: false, []));
        Order.AskLater();
        Booking = new Booking(
            Guid.CreateVersion7(), "RES-2026-000001", laser.Id, place.Id, 1, 1, new Interval(start, start.AddHours(2)), second.Id, artisans.Id,
            BookingSettlement.Card, [], 20, new Money(2400), new Money(480), Now, null);

        var sale = new SaleHeader
        {
            SellerId = lead.Id, Seller = Party(lead), BuyerId = customer.Id, Buyer = Party(customer), IssueDate = new DateOnly(2026, 11, 23), DueDate = new DateOnly(2026, 12, 23),
            OrderId = Order.Id, OrderReference = Order.Number,
        };
        Invoice = Issue(Documents.Sale(sale, [Documents.LineForTotal("Bancs", 12, new Money(100_000), SupplyKind.Goods, 20)]), lead.Siren);
        Deposit = Issue(Documents.Deposit(sale with { DueDate = null }, [Documents.LineForTotal("Bancs", 12, new Money(100_000), SupplyKind.Goods, 20)], 30, VatTable.French).Draft!, lead.Siren);
        SelfBilled = Issue(Documents.SelfBilled(
            sale with { SellerId = artisans.Id, Seller = Party(artisans), BuyerId = lead.Id, Buyer = Party(lead) },
            [Documents.LineForTotal("Découpe", 12, new Money(70_000), SupplyKind.Services, 20)]), lead.Siren);

        await _services.GetRequiredService<IMarketWriter>().WriteAsync(db =>
        {
            db.AddRange(lead, customer, artisans, buyer, first, second, place, workshop, laser, quote, Order, Booking);
            db.AddRange(
                new RoleGrant(Guid.CreateVersion7(), first.Id, Role.Artisan, RoleScope.Organisation, artisans.Id),
                new RoleGrant(Guid.CreateVersion7(), second.Id, Role.Artisan, RoleScope.Organisation, artisans.Id));
            foreach (var invoice in (Invoice[])[Invoice, Deposit, SelfBilled]) db.Add(invoice).Property(OperationKey.Name).CurrentValue = invoice.Number;
        });

        Organisation Organisation(string code, string siren) =>
            new(Guid.CreateVersion7(), code, $"{code} (démo)", OrganisationKind.Company, VatRegime.Normal, address, $"{code}@demo.invalid") { Siren = siren };

        static Person Person(string email, string name, string language, Organisation organisation) => new(Guid.CreateVersion7(), email, name, language, organisation.Id);

        static Party Party(Organisation organisation) => new()
        {
            Name = organisation.Name, LegalForm = "SAS", Siren = organisation.Siren, VatNumber = "FR15" + organisation.Siren,
            Address = new PostalAddress { Street = organisation.Address.Street, PostalCode = organisation.Address.PostalCode, City = organisation.Address.City },
        };
    }

    private Invoice Issue(InvoiceDraft draft, string? siren) =>
        Invoicing.Issue(draft, NumberSeries.Open(draft.SellerId, NumberSeries.PrefixFor(draft.Kind, siren), 2026), new IssueContext(Now)) is IssueResult.Issued issued
            ? issued.Invoice
            : throw new InvalidOperationException("The sample was refused.");
}
