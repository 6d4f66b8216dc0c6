using TiersLieux.Market.Domain.Routing.Improving;

namespace TiersLieux.Market.Bench.Routing;

/// <summary>
/// Small orders as the network gets them, in quarters of an hour: a few lots of two to four operations on machines that stand in several places, open
/// by day and partly booked, with the way between; nothing may be interrupted. How often the engine finds what CP-SAT proves to be the optimum.
/// </summary>
internal static class SmallOrders
{
    /// <param name="Compared">Those that CP-SAT solved to the optimum in its time.</param>
    /// <param name="Equal">Of them, those where the engine's makespan is the same.</param>
    /// <param name="Better">Those that CP-SAT did not finish and the engine solved as well or better.</param>
    public sealed record Figures(int Orders, int Compared, int Equal, int Better, double PercentOptimal, double EngineSeconds, double PeerSeconds, string Peer, IReadOnlyList<Miss> Misses);

    public sealed record Miss(int Seed, int Optimum, int Makespan);

    public static async Task<Figures> RunAsync(CpSatPeer peer, int orders, double peerSeconds, double engineSeconds)
    {
        var (compared, equal, better) = (0, 0, 0);
        var (ours, theirs) = (0.0, 0.0);
        var misses = new List<Miss>();
        for (var seed = 1; seed <= orders; seed++)
        {
            var problem = Create(seed);
            var started = TimeProvider.System.GetTimestamp();
            var solved = (ShopResult.Solved)ShopSolver.Solve(problem, new ShopSearch(SearchBudget.Of(TimeSpan.FromSeconds(engineSeconds))) { Seed = seed }, TimeProvider.System);
            ours += TimeProvider.System.GetElapsedTime(started).TotalSeconds;
            var answer = await peer.SolveAsync(problem, peerSeconds);
            theirs += answer.Seconds;
            if (answer.Status == "OPTIMAL")
            {
                compared++;
                if (solved.Plan.Makespan == answer.Makespan) equal++;
                else misses.Add(new Miss(seed, answer.Makespan!.Value, solved.Plan.Makespan));
            }
            else if (answer.Makespan is not { } feasible || solved.Plan.Makespan <= feasible) better++;
        }

        return new Figures(orders, compared, equal, better, compared == 0 ? 0 : 100.0 * equal / compared, ours, theirs, CpSatPeer.Label, misses);
    }

    public static ShopProblem Create(int seed)
    {
        var random = new Random(seed);
        var places = random.Next(2, 5);
        var machines = random.Next(4, 9);
        return new ShopProblem(
            [.. Enumerable.Range(0, random.Next(3, 7)).Select(_ => new ShopJob([.. Enumerable.Range(0, random.Next(2, 5)).Select(_ => Operation(random, machines))]) { Release = random.Next(3) == 0 ? random.Next(40) : 0 })],
            [.. Enumerable.Range(0, machines).Select(_ => new ShopMachine(random.Next(places), Calendar(random)))])
        {
            Transport = Ways(random, places),
        };
    }

    private static ShopOperation Operation(Random random, int machines)
    {
        var usual = random.Next(1, 17);
        return new ShopOperation([.. Enumerable.Range(0, machines).OrderBy(_ => random.Next()).Take(random.Next(1, 4)).Select(m => new ShopAlternative(m, Math.Max(1, usual + random.Next(-2, 3))))]);
    }

    /// <summary>Thirty days of 8:00 to 18:00, some closed, with a booking here and there.</summary>
    private static List<ShopFreeTime> Calendar(Random random)
    {
        var free = new List<ShopFreeTime>();
        for (var day = 0; day < 30; day++)
        {
            if (random.Next(7) == 0 && day < 25) continue;
            var (open, close) = (day * 96 + 32, day * 96 + 72);
            if (random.Next(3) == 0 && day < 25)
            {
                var booked = random.Next(open, close - 4);
                if (booked > open) free.Add(new ShopFreeTime(open, booked));
                open = booked + random.Next(2, 5);
            }

            free.Add(new ShopFreeTime(open, close));
        }

        return free;
    }

    /// <summary>Between places at random points of a square, there and back alike.</summary>
    private static List<int[]> Ways(Random random, int places)
    {
        var at = Enumerable.Range(0, places).Select(_ => (X: random.Next(30), Y: random.Next(30))).ToList();
        return [.. at.Select(from => at.Select(to => (int)Math.Round(Math.Sqrt(Math.Pow(from.X - to.X, 2) + Math.Pow(from.Y - to.Y, 2)))).ToArray())];
    }
}
