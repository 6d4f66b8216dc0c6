using System.Collections.Concurrent;
using System.Diagnostics;
using TiersLieux.Market.Domain.Routing;

namespace TiersLieux.Market.Bench.Quotes;

/// <summary>Quotes with splits and four kinds of plans over one synthetic network.</summary>
/// <param name="MedianMs">By the wall clock, as the percentiles.</param>
/// <param name="P95CpuMs">The same by processor time of the thread: what the wall clock would say on a machine with nothing else to do.</param>
/// <param name="Agreement">Part of the quotes whose plans are those of looking at every machine; null when not measured.</param>
/// <param name="Refused">Quotes with a line that nobody can make.</param>
internal sealed record ScaleFigures(
    int Machines, int Quotes, double PerSecond, double MedianMs, double P95Ms, double P99Ms, double MedianCpuMs, double P95CpuMs, double P99CpuMs,
    double BytesPerCalendar, double BytesPerMachine, double AllocatedKbPerQuote, double? Agreement, int Compared, int Refused, double ChangeMs);

internal static class ScaleBench
{
    private const int Threads = 2;

    public static ScaleFigures Run(int machines, int quotes, int compared)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var snapshot = SyntheticNetwork.Create(machines, seed: 7);
        var bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        for (var i = 0; i < 60; i++) Answer(snapshot, 1_000_000 + i);

        var measured = new ConcurrentBag<(double Ms, double CpuMs, bool Refused)>();
        var allocated = GC.GetTotalAllocatedBytes();
        var clock = Stopwatch.StartNew();
        var next = -1;
        var threads = Enumerable.Range(0, Threads).Select(_ => new Thread(() =>
        {
            for (var seed = Interlocked.Increment(ref next); seed < quotes; seed = Interlocked.Increment(ref next))
            {
                var (cpu, wall) = (ThreadTime.Now(), Stopwatch.GetTimestamp());
                var answer = Answer(snapshot, seed);
                measured.Add((Stopwatch.GetElapsedTime(wall).TotalMilliseconds, ThreadTime.Now() - cpu, answer.Unavailable.Count > 0));
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        var seconds = clock.Elapsed.TotalSeconds;
        allocated = GC.GetTotalAllocatedBytes() - allocated;

        var same = Enumerable.Range(0, compared).AsParallel().WithDegreeOfParallelism(Threads).Count(seed => Same(Answer(snapshot, seed), Answer(snapshot, seed, exhaustive: true)));
        var (walls, cpus) = (measured.Select(one => one.Ms).Order().ToList(), measured.Select(one => one.CpuMs).Order().ToList());
        return new ScaleFigures(machines, quotes, quotes / seconds, At(walls, 0.5), At(walls, 0.95), At(walls, 0.99), At(cpus, 0.5), At(cpus, 0.95), At(cpus, 0.99),
            Calendars(snapshot), bytes / (double)machines, allocated / 1024.0 / quotes, compared == 0 ? null : same / (double)compared, compared, measured.Count(one => one.Refused), ChangeMs(snapshot));
    }

    /// <summary>Bytes of one machine's calendar, by making some of them anew.</summary>
    private static double Calendars(CapacitySnapshot snapshot)
    {
        var sample = snapshot.Machines.Take(2000).Select(machine => machine.Free.ToList()).ToList();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var calendars = sample.ConvertAll(Domain.Capacity.FreeCalendar.Of);
        var bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(sample);
        return bytes / (double)calendars.Count;
    }

    /// <summary>How long it takes to publish a snapshot after one machine's time has changed.</summary>
    private static double ChangeMs(CapacitySnapshot snapshot)
    {
        var machine = snapshot.Machines[snapshot.Machines.Count / 2];
        var changed = machine with { Free = Domain.Capacity.FreeCalendar.Of(machine.Free.Skip(3)) };
        for (var i = 0; i < 100; i++) snapshot.With([changed], []);
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < 1000; i++) snapshot = snapshot.With([changed], []);
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds / 1000;
    }

    private static RoutingResult.Answered Answer(CapacitySnapshot snapshot, int seed, bool exhaustive = false)
    {
        var random = new Random(seed);
        var lines = Enumerable.Range(1, random.Next(5) == 0 ? 2 : 1).Select(number => SyntheticNetwork.Line(random, number)).ToList();
        var request = new RoutingRequest(lines, SyntheticNetwork.Somewhere(random), SyntheticNetwork.Now);
        return (RoutingResult.Answered)RoutePlanner.Plan(request, snapshot, SyntheticNetwork.Rules, null, new PlanningLimits { Exhaustive = exhaustive });
    }

    private static bool Same(RoutingResult.Answered a, RoutingResult.Answered b) =>
        a.Plans.Select(plan => (plan.Kind, plan.PromiseDate, plan.Price.ExclTax, plan.Km)).SequenceEqual(b.Plans.Select(plan => (plan.Kind, plan.PromiseDate, plan.Price.ExclTax, plan.Km)));

    private static double At(List<double> sorted, double part) => sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * part))];
}
