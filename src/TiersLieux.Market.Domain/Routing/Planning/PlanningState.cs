namespace TiersLieux.Market.Domain.Routing.Planning;

/// <summary>What the plan under construction has taken; everything can be given back to a mark.</summary>
internal sealed class PlanningState
{
    private readonly Stack<(Candidate Candidate, int Start, int End, (int Day, int Amount)[] Use)> _trail = new();

    public int Mark => _trail.Count;

    public void Take(Candidate candidate, int start, int end, (int Day, int Amount)[] use)
    {
        candidate.Machine.Take(start, end);
        candidate.Workshop.Operations++;
        UsePeople(candidate.Workshop, use, 1);
        _trail.Push((candidate, start, end, use));
    }

    public void GiveBackTo(int mark)
    {
        while (_trail.Count > mark)
        {
            var (candidate, start, end, use) = _trail.Pop();
            candidate.Machine.GiveBack(start, end);
            candidate.Workshop.Operations--;
            UsePeople(candidate.Workshop, use, -1);
        }
    }

    /// <param name="sign">1 takes, -1 gives back.</param>
    public static void UsePeople(WorkshopLoad workshop, (int Day, int Amount)[] use, int sign)
    {
        foreach (var (day, amount) in use) workshop.Use(day, sign * amount);
    }
}
