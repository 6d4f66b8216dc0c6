using TiersLieux.Market.Domain.Routing.Improving;

namespace TiersLieux.Market.Domain.Tests.Routing.Improving;

/// <summary>
/// The best value of a tiny problem by trying every machine for every operation and every order: each operation in turn as early as it can begin behind
/// what is on its machine already. Among all orders there is one in which an optimal plan stands by its starts, so nothing better is missed.
/// </summary>
internal sealed class BruteForce(ShopProblem problem, ShopObjective objective)
{
    private readonly int[] _next = new int[problem.Jobs.Count];
    private readonly int[] _jobEnd = new int[problem.Jobs.Count];
    private readonly int[] _jobMachine = new int[problem.Jobs.Count];
    private readonly int[] _jobFactory = new int[problem.Jobs.Count];
    private readonly int[] _machineEnd = new int[problem.Machines.Count * problem.Factories];
    private (long Lateness, long Objective) _best = (long.MaxValue, long.MaxValue);

    /// <summary>Problems without fixed work only.</summary>
    public (long Lateness, long Objective) Solve()
    {
        Place();
        return _best;
    }

    private void Place()
    {
        var done = true;
        for (var j = 0; j < problem.Jobs.Count; j++)
        {
            if (_next[j] == problem.Jobs[j].Operations.Count) continue;
            done = false;
            var job = problem.Jobs[j];
            var operation = job.Operations[_next[j]];
            var (jobEnd, jobMachine, jobFactory) = (_jobEnd[j], _jobMachine[j], _jobFactory[j]);
            var factories = _next[j] == 0 ? Enumerable.Range(0, problem.Factories) : [jobFactory];
            foreach (var f in factories)
                foreach (var alternative in operation.Alternatives)
                {
                    var m = f * problem.Machines.Count + alternative.Machine;
                    var way = _next[j] == 0 ? 0 : problem.Transport?[problem.Machines[jobMachine].Place][problem.Machines[alternative.Machine].Place] ?? 0;
                    var ready = Math.Max(Math.Max(job.Release, operation.EarliestStart), Math.Max(_next[j] == 0 ? 0 : jobEnd + way, _machineEnd[m]));
                    if (End(problem.Machines[alternative.Machine].Free, ready, alternative.Duration, operation.Interruptible) is not { } end) continue;
                    var machineEnd = _machineEnd[m];
                    (_machineEnd[m], _jobEnd[j], _jobMachine[j], _jobFactory[j]) = (end, end, alternative.Machine, f);
                    _next[j]++;
                    if (CouldBeBetter()) Place();
                    _next[j]--;
                    (_machineEnd[m], _jobEnd[j], _jobMachine[j], _jobFactory[j]) = (machineEnd, jobEnd, jobMachine, jobFactory);
                }
        }

        if (done && Value() is var value && value.CompareTo(_best) < 0) _best = value;
    }

    private bool CouldBeBetter() => Value().CompareTo(_best) < 0;

    private (long Lateness, long Objective) Value()
    {
        var late = problem.Jobs.Select((job, j) => Math.Max(0L, _jobEnd[j] - (long)(job.Deadline ?? int.MaxValue))).Sum();
        return (late, objective == ShopObjective.Makespan ? _jobEnd.Max() : problem.Jobs.Select((job, j) => (long)job.Weight * _jobEnd[j]).Sum());
    }

    /// <summary>Unit by unit from the earliest start at which the work can be done as it may be.</summary>
    private static int? End(IReadOnlyList<ShopFreeTime>? free, int ready, int duration, bool interruptible)
    {
        if (free is null) return ready + duration;
        for (var start = ready; start < 600; start++)
        {
            var i = free.ToList().FindIndex(f => f.Start <= start && start < f.End);
            if (i < 0) continue;
            var (left, at) = (duration, start);
            while (left > free[i].End - at && interruptible && free[i].ContinuesAfterClosing && i + 1 < free.Count)
            {
                left -= free[i].End - at;
                at = free[++i].Start;
            }

            if (left <= free[i].End - at) return at + left;
        }

        return null;
    }
}
