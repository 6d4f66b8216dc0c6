using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Orleans;
using TiersLieux.Market.Connectors.Treasury;
using TiersLieux.Market.Domain.Bookings;
using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Domain.Payments;
using TiersLieux.Market.Domain.Treasury;
using TiersLieux.Market.Grains.Billing;
using TiersLieux.Market.Grains.Checks;
using TiersLieux.Market.Grains.Common;
using TiersLieux.Market.Grains.Treasury;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Storage.Seeding;
using TiersLieux.Market.Storage.Writing;
using TiersLieux.Market.Testing;
using Xunit;

namespace TiersLieux.Market.Grains.Tests.Treasury;

/// <summary>
/// The demo network with a silo on it, in which bookings are billed, paid by card or on account, and a payout leaves for the bank: all that a
/// treasurer has to deal with, without a payment server.
/// </summary>
internal sealed class TreasuryMarket : IAsyncDisposable
{
    private readonly TestDatabase _test;
    private readonly IHost _host;
    private int _count;

    private TreasuryMarket(TestDatabase test, IHost host) => (_test, _host) = (test, host);

    public ManualClock Clock { get; private init; } = null!;

    public Guid Lead { get; private set; }

    public Guid Treasurer { get; private set; }

    public Guid SecondTreasurer { get; private set; }

    public Guid Buyer { get; private set; }

    public IBooksGrain Books => _host.Services.GetRequiredService<IGrainFactory>().GetGrain<IBooksGrain>(Lead);

    public MarketChecks Checks => _host.Services.GetRequiredService<MarketChecks>();

    public TreasuryDesk Desk => _host.Services.GetRequiredService<TreasuryDesk>();

    public ActorDirectory Actors => _host.Services.GetRequiredService<ActorDirectory>();

    public IMarketWriter Writer => _host.Services.GetRequiredService<IMarketWriter>();

    public MarketDbContext Read() => _test.Database.CreateDbContext();

    public static async Task<TreasuryMarket> CreateAsync(MarketProvider provider)
    {
        var test = await TestDatabase.CreateAsync(provider);
        var clock = new ManualClock();
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddMarketStorage(test.Database);
        builder.Services.RemoveAll<IHostedService>();
        builder.Services.AddSingleton<ActorDirectory>().AddSingleton<SaleDocuments>().AddTreasury();
        builder.Services.AddSingleton<IStatementReader>(new Camt053Reader());
        builder.UseOwnSilo();
        var host = builder.Build();
        await host.StartAsync();
        var market = new TreasuryMarket(test, host) { Clock = clock };
        await market.FillAsync();
        return market;
    }

    /// <summary>A booked hour of a machine with its occupation, billed; paid by card when <paramref name="byCard"/>.</summary>
    public async Task<(Booking Booking, Payment? Payment)> BillAsync(bool byCard, long exclTax = 5000)
    {
        var hour = new DateTime(2026, 11, 24, 8, 0, 0, DateTimeKind.Utc).AddHours(_count++);
        var charge = "ch_test" + _count.ToString("000", CultureInfo.InvariantCulture);
        Booking booking = null!;
        Payment? payment = null;
        await Writer.WriteAsync(async (db, c) =>
        {
            var machine = await db.Set<Resource>().Where(r => r.Kind == ResourceKind.Machine).OrderBy(r => r.Code).FirstAsync(c);
            var person = await db.Set<Person>().FirstAsync(p => p.Id == Buyer, c);
            booking = new Booking(
                Guid.CreateVersion7(), $"RES-2026-{_count:000000}", machine.Id, machine.PlaceId, 1, 1, new Interval(hour, hour.AddHours(1)), person.Id, person.OrganisationId!.Value,
                byCard ? BookingSettlement.Card : BookingSettlement.Account, [], 20m, new Money(exclTax), new Money(exclTax / 5), Clock.UtcNow(), null);
            db.Add(booking);
            db.Add(new Occupation(Guid.CreateVersion7(), machine.Id, 1, booking.Time, OccupationKind.Booking, booking.Id, null));
            if (!byCard) return;
            payment = Payment.Create(PaymentSubject.Booking, booking.Id, PaymentPurpose.Booking, booking.InclTax, Clock.UtcNow().AddHours(1), Clock.UtcNow());
            payment.Start("cs_" + charge, "http://pay.invalid");
            payment.Succeed(new PaidCharge("pi_" + charge, charge, payment.Amount, new Money(125), payment.Amount - new Money(125)), Clock.UtcNow());
            db.Add(payment);
        });
        await Books.IssueBooking(booking.Id, payment?.Id);
        return (booking, payment);
    }

    /// <summary>The provider pays out what these charges left.</summary>
    public async Task<Payout> PayOutAsync(string id, params Payment[] payments)
    {
        var amount = new Money(payments.Sum(p => p.Amount.Cents - p.Fee!.Value.Cents));
        var payout = Payout.Of(new PayoutFacts(id, amount, new DateOnly(2026, 11, 24), PayoutState.Paid, true, null, null, Clock.UtcNow()), null);
        payout.SetContents(payments.Select(p => new BalanceTransaction("txn_" + p.ChargeId, "charge", p.Amount, p.Fee!.Value, p.Amount - p.Fee.Value, p.ChargeId, null, Clock.UtcNow(), Clock.UtcNow())), Clock.UtcNow());
        payout.Link(payments.ToDictionary(p => p.ChargeId!, p => new MovementLink(MovementSubject.Payment, p.Id), StringComparer.Ordinal));
        await Writer.WriteAsync(db => db.Add(payout));
        await Books.RecordPayout(payout.Id);
        return payout;
    }

    public Task<ImportAnswer> ImportAsync(params (long Cents, string Text)[] lines) => Books.ImportStatement(Treasurer, "releve.xml", Camt(lines));

    /// <summary>A statement as the sandbox's bank writes it.</summary>
    public static byte[] Camt(params (long Cents, string Text)[] lines)
    {
        static string Euros(long cents) => (Math.Abs(cents) / 100m).ToString("0.00", CultureInfo.InvariantCulture);
        static string Sign(long cents) => cents < 0 ? "DBIT" : "CRDT";
        var xml = new StringBuilder("""<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr><MsgId>M</MsgId><CreDtTm>2026-11-25T06:00:00Z</CreDtTm></GrpHdr><Stmt><Id>BAS-1</Id><CreDtTm>2026-11-25T06:00:00Z</CreDtTm><Acct><Id><IBAN>FR7699999000010000000000115</IBAN></Id><Ccy>EUR</Ccy></Acct>""");
        Balance("OPBD", 100_00, "2026-11-24");
        Balance("CLBD", 100_00 + lines.Sum(l => l.Cents), "2026-11-24");
        foreach (var (index, line) in lines.Index())
        {
            xml.Append(CultureInfo.InvariantCulture, $"""<Ntry><NtryRef>{index}</NtryRef><Amt Ccy="EUR">{Euros(line.Cents)}</Amt><CdtDbtInd>{Sign(line.Cents)}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-11-24</Dt></BookgDt><ValDt><Dt>2026-11-24</Dt></ValDt><AcctSvcrRef>BQ{index}</AcctSvcrRef><NtryDtls><TxDtls><Refs><AcctSvcrRef>BQ{index}</AcctSvcrRef><EndToEndId>NOTPROVIDED</EndToEndId></Refs><Amt Ccy="EUR">{Euros(line.Cents)}</Amt><CdtDbtInd>{Sign(line.Cents)}</CdtDbtInd><RmtInf><Ustrd>{line.Text}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>""");
        }

        return Encoding.UTF8.GetBytes(xml.Append("</Stmt></BkToCstmrStmt></Document>").ToString());

        void Balance(string code, long cents, string day) => xml.Append(
            CultureInfo.InvariantCulture,
            $"""<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">{Euros(cents)}</Amt><CdtDbtInd>{Sign(cents)}</CdtDbtInd><Dt><Dt>{day}</Dt></Dt></Bal>""");
    }

    public async Task<TreasuryBooks> OpenBooksAsync() => (await Desk.OpenAsync(await Actors.FindAsync(Treasurer))).Books!;

    public async Task<Money> BalanceAsync(string account) => (await (await OpenBooksAsync()).TrialBalanceAsync()).FirstOrDefault(a => a.Account == account)?.Balance ?? Money.Zero;

    public async Task<List<T>> RowsAsync<T>()
        where T : class
    {
        await using var db = Read();
        return await db.Set<T>().AsNoTracking().ToListAsync();
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var db = Read();
        // SQLite's checks and foreign keys belong to the table; who wants to break a row turns them off for the connection.
        await db.Database.ExecuteSqlRawAsync(db.Database.IsNpgsql() ? sql : "PRAGMA ignore_check_constraints = 1; PRAGMA foreign_keys = 0; " + sql);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        if (_host is IAsyncDisposable disposable) await disposable.DisposeAsync();
        await _test.DisposeAsync();
    }

    private async Task FillAsync()
    {
        var result = await SeedLoader.LoadAsync(SeedFolder(), Writer, "Mot-de-passe-de-test", Clock);
        Assert.IsType<SeedResult.Loaded>(result);
        await using var db = Read();
        Lead = await db.Set<Organisation>().Where(o => o.IsConsortiumLead).Select(o => o.Id).FirstAsync();
        Treasurer = await db.Set<Person>().Where(p => p.Email == "treasurer@demo.invalid").Select(p => p.Id).FirstAsync();
        Buyer = await db.Set<Person>().Where(p => p.Email == "buyer@demo.invalid").Select(p => p.Id).FirstAsync();
        var second = new Person(Guid.CreateVersion7(), "tresor2@demo.invalid", "Deuxième (démo)", "fr", Lead);
        SecondTreasurer = second.Id;
        await Writer.WriteAsync(d =>
        {
            d.Add(second);
            d.Add(new RoleGrant(Guid.CreateVersion7(), second.Id, Role.Treasurer, RoleScope.Organisation, Lead));
        });
    }

    private static string SeedFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "TiersLieux.Market.sln"))) return Path.Combine(folder.FullName, "catalog-seed");
        throw new InvalidOperationException("There is no TiersLieux.Market.sln above the tests.");
    }
}
