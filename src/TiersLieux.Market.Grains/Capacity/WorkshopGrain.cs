using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Grains.Common;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Storage.Writing;

namespace TiersLieux.Market.Grains.Capacity;

public sealed class WorkshopGrain(IMarketWriter writer, CapacityBoard board, TimeProvider clock) : Grain, IWorkshopGrain
{
    private static readonly Reason NobodyFree = new(
        "people-taken",
        "L'équipe de l'atelier vient d'être prise ce jour-là. Demandez un nouveau devis.",
        "The workshop's people have just been taken on that day. Ask for a new quote.");

    private Guid WorkshopId => this.GetPrimaryKey();

    public Task<Outcome> HoldPeople(Guid ownerId, IReadOnlyList<DayLoad> days, DateTime deadline) => ClaimAsync(ownerId, days, deadline);

    public Task<Outcome> ConfirmPeople(Guid ownerId, IReadOnlyList<DayLoad> days) => ClaimAsync(ownerId, days, null);

    public Task ExtendPeople(Guid ownerId, DateTime deadline) => writer.WriteAsync(async (db, c) =>
    {
        foreach (var hold in await OwnAsync(db, ownerId, c)) hold.Extend(deadline);
    });

    public Task ReleasePeople(Guid ownerId) => writer.WriteAsync(async (db, c) =>
    {
        var own = await OwnAsync(db, ownerId, c);
        foreach (var hold in own) (await DayAsync(db, hold.Day, c)).GiveBack(hold.Minutes);
        db.RemoveRange(own);
        Changed(db);
    });

    private Task<Outcome> ClaimAsync(Guid ownerId, IReadOnlyList<DayLoad> days, DateTime? deadline) => writer.WriteAsync(async (db, c) =>
    {
        var own = await OwnAsync(db, ownerId, c);
        foreach (var load in days)
        {
            var held = own.Find(h => h.Day == load.Day);
            if (held?.Minutes == load.Minutes)
            {
                if (deadline is { } later) held.Extend(later);
                else held.Confirm();
                continue;
            }

            var day = await DayAsync(db, load.Day, c);
            if (held is not null)
            {
                day.GiveBack(held.Minutes);
                db.Remove(held);
            }

            await ForgetExpiredAsync(db, day, c);
            if (!day.TryPromise(load.Minutes))
            {
                db.ChangeTracker.Clear(); // All days or none.
                return Outcome.Refused(NobodyFree);
            }

            db.Add(new PeopleHold(Guid.CreateVersion7(), WorkshopId, load.Day, ownerId, load.Minutes, deadline));
        }

        foreach (var past in own.Where(h => !days.Any(d => d.Day == h.Day)))
        {
            (await DayAsync(db, past.Day, c)).GiveBack(past.Minutes);
            db.Remove(past);
        }

        Changed(db);
        return Outcome.Done;
    });

    private Task<List<PeopleHold>> OwnAsync(MarketDbContext db, Guid ownerId, CancellationToken cancellation) =>
        db.Set<PeopleHold>().Where(h => h.WorkshopId == WorkshopId && h.OwnerId == ownerId).ToListAsync(cancellation);

    private async Task ForgetExpiredAsync(MarketDbContext db, WorkshopDay day, CancellationToken cancellation)
    {
        var now = clock.UtcNow();
        var expired = await db.Set<PeopleHold>().Where(h => h.WorkshopId == WorkshopId && h.Day == day.Day && h.Deadline != null && h.Deadline <= now).ToListAsync(cancellation);
        // One's own may have been given back a moment ago.
        expired.RemoveAll(hold => db.Entry(hold).State == EntityState.Deleted);
        foreach (var hold in expired) day.GiveBack(hold.Minutes);
        db.RemoveRange(expired);
    }

    private Task<WorkshopDay> DayAsync(MarketDbContext db, DateOnly date, CancellationToken cancellation) => WorkshopDays.FindAsync(db, WorkshopId, date, cancellation);

    private void Changed(MarketDbContext db)
    {
        var workshop = WorkshopId;
        db.AfterCommit(() => board.RefreshPeople(workshop));
    }
}
