using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Grains.Bookings;
using TiersLieux.Market.Grains.Common;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Storage.Messaging;
using TiersLieux.Market.Storage.Writing;

namespace TiersLieux.Market.Grains.Capacity;

public sealed partial class MachineGrain(IMarketWriter writer, CapacityBoard board, BookingDesk desk, ActorDirectory actors, OutboxRelay relay, TimeProvider clock) : Grain, IMachineGrain
{
    /// <summary>Production takes the machine itself: its first seat.</summary>
    internal const int ProductionSeat = 1;

    private Guid ResourceId => this.GetPrimaryKey();

    public async Task<Outcome> Hold(Guid ownerId, IReadOnlyList<Slot> slots, DateTime deadline)
    {
        try
        {
            return Outcome.Of(await writer.WriteAsync(async (db, c) =>
            {
                var own = await OwnAsync(db, ownerId, c);
                var missing = slots.Where(s => !own.Exists(o => o.Start == s.Start && o.End == s.End)).ToList();
                if (await IsDownAsync(db, missing, c)) return Reasons.SlotTaken;
                foreach (var slot in missing)
                {
                    await ForgetExpiredAsync(db, new Interval(slot.Start, slot.End), ProductionSeat, c);
                    db.Add(new Occupation(Guid.CreateVersion7(), ResourceId, ProductionSeat, new Interval(slot.Start, slot.End), OccupationKind.Hold, ownerId, deadline));
                }

                foreach (var held in own) held.Extend(deadline);
                Changed(db);
                return null;
            }));
        }
        catch (Exception exception) when (StorageErrors.IsOverlap(exception))
        {
            // Another program may have held the same for the same owner at the same time.
            if (await HasAsync(ownerId, slots)) return Outcome.Done;
            // The board was behind: let it read this machine again before anybody plans on it.
            board.Refresh(ResourceId);
            return Outcome.Refused(Reasons.SlotTaken);
        }
    }

    public Task Extend(Guid ownerId, DateTime deadline) => writer.WriteAsync(async (db, c) =>
    {
        foreach (var held in await OwnAsync(db, ownerId, c)) held.Extend(deadline);
        Changed(db);
    });

    public async Task<Outcome> Confirm(Guid ownerId, IReadOnlyList<Slot> slots)
    {
        try
        {
            return Outcome.Of(await writer.WriteAsync(async (db, c) =>
            {
                var own = await OwnAsync(db, ownerId, c);
                var missing = slots.Where(s => !own.Exists(o => o.Start == s.Start && o.End == s.End)).ToList();
                if (await IsDownAsync(db, missing, c)) return Reasons.SlotTaken;
                // What was planned before and is no more goes first: the new may lie where it was.
                var past = own.Where(o => !slots.Any(s => s.Start == o.Start && s.End == o.End)).ToList();
                var ids = past.ConvertAll(o => o.Id);
                if (ids.Count > 0) await db.Set<Occupation>().Where(o => ids.Contains(o.Id)).ExecuteDeleteAsync(c);
                foreach (var held in own.Except(past)) held.Confirm(OccupationKind.Reservation);
                // The hold ran out and somebody cleared it away, or it is planned anew: claim the time if it is still free.
                foreach (var slot in missing)
                {
                    await ForgetExpiredAsync(db, new Interval(slot.Start, slot.End), ProductionSeat, c);
                    db.Add(new Occupation(Guid.CreateVersion7(), ResourceId, ProductionSeat, new Interval(slot.Start, slot.End), OccupationKind.Reservation, ownerId, null));
                }

                Changed(db);
                return null;
            }));
        }
        catch (Exception exception) when (StorageErrors.IsOverlap(exception))
        {
            board.Refresh(ResourceId);
            return Outcome.Refused(Reasons.SlotTaken);
        }
    }

    public Task Release(Guid ownerId) => writer.WriteAsync(async (db, c) =>
    {
        db.RemoveRange(await OwnAsync(db, ownerId, c));
        Changed(db);
    });

    /// <summary>A plan made before the machine broke down, or before the calendar said so.</summary>
    private async Task<bool> IsDownAsync(MarketDbContext db, List<Slot> slots, CancellationToken cancellation)
    {
        if (slots.Count == 0) return false;
        var (first, last) = (slots.Min(s => s.Start), slots.Max(s => s.Start));
        var closures = await db.Set<Closure>().AsNoTracking().Where(c => c.ResourceId == ResourceId && c.Start <= last && c.End > first).ToListAsync(cancellation);
        return slots.Exists(s => closures.Exists(c => c.Start <= s.Start && s.Start < c.End));
    }

    private async Task<bool> HasAsync(Guid ownerId, IReadOnlyList<Slot> slots)
    {
        await using var db = await desk.ReadAsync();
        var own = await OwnAsync(db, ownerId, CancellationToken.None);
        return slots.All(s => own.Exists(o => o.Start == s.Start && o.End == s.End));
    }

    private Task<List<Occupation>> OwnAsync(MarketDbContext db, Guid ownerId, CancellationToken cancellation) =>
        db.Set<Occupation>().Where(o => o.ResourceId == ResourceId && o.OwnerId == ownerId).ToListAsync(cancellation);

    /// <summary>A constraint cannot use the clock, so whoever claims time first deletes the holds in its way that have run out.</summary>
    private Task ForgetExpiredAsync(MarketDbContext db, Interval time, int seat, CancellationToken cancellation)
    {
        var now = clock.UtcNow();
        return db.Set<Occupation>()
            .Where(o => o.ResourceId == ResourceId && o.Seat == seat && o.Kind == OccupationKind.Hold && o.Deadline <= now && o.Start < time.End && time.Start < o.End)
            .ExecuteDeleteAsync(cancellation);
    }

    private void Changed(MarketDbContext db)
    {
        var resource = ResourceId;
        db.AfterCommit(() => board.Refresh(resource));
    }
}
