using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Domain.Orders.Pricing;
using TiersLieux.Market.Domain.Routing;

namespace TiersLieux.Market.Bench.Orders;

/// <summary>What an order amounts to under either rule.</summary>
/// <param name="Euros">Shares of the workshops and transport, before tax and fees.</param>
internal sealed record Outcome(DateOnly Promise, decimal Euros, decimal Km, IReadOnlyList<MachineTask> Tasks);

/// <summary>
/// How ERP programs choose: each operation of the whole batch goes to the alternative that ends it first, one operation after the other. It shares no
/// code with the planner; calendars, people, transport and prices are the same.
/// </summary>
internal sealed class ErpRule(PricingRules rules)
{
    private static readonly TransportSchedule Schedule = TransportSchedule.Default;

    /// <returns>Null when an operation finds no machine or no time.</returns>
    public Outcome? Plan(RoutingRequest request, CapacitySnapshot snapshot)
    {
        var tasks = new List<MachineTask>();
        var trips = new List<(decimal Weight, decimal Km)>();
        var delivered = request.Now;
        foreach (var line in request.Lines)
        {
            var (place, position, ready) = line.Goods is { } goods ? ((Guid?)goods.Place, goods.Position, goods.Ready > request.Now ? goods.Ready : request.Now) : (null, default, request.Now);
            var weight = line.Quantity * line.UnitWeightKg;
            foreach (var operation in line.Operations)
            {
                if (Best(request, snapshot, line, operation, place, position, ready, tasks) is not { } best) return null;
                var workshop = snapshot.Workshop(best.Workshop);
                if (place is not null && place != workshop.Place) trips.Add((weight, TransportTable.RoundKm(position.RoadKm(workshop.Position))));
                (place, position, ready) = (workshop.Place, workshop.Position, best.End);
                tasks.Add(best);
            }

            var home = TransportTable.RoundKm(position.RoadKm(request.Destination));
            trips.Add((weight, home));
            var arrives = Schedule.Carry(ready, home).Arrives;
            delivered = arrives > delivered ? arrives : delivered;
        }

        return new Outcome(ParisTime.DateOf(delivered), Shares(request, snapshot, tasks) + trips.Sum(trip => rules.Transport.Cost(trip.Weight, trip.Km).Amount), trips.Sum(trip => trip.Km), tasks);
    }

    private MachineTask? Best(
        RoutingRequest request, CapacitySnapshot snapshot, RoutingLine line, RoutingOperation operation, Guid? place, GeoPoint position, DateTime ready, List<MachineTask> before)
    {
        MachineTask? best = null;
        foreach (var machine in snapshot.Machines)
        {
            if (!machine.Capabilities.TryGetValue(operation.Process, out var capability) || request.Excluded.Contains(machine.Workshop)) continue;
            if (operation.Material is { } material && machine.Materials?.Contains(material) == false) continue;
            if (operation.Piece is { } piece && machine.WorkArea?.Fits(piece) == false) continue;
            var workshop = snapshot.Workshop(machine.Workshop);
            var start = request.Now + workshop.Notice;
            if (operation is { Material: { } code, MaterialPerUnit: > 0 } && request.Now + rules.Materials[code].LeadTime is var supplied && supplied > start) start = supplied;
            var there = place is null || place == workshop.Place ? ready : Schedule.Carry(ready, TransportTable.RoundKm(position.RoadKm(workshop.Position))).Arrives;
            if (there > start) start = there;
            var minutes = (int)Math.Ceiling((decimal)operation.SetUp.TotalMinutes + line.Quantity * (decimal)operation.UnitTime.TotalMinutes / capability.Speed);
            if (best is not null && start.AddMinutes(minutes) >= best.End) continue;
            if (Slot(request, machine, workshop, operation, line.Line, start, Math.Max(1, minutes), best?.End ?? DateTime.MaxValue, before) is { } slot) best = slot;
        }

        return best;
    }

    /// <summary>The first time at which a machine and its workshop's people can do it, if it ends before a limit.</summary>
    private static MachineTask? Slot(
        RoutingRequest request, MachineCapacity machine, WorkshopCapacity workshop, RoutingOperation operation, int line, DateTime ready, int minutes, DateTime limit, List<MachineTask> before)
    {
        var mine = before.Where(task => task.Machine == machine.Id).ToList();
        var used = before.Where(task => task.Workshop == workshop.Id).SelectMany(task => task.ByDay().Select(day => (day.Date, Minutes: day.Minutes * task.Attendance)))
            .GroupBy(day => day.Date).ToDictionary(day => day.Key, day => day.Sum(part => part.Minutes));
        decimal Left(DateOnly date) => workshop.People.On(date) - used.GetValueOrDefault(date);
        var segments = new List<Interval>();
        var (rest, joined) = (minutes, false);
        var spent = new Dictionary<DateOnly, decimal>();
        foreach (var stretch in machine.Free)
        {
            if (stretch.End <= ready) continue;
            if (stretch.Start >= limit || stretch.Start > request.Now + RoutingLimits.Horizon) return null;
            if (!joined || mine.Exists(task => task.Start < stretch.Start && task.End > stretch.Start)) Restart();
            var from = stretch.Start > ready ? stretch.Start : ready;
            // Whole minutes.
            if (from.Ticks % TimeSpan.TicksPerMinute != 0) from = from.AddTicks(TimeSpan.TicksPerMinute - from.Ticks % TimeSpan.TicksPerMinute);
            while (from < stretch.End)
            {
                if (mine.Find(task => task.Start < stretch.End && task.End > from) is { } other)
                {
                    Restart();
                    from = other.End;
                    continue;
                }

                var date = ParisTime.DateOf(from);
                var midnight = ParisTime.ToUtc(date.AddDays(1), TimeOnly.MinValue);
                var to = stretch.End < midnight ? stretch.End : midnight;
                var work = Math.Min((int)(to - from).TotalMinutes, rest);
                if (operation.Attendance > 0) work = (int)Math.Min(work, Math.Max(0, Math.Floor((Left(date) - spent.GetValueOrDefault(date)) / operation.Attendance)));
                if (!operation.Interruptible && work < rest && (work < (int)(to - from).TotalMinutes || to == stretch.End))
                {
                    Restart();
                    from = to;
                    continue;
                }

                if (work > 0)
                {
                    if (segments.Count > 0 && segments[^1].End == from) segments[^1] = new Interval(segments[^1].Start, from.AddMinutes(work));
                    else segments.Add(new Interval(from, from.AddMinutes(work)));
                    spent[date] = spent.GetValueOrDefault(date) + work * operation.Attendance;
                    rest -= work;
                }

                if (rest == 0)
                    return segments[^1].End < limit && segments[^1].End <= request.Now + RoutingLimits.Horizon ? new MachineTask(line, operation.Sequence, machine.Id, workshop.Id, segments[0].Start, segments[^1].End, segments, operation.Attendance) : null;
                from = to;
            }

            joined = stretch.ContinuesAfterClosing && operation.Interruptible;
        }

        return null;

        void Restart()
        {
            segments.Clear();
            spent.Clear();
            rest = minutes;
        }
    }

    private decimal Shares(RoutingRequest request, CapacitySnapshot snapshot, List<MachineTask> tasks) => tasks.GroupBy(task => task.Workshop).Sum(group =>
    {
        var workshop = snapshot.Workshop(group.Key);
        return Math.Max(workshop.MinimumOrder, group.Sum(task =>
        {
            var line = request.Lines.First(asked => asked.Line == task.Lot);
            var operation = line.Operations.First(asked => asked.Sequence == task.Sequence);
            var capability = snapshot.Machine(task.Machine)!.Capabilities[operation.Process];
            var hours = (decimal)operation.SetUp.TotalHours + line.Quantity * (decimal)operation.UnitTime.TotalHours / capability.Speed;
            var euros = hours * (capability.HourlyRate + workshop.LabourRate * operation.Attendance);
            if (operation is { Material: { } code, MaterialPerUnit: > 0 }) euros += line.Quantity * operation.MaterialPerUnit * rules.Materials[code].UnitPrice * (1 + rules.Materials[code].MarginPercent / 100);
            return euros;
        }));
    });
}
