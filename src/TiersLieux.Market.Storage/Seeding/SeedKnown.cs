using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Bookings;
using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Catalogue;
using TiersLieux.Market.Domain.Ledger;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Domain.Orders.Pricing;

namespace TiersLieux.Market.Storage.Seeding;

/// <summary>What the database already has, by the key of each table; the id is that of the row there, whoever made it.</summary>
internal sealed class SeedKnown
{
    private readonly Dictionary<string, Dictionary<string, Guid>> _tables = new(StringComparer.Ordinal);

    public Dictionary<string, Guid> this[string table] => _tables[table];

    public static async Task<SeedKnown> ReadAsync(MarketDbContext db, CancellationToken cancellation)
    {
        var known = new SeedKnown();
        await known.AddAsync("circles.csv", db.Set<Circle>().Select(x => new Row(x.Code, x.Id)), cancellation);
        await known.AddAsync("filieres.csv", db.Set<Filiere>().Select(x => new Row(x.Code, Guid.Empty)), cancellation);
        await known.AddAsync("processes.csv", db.Set<Process>().Select(x => new Row(x.Code, Guid.Empty)), cancellation);
        await known.AddAsync("materials.csv", db.Set<Material>().Select(x => new Row(x.Code, Guid.Empty)), cancellation);
        await known.AddAsync("communes.csv", db.Set<Commune>().Select(x => new Row(x.Insee, Guid.Empty)), cancellation);
        await known.AddAsync("credential_kinds.csv", db.Set<CredentialKind>().Select(x => new Row(x.Code, Guid.Empty)), cancellation);
        await known.AddAsync("organisations.csv", db.Set<Organisation>().Select(x => new Row(x.Code, x.Id)), cancellation);
        await known.AddAsync("places.csv", db.Set<Place>().Select(x => new Row(x.Code, x.Id)), cancellation);
        await known.AddAsync("workshops.csv", db.Set<Workshop>().Select(x => new Row(x.Code, x.Id)), cancellation);
        await known.AddAsync("resources.csv", db.Set<Resource>().Select(x => new Row(x.Code, x.Id)), cancellation);
        await known.AddAsync("offers.csv", db.Set<Offer>().Select(x => new Row(x.Code, x.Id)), cancellation);
        await known.AddAsync("people.csv", db.Set<Person>().Select(x => new Row(x.Email, x.Id)), cancellation);
        await known.AddAsync("users", db.Set<IdentityUser<Guid>>().Select(x => new Row(x.NormalizedUserName!, x.Id)), cancellation);
        await known.AddAsync("sessions.csv", db.Set<SessionSeries>().Join(db.Set<Offer>(), s => s.OfferId, o => o.Id, (s, o) => new Row(o.Code, s.Id)), cancellation);
        await known.AddAsync("fees.csv", db.Set<FeeRow>().Select(x => new Row(x.Code, x.Id)), cancellation);
        await known.AddAsync("transport.csv", db.Set<TransportRow>().Select(x => new Row("any", Guid.Empty)), cancellation);
        await known.AddAsync("factors.csv", db.Set<EmissionRow>().Select(x => new Row(x.Code, x.Id)), cancellation);
        await known.AddAsync("accounts.csv", db.Set<Account>().Select(x => new Row(x.Code, x.Id)), cancellation);
        await known.AddAsync("posting-table.csv", db.Set<PostingRow>().Select(x => new Row(x.Event, Guid.Empty)), cancellation);
        return known;
    }

    private async Task AddAsync(string table, IQueryable<Row> rows, CancellationToken cancellation)
    {
        var keys = _tables[table] = new Dictionary<string, Guid>(StringComparer.Ordinal);
        foreach (var row in await rows.Distinct().ToListAsync(cancellation)) keys.TryAdd(row.Key, row.Id);
    }

    private sealed record Row(string Key, Guid Id);
}
