namespace TiersLieux.Market.Domain.Routing.Planning;

/// <summary>
/// A step of a lot that is too long for one machine is shared out over the machines of one workshop, in runs that each have their own set-up: a run
/// ends where its machine is wanted by somebody else, or when all are to be done. The earliest end by which the runs hold all pieces is
/// found by bisection, so the machines end together.
/// </summary>
internal sealed class SharedWork(PlanningContext context)
{
    /// <summary>A run is at least so much longer than its set-up, and so many minutes long; only the last of the pieces may be less.</summary>
    private const int SetUpsInRun = 4;
    private const int ShortestRun = 4 * 60;

    /// <summary>Machines are to end together to this many minutes.</summary>
    private const int Precision = 30;

    /// <summary>More runs than this are not a plan that people could follow.</summary>
    private const int MostRuns = 200;

    /// <summary>Places the runs and leaves them placed; null, and nothing placed, when the workshop cannot do it in time.</summary>
    public List<OperationDraft>? Place(LineModel model, int index, Candidate lead, decimal quantity, int there, int latest)
    {
        var operation = model.Operations[index];
        var team = operation.Team(context, model.Line, lead.Workshop);
        latest = Math.Min(latest, context.Clock.End);
        var ready = team.Min(candidate => Math.Max(there, candidate.Earliest));
        var mark = context.State.Mark;
        if (ready >= latest || Runs(model, index, team, quantity, there, latest) is null) return null;
        context.State.GiveBackTo(mark);

        var (tooSoon, enough) = (ready, latest);
        while (enough - tooSoon > Precision)
        {
            var middle = (tooSoon + enough) / 2;
            if (Runs(model, index, team, quantity, there, middle) is { } done)
            {
                enough = done.Max(run => run.End);
                context.State.GiveBackTo(mark);
                // A run may have ended before the middle: what is left to try is only before that.
                if (enough <= tooSoon) break;
            }
            else
            {
                tooSoon = middle;
            }
        }

        return Runs(model, index, team, quantity, there, enough);
    }

    private List<OperationDraft>? Runs(LineModel model, int index, Candidate[] team, decimal quantity, int there, int end)
    {
        var mark = context.State.Mark;
        var operation = model.Operations[index];
        var runs = new List<OperationDraft>();
        var left = quantity;
        foreach (var candidate in team)
        {
            var ready = Math.Max(there, candidate.Earliest);
            while (left > 0 && runs.Count < MostRuns && context.Budget.TrySpend())
            {
                if (context.Slots.Room(candidate.Machine, candidate.Workshop, ready, operation.Attendance, operation.Operation.Interruptible, end) is not { } room) break;
                var pieces = Math.Min(left, Pieces(operation, candidate, room.Minutes, left));
                var minutes = pieces > 0 ? operation.Minutes(pieces, candidate) : 0;
                var isWorth = pieces == left || minutes >= Math.Max(ShortestRun, SetUpsInRun * operation.Operation.SetUp.TotalMinutes);
                if (pieces > 0 && isWorth && context.Slots.Find(candidate.Machine, candidate.Workshop, ready, minutes, operation.Attendance, operation.Operation.Interruptible, end))
                {
                    var run = new OperationDraft(index, candidate, pieces, context.Slots.Start, context.Slots.End, [.. context.Slots.Segments], [.. context.Slots.Use]);
                    context.State.Take(candidate, run.Start, run.End, run.Use);
                    runs.Add(run);
                    left -= pieces;
                }

                ready = Math.Max(ready + 1, room.Over);
            }
        }

        if (left == 0) return runs;
        context.State.GiveBackTo(mark);
        return null;
    }

    /// <summary>Whole pieces that fit, and what is not whole of the rest with them.</summary>
    private static decimal Pieces(OperationModel operation, Candidate candidate, int minutes, decimal left)
    {
        if (operation.Minutes(left, candidate) <= minutes) return left;
        if (operation.Operation.UnitTime == TimeSpan.Zero) return 0;
        var room = minutes - (decimal)operation.Operation.SetUp.TotalMinutes;
        var fraction = left % 1;
        var whole = Math.Floor(room * candidate.Capability.Speed / (decimal)operation.Operation.UnitTime.TotalMinutes - fraction);
        return whole > 0 ? whole + fraction : 0;
    }
}
