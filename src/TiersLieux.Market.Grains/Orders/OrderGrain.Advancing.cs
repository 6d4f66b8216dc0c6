using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Domain.Orders;
using TiersLieux.Market.Grains.Capacity;
using TiersLieux.Market.Grains.Common;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Storage.Writing;

namespace TiersLieux.Market.Grains.Orders;

/// <summary>Takes the earlier times that the improvement found.</summary>
public sealed partial class OrderGrain
{
    public async Task<Outcome> Advance(AdvanceOrder command)
    {
        try
        {
            return await writer.WriteAsync((db, c) => AdvanceAsync(db, command, c));
        }
        catch (Exception exception) when (StorageErrors.IsOverlap(exception))
        {
            // The board was behind: let it read these machines again before anybody plans on them.
            foreach (var operation in command.Operations) board.Refresh(operation.MachineId);
            return Outcome.Refused(Reasons.SlotTaken);
        }
    }

    /// <summary>All that can be refused is looked at before anything is changed in the database.</summary>
    private async Task<Outcome> AdvanceAsync(MarketDbContext db, AdvanceOrder command, CancellationToken cancellation)
    {
        var now = clock.UtcNow();
        var order = await db.Set<Order>().Include(o => o.WorkOrders).FirstAsync(o => o.Id == OrderId, cancellation);
        if (AdvanceOrder.Fingerprint(order) != command.AsRead || order.State != OrderState.InProduction) return Outcome.Refused(TooLate);
        var moved = command.Operations.GroupBy(o => o.WorkOrderId).Select(g => new MovedWork(order.WorkOrders.First(w => w.Id == g.Key), [.. g])).ToList();
        if (moved.Exists(m => !m.Work.MayMove(now))) return Outcome.Refused(TooLate);

        var ids = moved.ConvertAll(m => m.Work.Id);
        var reserved = await db.Set<Occupation>().AsNoTracking().Where(o => ids.Contains(o.OwnerId) && o.Kind == OccupationKind.Reservation).ToListAsync(cancellation);
        var old = moved.SelectMany(m => m.Changed.Select(o => reserved.Find(r => r.OwnerId == m.Work.Id && r.ResourceId == o.MachineId && r.Start == o.Start && r.End == o.End))).ToList();
        if (old.Contains(null)) return Outcome.Refused(TooLate);

        var before = moved.ConvertAll(m => new Interval(m.Work.Start, m.Work.End));
        foreach (var each in moved) await GiveBackPeopleAsync(db, each.Work, cancellation);
        foreach (var each in moved) each.Work.Reschedule(each.Operations);
        foreach (var each in moved)
        {
            if (await PromisePeopleAsync(db, each.Work, cancellation)) continue;
            db.ChangeTracker.Clear();
            return Outcome.Refused(Reasons.SlotTaken);
        }

        // Deleted at once: the database looks at each new row as it comes.
        var gone = old.ConvertAll(o => o!.Id);
        await db.Set<Occupation>().Where(o => gone.Contains(o.Id)).ExecuteDeleteAsync(cancellation);
        db.AddRange(command.Operations.Select(o => new Occupation(
            Guid.CreateVersion7(), o.MachineId, MachineGrain.ProductionSeat, new Interval(o.Time.Start, o.Time.End), OccupationKind.Reservation, o.WorkOrderId, null)));

        // Moves the order's version on as well: whoever read its work before must read it again.
        db.Entry(order).Property(o => o.DueAt).IsModified = true;
        Tell(db, order, "advanced", new Text($"Avancée : livraison prévue le {command.Expected:dd/MM/yyyy}", $"Advanced: expected on {command.Expected:yyyy-MM-dd}"), "");
        Audit(db, order, Actor.System, "advanced", FormattableString.Invariant($"{command.Before:yyyy-MM-dd}"), FormattableString.Invariant($"{command.Expected:yyyy-MM-dd}"));
        foreach (var (each, time) in moved.Zip(before)) MailOutbox.WorkMoved(db, each.Work, time, now);
        var machines = old.Select(o => o!.ResourceId).Concat(command.Operations.Select(o => o.MachineId)).ToHashSet();
        var workshops = moved.Select(m => m.Work.WorkshopId).ToHashSet();
        db.AfterCommit(() =>
        {
            foreach (var machine in machines) board.Refresh(machine);
            foreach (var workshop in workshops) board.RefreshPeople(workshop);
        });
        return Outcome.Done;
    }

    private static async Task GiveBackPeopleAsync(MarketDbContext db, WorkOrder work, CancellationToken cancellation)
    {
        var holds = await db.Set<PeopleHold>().Where(h => h.WorkshopId == work.WorkshopId && h.OwnerId == work.Id).ToListAsync(cancellation);
        foreach (var hold in holds) (await WorkshopDays.FindAsync(db, work.WorkshopId, hold.Day, cancellation)).GiveBack(hold.Minutes);
        db.RemoveRange(holds);
    }

    private static async Task<bool> PromisePeopleAsync(MarketDbContext db, WorkOrder work, CancellationToken cancellation)
    {
        foreach (var load in WorkOrderFactory.People(work))
        {
            if (!(await WorkshopDays.FindAsync(db, work.WorkshopId, load.Day, cancellation)).TryPromise(load.Minutes)) return false;
            db.Add(new PeopleHold(Guid.CreateVersion7(), work.WorkshopId, load.Day, work.Id, load.Minutes, null));
        }

        return true;
    }

    /// <summary>A work order with the operations of it that get other times.</summary>
    private sealed record MovedWork(WorkOrder Work, IReadOnlyList<MovedOperation> Moves)
    {
        /// <summary>As they are before.</summary>
        public IReadOnlyList<WorkOrderOperation> Changed { get; } = [.. Work.Operations.Where(o => Moves.Any(m => Is(m, o)))];

        /// <summary>All of the work order, with the new times.</summary>
        public IReadOnlyList<WorkOrderOperation> Operations { get; } = [.. Work.Operations
            .Select(o => Moves.FirstOrDefault(m => Is(m, o)) is { } move
                ? o with
                {
                    MachineId = move.MachineId,
                    Start = move.Time.Start,
                    End = move.Time.End,
                    Segments = [.. move.Segments.Select(s => new Interval(s.Start, s.End))],
                    PeopleMinutes = move.PeopleMinutes,
                }
                : o)
            .OrderBy(o => o.Start)];

        private static bool Is(MovedOperation move, WorkOrderOperation operation) => (move.Line, move.Lot, move.Sequence) == (operation.Line, operation.Lot, operation.Sequence);
    }
}
