using TiersLieux.Market.Domain.Routing.Improving;

namespace TiersLieux.Market.Domain.Tests.Routing.Improving;

/// <summary>Random small problems, the same for the same seed: calendars, transport, releases, promises, fixed work, factories, each in some of them.</summary>
internal static class RandomShops
{
    public static ShopProblem Create(int seed, int mostJobs = 6, int mostOperations = 4, bool frozen = true, bool deadlines = true)
    {
        var random = new Random(seed);
        var machines = random.Next(1, 5);
        var places = random.Next(1, 4);
        var factories = random.Next(4) == 0 ? random.Next(2, 4) : 1;
        var problem = new ShopProblem(
            [.. Enumerable.Range(0, random.Next(1, mostJobs + 1)).Select(_ => Job(random, machines, mostOperations, deadlines))],
            [.. Enumerable.Range(0, machines).Select(_ => new ShopMachine(random.Next(places), random.Next(2) == 0 ? null : Calendar(random)))])
        {
            Factories = factories,
            Transport = random.Next(2) == 0 ? null : Transport(random, places),
        };
        return frozen && random.Next(3) == 0 ? Freeze(random, problem) : problem;
    }

    private static ShopJob Job(Random random, int machines, int mostOperations, bool deadlines) =>
        new([.. Enumerable.Range(0, random.Next(1, mostOperations + 1)).Select(_ => new ShopOperation(
            [.. Enumerable.Range(0, machines).OrderBy(_ => random.Next()).Take(random.Next(1, machines + 1)).Select(m => new ShopAlternative(m, random.Next(0, 12)))])
        {
            EarliestStart = random.Next(5) == 0 ? random.Next(30) : 0,
            Interruptible = random.Next(3) == 0,
        })])
        {
            Release = random.Next(3) == 0 ? random.Next(20) : 0,
            Deadline = deadlines && random.Next(4) == 0 ? random.Next(10, 120) : null,
            Weight = random.Next(1, 4),
        };

    private static List<ShopFreeTime> Calendar(Random random)
    {
        var free = new List<ShopFreeTime>();
        for (var at = random.Next(10); at < 500;)
        {
            var end = at + random.Next(1, 25);
            free.Add(new ShopFreeTime(at, end, random.Next(2) == 0));
            at = end + random.Next(0, 12);
        }

        return free;
    }

    private static List<int[]> Transport(Random random, int places) =>
        [.. Enumerable.Range(0, places).Select(from => Enumerable.Range(0, places).Select(to => from == to ? 0 : random.Next(1, 15)).ToArray())];

    /// <summary>The first operation of a job is under way: fixed from 0, or a little later.</summary>
    private static ShopProblem Freeze(Random random, ShopProblem problem)
    {
        var job = random.Next(problem.Jobs.Count);
        var operations = problem.Jobs[job].Operations.ToArray();
        var start = random.Next(3);
        operations[0] = operations[0] with { Frozen = new ShopFrozen(random.Next(problem.Machines.Count), start, start + random.Next(0, 20), random.Next(problem.Factories)) };
        var jobs = problem.Jobs.ToArray();
        jobs[job] = jobs[job] with { Operations = operations };
        return problem with { Jobs = jobs };
    }
}
