using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Bookings;
using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Orders;
using TiersLieux.Market.Storage;

namespace TiersLieux.Market.Grains.Checks;

/// <summary>Machines' and people's time: nothing sold twice, everything promised has its time, nothing holds time for nobody.</summary>
internal static class BookingChecks
{
    /// <summary>The sweeps clear a hold within minutes of its deadline.</summary>
    private static readonly TimeSpan LongPast = TimeSpan.FromHours(1);

    public static async Task<List<CheckFault>> RunAsync(MarketDbContext db, DateTime now, CancellationToken cancellation)
    {
        var occupations = await db.Set<Occupation>().AsNoTracking().OrderBy(o => o.ResourceId).ThenBy(o => o.Seat).ThenBy(o => o.Start).ToListAsync(cancellation);
        var machines = await db.Set<Resource>().AsNoTracking().Select(r => new { r.Id, r.Code }).ToDictionaryAsync(r => r.Id, r => r.Code, cancellation);
        var byOwner = occupations.ToLookup(o => o.OwnerId);
        var faults = new List<CheckFault>();
        Overlaps(occupations, id => machines.GetValueOrDefault(id) ?? id.ToString(), faults);
        var owners = await BookingsAsync(db, byOwner, now, faults, cancellation);
        await WorkOrdersAsync(db, byOwner, owners, faults, cancellation);
        foreach (var orphan in occupations.Where(o => o.Kind is OccupationKind.Booking or OccupationKind.Reservation && !owners.Contains(o.OwnerId)))
        {
            faults.Add(Fault(FaultCode.OccupationWithoutOwner, $"{machines.GetValueOrDefault(orphan.ResourceId)} {Say(orphan.Time)}",
                $"Du temps de {machines.GetValueOrDefault(orphan.ResourceId)} est pris le {Say(orphan.Time)} sans réservation ni ordre de fabrication en cours.",
                $"Time of {machines.GetValueOrDefault(orphan.ResourceId)} is taken on {Say(orphan.Time)} without a live booking or work order."));
        }

        foreach (var stale in occupations.Where(o => o.Kind == OccupationKind.Hold && o.Deadline < now - LongPast))
        {
            faults.Add(Fault(FaultCode.HoldPastDeadline, $"{machines.GetValueOrDefault(stale.ResourceId)} {Say(stale.Time)}",
                $"Une retenue sur {machines.GetValueOrDefault(stale.ResourceId)} ({Say(stale.Time)}) a dépassé son échéance de plus d'une heure.",
                $"A hold on {machines.GetValueOrDefault(stale.ResourceId)} ({Say(stale.Time)}) is more than an hour past its deadline."));
        }

        await PeopleAsync(db, now, faults, cancellation);
        return faults;
    }

    private static void Overlaps(List<Occupation> ordered, Func<Guid, string> name, List<CheckFault> faults)
    {
        Occupation? latest = null;
        foreach (var next in ordered)
        {
            if (latest is not null && latest.ResourceId == next.ResourceId && latest.Seat == next.Seat)
            {
                if (next.Start < latest.End)
                {
                    faults.Add(Fault(FaultCode.Overlap, $"{name(next.ResourceId)} {Say(next.Time)}",
                        $"{name(next.ResourceId)}, place {next.Seat} : {Say(next.Time)} et {Say(latest.Time)} se chevauchent.",
                        $"{name(next.ResourceId)}, seat {next.Seat}: {Say(next.Time)} and {Say(latest.Time)} overlap."));
                }

                if (next.End <= latest.End) continue;
            }

            latest = next;
        }
    }

    /// <summary>Each booking that takes time has it, to the minute; returns the bookings that may own time.</summary>
    private static async Task<HashSet<Guid>> BookingsAsync(MarketDbContext db, ILookup<Guid, Occupation> byOwner, DateTime now, List<CheckFault> faults, CancellationToken cancellation)
    {
        var owners = new HashSet<Guid>();
        var bookings = await db.Set<Booking>().AsNoTracking().Where(b => b.State != BookingState.Cancelled).ToListAsync(cancellation);
        foreach (var booking in bookings)
        {
            owners.Add(booking.Id);
            if (!booking.TakesTime || booking.IsExpired(now))
            {
                if (booking.HeldUntil < now - LongPast)
                {
                    faults.Add(Fault(FaultCode.HoldPastDeadline, booking.Reference,
                        $"{booking.Reference} attend son paiement depuis plus d'une heure après son échéance.", $"{booking.Reference} waits for its payment more than an hour past its deadline."));
                }

                continue;
            }

            var wanted = booking.State == BookingState.Held ? OccupationKind.Hold : OccupationKind.Booking;
            var has = byOwner[booking.Id].Count(o => o.ResourceId == booking.ResourceId && o.Start == booking.Start && o.End == booking.End && o.Kind == wanted);
            if (has == booking.Seats) continue;
            faults.Add(Fault(FaultCode.BookingWithoutOccupation, booking.Reference,
                $"{booking.Reference} ({Say(booking.Time)}) devrait tenir {booking.Seats} place(s) et en tient {has}.",
                $"{booking.Reference} ({Say(booking.Time)}) should hold {booking.Seats} seat(s) and holds {has}."));
        }

        return owners;
    }

    private static async Task WorkOrdersAsync(MarketDbContext db, ILookup<Guid, Occupation> byOwner, HashSet<Guid> owners, List<CheckFault> faults, CancellationToken cancellation)
    {
        var live = await db.Set<WorkOrder>().AsNoTracking()
            .Where(w => w.State != WorkOrderState.Declined && w.State != WorkOrderState.Replaced)
            .Join(db.Set<Order>().Where(o => o.State != OrderState.Cancelled), w => w.OrderId, o => o.Id, (w, o) => new { Work = w, Order = o.State })
            .ToListAsync(cancellation);
        foreach (var pair in live)
        {
            owners.Add(pair.Work.Id);
            if (pair.Work.State is WorkOrderState.Planned or WorkOrderState.Tentative || pair.Order is OrderState.Holding or OrderState.AwaitingDeposit or OrderState.Confirming) continue;
            // What a breakdown has taken is planned again a moment later.
            foreach (var operation in pair.Work.Operations.Where(o => o.LostFrom is null && o.End > o.Start))
            {
                if (byOwner[pair.Work.Id].Any(o => o.ResourceId == operation.MachineId && o.Start == operation.Start && o.End == operation.End && o.Kind == OccupationKind.Reservation)) continue;
                faults.Add(Fault(FaultCode.WorkWithoutOccupation, pair.Work.Number,
                    $"{pair.Work.Number} n'a pas le temps de machine de son opération {operation.Process} ({Say(new Interval(operation.Start, operation.End))}).",
                    $"{pair.Work.Number} has no machine time for its operation {operation.Process} ({Say(new Interval(operation.Start, operation.End))})."));
            }
        }

        // Its own declined or replaced work orders give their time back a moment later; until then it is theirs.
        owners.UnionWith(await db.Set<WorkOrder>().Where(w => w.State == WorkOrderState.Declined && w.ReplacedAt == null).Select(w => w.Id).ToListAsync(cancellation));
    }

    private static async Task PeopleAsync(MarketDbContext db, DateTime now, List<CheckFault> faults, CancellationToken cancellation)
    {
        var names = await db.Set<Workshop>().AsNoTracking().Select(w => new { w.Id, w.Code }).ToDictionaryAsync(w => w.Id, w => w.Code, cancellation);
        var holds = await db.Set<PeopleHold>().AsNoTracking().ToListAsync(cancellation);
        var promised = holds.GroupBy(h => (h.WorkshopId, h.Day)).ToDictionary(g => g.Key, g => g.Sum(h => h.Minutes));
        var days = (await db.Set<WorkshopDay>().AsNoTracking().ToListAsync(cancellation)).ToDictionary(d => (d.WorkshopId, d.Day));
        foreach (var key in days.Keys.Union(promised.Keys).OrderBy(k => k.Day))
        {
            var (sum, counted) = (promised.GetValueOrDefault(key), days.GetValueOrDefault(key)?.PromisedMinutes ?? 0);
            var where = $"{names.GetValueOrDefault(key.WorkshopId)} {key.Day:yyyy-MM-dd}";
            if (sum != counted)
            {
                faults.Add(Fault(FaultCode.PeopleSum, where,
                    $"{where} : {counted} min d'équipe comptées, {sum} min promises.", $"{where}: {counted} min of people's time counted, {sum} min promised."));
            }

            if (days.GetValueOrDefault(key) is { } day && day.PromisedMinutes > day.CapacityMinutes)
            {
                faults.Add(Fault(FaultCode.PeopleOverCapacity, where,
                    $"{where} : {day.PromisedMinutes} min promises pour {day.CapacityMinutes} min d'équipe.", $"{where}: {day.PromisedMinutes} min promised of {day.CapacityMinutes} min of people's time."));
            }
        }

        foreach (var stale in holds.Where(h => h.Deadline < now - LongPast))
        {
            var where = $"{names.GetValueOrDefault(stale.WorkshopId)} {stale.Day:yyyy-MM-dd}";
            faults.Add(Fault(FaultCode.HoldPastDeadline, where,
                $"{where} : {stale.Minutes} min d'équipe retenues plus d'une heure après leur échéance.", $"{where}: {stale.Minutes} min of people's time held more than an hour past their deadline."));
        }
    }

    private static string Say(Interval time) => $"{time.Start:yyyy-MM-dd HH:mm}-{time.End:HH:mm} UTC";

    private static CheckFault Fault(string code, string where, string french, string english) => new(CheckArea.Bookings, code, where, new Text(french, english));
}
