namespace TiersLieux.Market.Domain.Routing.Improving;

/// <summary>
/// A problem in flat arrays, which the search reads and never writes. Operations are numbered through all jobs; <see cref="Count"/> stands for "none"
/// before the first and after the last. A machine of factory f has number f × <see cref="MachinesPerFactory"/> + its own. A frozen operation gets a
/// machine of its own after those, always open, while its time is taken out of the calendar of the real one: so the search needs no rule for it.
/// </summary>
internal sealed class FlatShop
{
    public FlatShop(ShopProblem problem)
    {
        Problem = problem;
        Jobs = problem.Jobs.Count;
        Factories = problem.Factories;
        MachinesPerFactory = problem.Machines.Count;
        Count = problem.Jobs.Sum(job => job.Operations.Count);
        (First, JobFactory, Weight) = (new int[Jobs + 1], new int[Jobs], new int[Jobs]);
        (JobOf, Earliest, Due, Interruptible) = (new int[Count], new int[Count], new int[Count], new bool[Count]);
        (Previous, Next, AlternativeStart) = (new int[Count], new int[Count], new int[Count + 1]);
        var (machines, durations) = (new List<int>(Count), new List<int>(Count));
        var frozen = new List<ShopFrozen>();
        var v = 0;
        for (var j = 0; j < Jobs; j++)
        {
            var job = problem.Jobs[j];
            (First[j], Weight[j], JobFactory[j]) = (v, job.Weight, -1);
            for (var i = 0; i < job.Operations.Count; i++, v++)
            {
                var operation = job.Operations[i];
                JobOf[v] = j;
                Previous[v] = i == 0 ? Count : v - 1;
                Next[v] = i == job.Operations.Count - 1 ? Count : v + 1;
                Earliest[v] = Math.Max(0, Math.Max(job.Release, operation.EarliestStart));
                Due[v] = i == job.Operations.Count - 1 && job.Deadline is { } deadline ? deadline : int.MaxValue;
                Interruptible[v] = operation.Interruptible;
                AlternativeStart[v] = machines.Count;
                if (operation.Frozen is { } fix)
                {
                    machines.Add(MachinesPerFactory * Factories + frozen.Count);
                    durations.Add(fix.End - fix.Start);
                    frozen.Add(fix);
                    (Earliest[v], Due[v]) = (fix.Start, fix.End);
                    JobFactory[j] = fix.Factory;
                }
                else
                {
                    // A machine that is named twice is one alternative, the faster.
                    foreach (var machine in operation.Alternatives.GroupBy(a => a.Machine))
                    {
                        machines.Add(machine.Key);
                        durations.Add(machine.Min(a => a.Duration));
                    }
                }
            }
        }

        (First[Jobs], AlternativeStart[Count]) = (v, machines.Count);
        (AlternativeMachine, AlternativeDuration) = ([.. machines], [.. durations]);
        Machines = MachinesPerFactory * Factories + frozen.Count;
        var calendars = Enumerable.Range(0, Factories).SelectMany(f => problem.Machines.Select((machine, m) =>
            Without(machine.Free, frozen.Where(fix => fix.Factory == f && fix.Machine == m)))).Concat(frozen.Select(_ => (IReadOnlyList<ShopFreeTime>?)null));
        Calendars = new FlatCalendars([.. calendars]);
        // The last operation of a job is watched where it could end after the last free time.
        Watched = [.. Enumerable.Range(0, Count).Where(v => Due[v] != int.MaxValue || (!Calendars.AlwaysOpen && Next[v] == Count))];
        MachinePlace = [.. Enumerable.Range(0, Factories).SelectMany(_ => problem.Machines.Select(m => m.Place)), .. frozen.Select(fix => problem.Machines[fix.Machine].Place)];
        Places = problem.Transport?.Count ?? 0;
        Transport = problem.Transport is { } table ? [.. table.SelectMany(row => row)] : null;
        Plain = Calendars.AlwaysOpen && Transport is null && Array.TrueForAll(Earliest, e => e == 0);
        MachineOffset = Capacities();
    }

    public ShopProblem Problem { get; }

    public int Count { get; }

    public int Jobs { get; }

    public int Factories { get; }

    public int MachinesPerFactory { get; }

    /// <summary>Of all factories, and one for each frozen operation.</summary>
    public int Machines { get; }

    /// <summary>First operation of each job, and <see cref="Count"/>.</summary>
    public int[] First { get; }

    /// <summary>The factory a job is bound to by frozen work, or -1.</summary>
    public int[] JobFactory { get; }

    public int[] Weight { get; }

    public int[] JobOf { get; }

    public int[] Previous { get; }

    public int[] Next { get; }

    public int[] Earliest { get; }

    /// <summary>Latest end: the promise of a job on its last operation, the fixed end on a frozen one; otherwise <see cref="int.MaxValue"/>.</summary>
    public int[] Due { get; }

    /// <summary>The operations whose end can be too late.</summary>
    public int[] Watched { get; }

    public bool[] Interruptible { get; }

    /// <summary>Alternatives of operation v: from here to the value of v + 1.</summary>
    public int[] AlternativeStart { get; }

    /// <summary>Machine in factory 0.</summary>
    public int[] AlternativeMachine { get; }

    public int[] AlternativeDuration { get; }

    public FlatCalendars Calendars { get; }

    public int[] MachinePlace { get; }

    public int Places { get; }

    public int[]? Transport { get; }

    /// <summary>Neither calendars nor transport nor earliest starts: heads and tails are sums.</summary>
    public bool Plain { get; }

    /// <summary>Where the sequence of a machine begins in an array that has room for every operation that could be on it.</summary>
    public int[] MachineOffset { get; }

    public bool IsFrozen(int v) => AlternativeMachine[AlternativeStart[v]] >= MachinesPerFactory * Factories;

    /// <summary>The machine of an alternative in a factory.</summary>
    public int MachineIn(int alternative, int factory)
    {
        var machine = AlternativeMachine[alternative];
        return machine < MachinesPerFactory ? machine + factory * MachinesPerFactory : machine;
    }

    public int TransportBetween(int machine, int other) => Transport is null ? 0 : Transport[MachinePlace[machine] * Places + MachinePlace[other]];

    private int[] Capacities()
    {
        var offsets = new int[Machines + 1];
        foreach (var machine in AlternativeMachine)
        {
            if (machine >= MachinesPerFactory) offsets[machine + 1]++;
            else for (var f = 0; f < Factories; f++) offsets[machine + f * MachinesPerFactory + 1]++;
        }

        for (var m = 0; m < Machines; m++) offsets[m + 1] += offsets[m];
        return offsets;
    }

    /// <summary>Free time that is left; work is suspended over closing time, never over other work.</summary>
    private static IReadOnlyList<ShopFreeTime>? Without(IReadOnlyList<ShopFreeTime>? free, IEnumerable<ShopFrozen> frozen)
    {
        var taken = frozen.Where(fix => fix.End > fix.Start).OrderBy(fix => fix.Start).ToList();
        if (taken.Count == 0) return free;
        var left = (free ?? [new ShopFreeTime(0, FlatCalendars.Beyond)]).ToList();
        foreach (var fix in taken)
        {
            var next = new List<ShopFreeTime>(left.Count + 1);
            for (var i = 0; i < left.Count; i++)
            {
                var stretch = left[i];
                var continues = stretch.ContinuesAfterClosing && (i + 1 == left.Count || fix.End <= stretch.End || fix.Start >= left[i + 1].Start);
                if (fix.End <= stretch.Start || fix.Start >= stretch.End)
                {
                    next.Add(stretch with { ContinuesAfterClosing = continues });
                    continue;
                }

                if (fix.Start > stretch.Start) next.Add(new ShopFreeTime(stretch.Start, fix.Start));
                if (fix.End < stretch.End) next.Add(new ShopFreeTime(fix.End, stretch.End, continues));
            }

            left = next;
        }

        return left;
    }
}
