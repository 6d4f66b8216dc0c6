using TiersLieux.Market.Domain.Routing.Improving;
using TiersLieux.Market.Domain.Routing.Planning;

namespace TiersLieux.Market.Domain.Routing.Rescheduling;

/// <summary>
/// Asks the improvement engine where the movable work should go: each tail is a job. People, buffers and rounds of transport are not in its problem;
/// it is told the shortest way instead, so what it answers is a wish: a machine for each operation, and not before when.
/// </summary>
internal static class EngineOrder
{
    /// <summary>From the round at 16:00 to the arrival at 8:00, at the least; a day more for each further day on the road.</summary>
    private const int ShortestWay = 16 * 60;

    /// <returns>By operation of each tail; null when the engine has no plan.</returns>
    public static IReadOnlyList<IReadOnlyList<(Guid Machine, int Start)>>? Ask(
        IReadOnlyList<MovableTail> tails, CapacitySnapshot snapshot, PlanningClock clock, ShopSearch search, TimeProvider time, CancellationToken cancellation)
    {
        var machines = tails.SelectMany(tail => tail.Operations).SelectMany(operation => operation.Machines).Select(each => each.Machine).DistinctBy(machine => machine.Id).ToList();
        var index = machines.Select((machine, i) => (machine.Id, i)).ToDictionary(pair => pair.Id, pair => pair.i);
        var places = machines.Select(machine => snapshot.Workshop(machine.Workshop)).DistinctBy(workshop => workshop.Place).ToList();
        var placeOf = places.Select((workshop, i) => (workshop.Place, i)).ToDictionary(pair => pair.Place, pair => pair.i);
        var problem = new ShopProblem(
            [.. tails.Select(tail => Job(tail, index, clock))],
            [.. machines.Select(machine => new ShopMachine(placeOf[snapshot.Workshop(machine.Workshop).Place], Free(machine, clock)))])
        {
            Transport = [.. places.Select(from => (IReadOnlyList<int>)[.. places.Select(to => from.Place == to.Place ? 0
                : ShortestWay + 24 * 60 * (clock.DaysOnTheRoad((int)(from.Position.RoadKm(to.Position) * 10)) - 1))])],
        };
        var now = tails.SelectMany((tail, job) => tail.Operations.Select((operation, i) =>
            new ShopPlannedOperation(job, i, index[operation.Now.Machine], 0, clock.Floor(operation.Now.Start), clock.Ceiling(operation.Now.End)))).ToList();
        var start = new ShopPlan(now.Max(operation => operation.End), now);
        if (ShopSolver.Solve(problem, search with { Objective = ShopObjective.Completions, Start = start }, time, cancellation) is not ShopResult.Solved solved) return null;
        return [.. solved.Plan.Operations.GroupBy(operation => operation.Job).OrderBy(job => job.Key)
            .Select(job => (IReadOnlyList<(Guid, int)>)[.. job.OrderBy(operation => operation.Index).Select(operation => (machines[operation.Machine].Id, operation.Start))])];
    }

    private static ShopJob Job(MovableTail tail, Dictionary<Guid, int> index, PlanningClock clock) => new(
        [.. tail.Operations.Select(operation => new ShopOperation([.. operation.Machines.Select(each => new ShopAlternative(index[each.Machine.Id], each.Minutes))])
        {
            EarliestStart = Math.Max(0, operation.Earliest),
            Interruptible = operation.Asked.Interruptible,
        })])
    {
        Release = Math.Max(0, tail.Ready),
        // Nothing ends later than it does now, so every promise is kept that is kept now.
        Deadline = clock.Ceiling(tail.Operations[^1].Now.End),
    };

    private static List<ShopFreeTime> Free(MachineCapacity machine, PlanningClock clock) =>
        [.. machine.Free.Where(free => clock.Floor(free.End) > 0).Select(free => new ShopFreeTime(Math.Max(0, clock.Ceiling(free.Start)), clock.Floor(free.End), free.ContinuesAfterClosing))];
}
