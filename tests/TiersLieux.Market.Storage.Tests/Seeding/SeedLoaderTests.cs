using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Catalogue;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Domain.Orders.Pricing;
using TiersLieux.Market.Storage.Ledger;
using TiersLieux.Market.Storage.Orders;
using TiersLieux.Market.Storage.Seeding;
using TiersLieux.Market.Storage.Writing;
using TiersLieux.Market.Testing;
using Xunit;
using Stopwatch = System.Diagnostics.Stopwatch;

namespace TiersLieux.Market.Storage.Tests.Seeding;

public class SeedLoaderTests
{
    private const string Password = "Une phrase de passe pour la démo 1";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [OnEachDatabase]
    public async Task The_projects_tables_load_and_a_second_time_change_nothing(MarketProvider provider)
    {
        await using var market = await StorageFixture.CreateAsync(provider);
        var watch = Stopwatch.StartNew();
        var loaded = await LoadAsync(market, SeedFolder.Original);
        TestContext.Current.TestOutputHelper!.WriteLine($"{provider}: {loaded.Inserted} rows in {watch.Elapsed.TotalSeconds:0.0} s");
        Assert.All(loaded.Tables, t => Assert.Equal((t.Read, 0), (t.Inserted, t.Known)));

        await using var db = market.Database.CreateDbContext();
        Assert.Equal(18, await db.Set<Circle>().CountAsync(Stop));
        Assert.Equal(16, await db.Set<Filiere>().CountAsync(Stop));
        Assert.InRange(await db.Set<Process>().CountAsync(Stop), 38, 60);
        Assert.InRange(await db.Set<Place>().CountAsync(p => p.Status == PlaceStatus.Referenced, Stop), 100, 1_000);
        Assert.Equal(11, await db.Set<Workshop>().CountAsync(Stop));
        Assert.InRange(await db.Set<Resource>().CountAsync(r => r.Kind == ResourceKind.Machine, Stop), 160, 1_000);
        Assert.InRange(await db.Set<Offer>().CountAsync(o => o.State == OfferState.Published, Stop), 40, 1_000);

        var again = await LoadAsync(market, SeedFolder.Original);
        Assert.All(again.Tables, t => Assert.Equal((0, t.Read), (t.Inserted, t.Known)));
    }

    [Theory]
    [OnEachDatabase]
    public async Task Two_programs_that_start_together_load_the_tables_once(MarketProvider provider)
    {
        await using var market = await StorageFixture.CreateAsync(provider);
        var both = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => LoadAsync(market, SeedFolder.Original), Stop)));
        var (first, second) = both[0].Inserted > 0 ? (both[0], both[1]) : (both[1], both[0]);
        Assert.All(first.Tables, t => Assert.Equal((t.Read, 0), (t.Inserted, t.Known)));
        Assert.All(second.Tables, t => Assert.Equal((0, t.Read), (t.Inserted, t.Known)));
    }

    [Theory]
    [OnEachDatabase]
    public async Task What_is_loaded_hangs_together(MarketProvider provider)
    {
        await using var market = await StorageFixture.CreateAsync(provider);
        await LoadAsync(market, SeedFolder.Original);
        await using var db = market.Database.CreateDbContext();

        var referenced = await db.Set<Place>().Where(p => p.Status == PlaceStatus.Referenced).Select(p => p.Id).ToListAsync(Stop);
        var resources = await db.Set<Resource>().AsNoTracking().ToListAsync(Stop);
        var offers = await db.Set<Offer>().AsNoTracking().ToListAsync(Stop);
        Assert.DoesNotContain(resources, r => referenced.Contains(r.PlaceId));
        Assert.DoesNotContain(offers, o => o.PlaceId is { } place && referenced.Contains(place));
        var bookable = resources.Select(r => r.Id).ToHashSet();
        Assert.All(offers.Where(o => o.ResourceId is not null), o => Assert.Contains(o.ResourceId!.Value, bookable));

        var offered = resources.Where(r => r.WorkshopId is not null).SelectMany(r => r.Capabilities).Select(c => c.Process).ToHashSet(StringComparer.Ordinal);
        Assert.All(offers.Where(o => o.IsRouted), o => Assert.All(o.Routing, step => Assert.Contains(step.Process, offered)));
        Assert.InRange(offers.Count(o => o.IsRouted), 20, 200);

        // The demo's accounts sign in with the password that was given, and nobody else does.
        var users = await db.Set<IdentityUser<Guid>>().AsNoTracking().ToListAsync(Stop);
        Assert.Equal(6 + 17, users.Count); // The main accounts and the workshops' own people.
        var hasher = new PasswordHasher<IdentityUser<Guid>>();
        Assert.All(users, u => Assert.Equal(PasswordVerificationResult.Success, hasher.VerifyHashedPassword(u, u.PasswordHash!, Password)));
        var status = await SeedStatus.ReadAsync(db, Stop);
        Assert.True(status.IsDemo);
        Assert.Equal(["buyer@demo.invalid", "artisan@demo.invalid", "manager@demo.invalid", "animator@demo.invalid", "treasurer@demo.invalid", "admin@demo.invalid"], status.SignIns.Where(s => !s.Email.Contains('-', StringComparison.Ordinal)).OrderBy(s => s.Roles.Max()).Select(s => s.Email));
        Assert.Equal(17, status.SignIns.Count(s => s.Email.StartsWith("artisan-", StringComparison.Ordinal)));
    }

    [Theory]
    [OnEachDatabase]
    public async Task Prices_and_posting_table_are_ready_to_use(MarketProvider provider)
    {
        await using var market = await StorageFixture.CreateAsync(provider);
        await LoadAsync(market, SeedFolder.Original);
        await using var db = market.Database.CreateDbContext();
        var day = new DateOnly(2026, 11, 23);

        var rules = await PricingRulesStore.LoadAsync(db, day, Stop);
        Assert.Equal(new Money(800), rules.Fees.Single(f => f.Code == "consortium-margin").Charge(new FeeBase(new Money(10_000), 1, 1)).Amount);
        Assert.DoesNotContain(rules.Fees, f => f.Code is "producer-commission" or "circle-reactiv-maker");
        var circle = await db.Set<Circle>().SingleAsync(c => c.Code == "reactiv-maker", Stop);
        Assert.Contains((await PricingRulesStore.LoadAsync(db, day, [circle.Id], Stop)).Fees, f => f.Code == "circle-reactiv-maker");
        // 50 kg over 100 km by van: 26 € + 100 × 0.28 €.
        Assert.Equal(new Money(5_400), rules.Transport.Cost(50, 100));
        Assert.Equal(0.413m, rules.Emissions.PerTonneKm.KgCo2);
        Assert.Equal(22m, rules.Materials["pla"].UnitPrice);

        // The fee below 60 € of work; a later row of the same code takes over on its day.
        var small = rules.Fees.Single(f => f.Code == "small-order");
        Assert.Equal((new Money(600), Money.Zero), (small.Charge(new FeeBase(new Money(5_999), 1, 1)).Amount, small.Charge(new FeeBase(new Money(6_000), 1, 1)).Amount));
        await market.Writer.WriteAsync(w => w.Add(new FeeRow(Guid.CreateVersion7(), "small-order", small.Name, FeeKind.Flat, small.Beneficiary, 20, day) { IsActive = false }), Stop);
        Assert.DoesNotContain((await PricingRulesStore.LoadAsync(db, day, Stop)).Fees, f => f.Code == "small-order");
        Assert.Contains((await PricingRulesStore.LoadAsync(db, day.AddDays(-1), Stop)).Fees, f => f.Code == "small-order");

        var table = await PostingTableStore.LoadAsync(db, Stop);
        Assert.Equal("VE", table.JournalOf("final-invoice"));
        Assert.Contains("self-billed-invoice", table.Events);
    }

    [Theory]
    [OnEachDatabase]
    public async Task What_people_changed_or_took_away_stays_so(MarketProvider provider)
    {
        await using var market = await StorageFixture.CreateAsync(provider);
        await LoadAsync(market, SeedFolder.Original);
        await market.Writer.WriteAsync(async (db, stop) =>
        {
            var offer = await db.Set<Offer>().SingleAsync(o => o.Code == "visiere-protection", stop);
            offer.Withdraw();
            var treasurer = await db.Set<RoleGrant>().SingleAsync(r => r.Role == Role.Treasurer, stop);
            db.Remove(treasurer);
        }, Stop);

        Assert.Equal(0, (await LoadAsync(market, SeedFolder.Original)).Inserted);
        await using var after = market.Database.CreateDbContext();
        Assert.Equal(OfferState.Withdrawn, (await after.Set<Offer>().SingleAsync(o => o.Code == "visiere-protection", Stop)).State);
        Assert.False(await after.Set<RoleGrant>().AnyAsync(r => r.Role == Role.Treasurer, Stop));
    }

    [Theory]
    [InlineData("workshops.csv", "la-navette-bleue,", ",automatic,", ",sometimes,", "acceptance", "seed-choice")]
    [InlineData("workshops.csv", "la-navette-bleue,", "maison-navette", "fablab-soissons", "place", "seed-place-referenced")]
    [InlineData("workshops.csv", "la-navette-bleue,", "mo-fr 09:00-12:30", "mo-fr 09:00-08:00", "weekly_hours", "hours")]
    [InlineData("organisations.csv", "navette-bleue,", ",000000109,", ",000000108,", "siren", "siren-key")]
    [InlineData("organisations.csv", "navette-bleue,", "FR7699999000010000000001085", "FR7699999000010000000001086", "iban", "iban-key")]
    [InlineData("resources.csv", "navette-laser-300,", "decoupe-laser*1.0", "decoupe-laser*fast", "processes", "seed-capability")]
    [InlineData("resources.csv", "navette-laser-300,", ",726,", ",-726,", "work_x_mm", "seed-number")]
    [InlineData("operations.csv", "visiere-protection,20,", "decoupe-laser", "decoupe-lazer", "process", "seed-unknown")]
    [InlineData("offers.csv", "visiere-protection,", ",20,routed,", ",19.6,routed,", "vat_rate", "seed-vat-rate")]
    [InlineData("places.csv", "four-a-songes,", "four-a-songes,", "moulin-aux-encres,", "code", "seed-twice")]
    [InlineData("people.csv", "buyer@demo.invalid,", ",fr,", ",fr,,", "", "seed-cells")]
    [InlineData("people_roles.csv", "treasurer@demo.invalid,", "treasurer,consortium", "emperor,consortium", "role", "seed-choice")]
    [InlineData("fees.csv", "consortium-margin,", "2026-01-01", "1/1/2026", "valid_from", "seed-date")]
    [InlineData("communes.csv", "59350,", "59350,", "\"59350,", "", "seed-quotes")]
    [InlineData("posting-table.csv", "final-invoice,Facture de vente,VE,,10,", ",411,", ",4110,", "compte", "posting-account")]
    public async Task A_broken_row_is_refused_with_its_place_and_nothing_is_stored(string file, string row, string from, string to, string column, string code)
    {
        await using var market = await StorageFixture.CreateAsync(MarketProvider.Sqlite);
        using var folder = SeedFolder.Copy();
        var line = folder.LineOf(file, row);
        folder.Replace(file, line, from, to);

        var refused = Assert.IsType<SeedResult.Refused>(await SeedLoader.LoadAsync(folder.Path, market.Writer, Password, market.Clock, Stop));

        var fault = Assert.Single(refused.Faults, f => f.File == file && (f.Line == line || code == "seed-twice") && f.Column == column);
        Assert.StartsWith(code, fault.Reason.Code, StringComparison.Ordinal);
        Assert.NotEqual(fault.Reason.French, fault.Reason.English);
        Assert.True(await IsEmptyAsync(market));
    }

    [Theory]
    [OnEachDatabase]
    public async Task A_folder_with_faults_leaves_the_database_empty(MarketProvider provider)
    {
        await using var market = await StorageFixture.CreateAsync(provider);
        using var folder = SeedFolder.Copy();
        File.Delete(Path.Combine(folder.Path, "fees.csv"));
        Assert.Equal(("fees.csv", 0), Place(await SeedLoader.LoadAsync(folder.Path, market.Writer, Password, market.Clock, Stop)));

        File.Copy(Path.Combine(SeedFolder.Original, "fees.csv"), Path.Combine(folder.Path, "fees.csv"));
        await File.AppendAllBytesAsync(Path.Combine(folder.Path, "circles.csv"), [0xE9, 0x2C], Stop);
        var (file, line) = Place(await SeedLoader.LoadAsync(folder.Path, market.Writer, Password, market.Clock, Stop));
        Assert.Equal("circles.csv", file);
        Assert.True(line > 0);

        File.Copy(Path.Combine(SeedFolder.Original, "circles.csv"), Path.Combine(folder.Path, "circles.csv"), overwrite: true);
        folder.Replace("transport.csv", 2, "2,parcel", "2,drone");
        Assert.Equal(("transport.csv", 2), Place(await SeedLoader.LoadAsync(folder.Path, market.Writer, Password, market.Clock, Stop)));
        Assert.True(await IsEmptyAsync(market));
    }

    private static (string File, int Line) Place(SeedResult result)
    {
        var fault = Assert.Single(Assert.IsType<SeedResult.Refused>(result).Faults);
        return (fault.File, fault.Line);
    }

    private static async Task<SeedResult.Loaded> LoadAsync(StorageFixture market, string folder)
    {
        var result = await SeedLoader.LoadAsync(folder, market.Writer, Password, market.Clock, Stop);
        if (result is SeedResult.Refused(var faults)) Assert.Fail(string.Join('\n', faults.Select(f => $"{f.File}:{f.Line} {f.Column}: {f.Reason.English}")));
        return (SeedResult.Loaded)result;
    }

    private static async Task<bool> IsEmptyAsync(StorageFixture market)
    {
        await using var db = market.Database.CreateDbContext();
        return !await db.Set<Circle>().AnyAsync(Stop) && !await db.Set<Commune>().AnyAsync(Stop) && !await db.Set<Place>().AnyAsync(Stop)
            && !await db.Set<Person>().AnyAsync(Stop) && !await db.Set<IdentityUser<Guid>>().AnyAsync(Stop) && !await db.Set<TransportRow>().AnyAsync(Stop)
            && !await db.Set<Auditing.AuditEntry>().AnyAsync(Stop);
    }
}
