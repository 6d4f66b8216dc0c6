using System.Globalization;
using System.Text.Json;

namespace TiersLieux.Market.Domain.Routing.Improving;

/// <summary>What the judge says of a plan for an instance.</summary>
/// <param name="Makespan">The last end of the plan; null when the plan cannot be read at all.</param>
/// <param name="Faults">Everything that is wrong, in French and English; none means the plan is valid.</param>
public sealed record FjsVerdict(long? Makespan, IReadOnlyList<(string French, string English)> Faults)
{
    public bool IsValid => Faults.Count == 0;
}

/// <summary>
/// Checks a plan for a <c>.fjs</c> instance from the two texts alone: it reads both itself and shares nothing with the reader and the search, so that
/// a mistake there does not hide itself here.
/// </summary>
public static class FjsJudge
{
    /// <summary>More faults than anybody reads.</summary>
    private const int MostFaults = 100;

    private readonly record struct Line(int Job, int Index, int Machine, int Factory, long Start, long End);

    /// <param name="instance">The instance; it must be one that can be read.</param>
    /// <param name="plan">JSON: <c>{"makespan":N,"operations":[{"job":0,"index":0,"machine":0,"factory":0,"start":0,"end":9}]}</c>.</param>
    /// <param name="factories">Identical copies of the machines; a job stays in one. Without it, as many as the plan names.</param>
    public static FjsVerdict Check(string instance, string plan, int? factories = null)
    {
        var faults = new List<(string, string)>();
        void Fault(string french, string english)
        {
            if (faults.Count < MostFaults) faults.Add((french, english));
        }

        var (jobs, machines) = Instance(instance);
        var (declared, lines) = Plan(plan, Fault);
        if (lines is null) return new FjsVerdict(null, faults);
        var last = lines.Count == 0 ? 0 : lines.Max(line => line.End);
        if (declared != last) Fault($"makespan annoncé {declared}, dernière fin {last}", $"makespan stated {declared}, last end {last}");

        var known = new List<Line>();
        foreach (var line in lines)
        {
            var name = $"{line.Job}/{line.Index}";
            if (line.Job < 0 || line.Job >= jobs.Count || line.Index < 0 || line.Index >= jobs[line.Job].Count)
            {
                Fault($"opération {name} inconnue", $"operation {name} is unknown");
                continue;
            }

            known.Add(line);
            if (line.Factory < 0 || line.Factory >= (factories ?? int.MaxValue)) Fault($"opération {name} : atelier {line.Factory} inconnu", $"operation {name}: factory {line.Factory} is unknown");
            if (line.Start < 0) Fault($"opération {name} commence avant 0", $"operation {name} starts before 0");
            var allowed = jobs[line.Job][line.Index].Where(pair => pair.Machine == line.Machine).Select(pair => pair.Duration).ToList();
            if (line.Machine < 0 || line.Machine >= machines || allowed.Count == 0) Fault($"opération {name} : la machine {line.Machine} n'est pas permise", $"operation {name}: machine {line.Machine} is not allowed");
            else if (!allowed.Contains(line.End - line.Start)) Fault($"opération {name} : dure {line.End - line.Start} au lieu de {allowed[0]}", $"operation {name}: lasts {line.End - line.Start} instead of {allowed[0]}");
        }

        Once(jobs, known, Fault);
        InOrder(known, Fault);
        OneAtATime(known, Fault);
        return new FjsVerdict(last, faults);
    }

    private static void Once(List<List<List<(int Machine, long Duration)>>> jobs, List<Line> known, Action<string, string> fault)
    {
        var times = known.CountBy(line => (line.Job, line.Index)).ToDictionary();
        for (var j = 0; j < jobs.Count; j++)
            for (var i = 0; i < jobs[j].Count; i++)
                if (times.GetValueOrDefault((j, i)) is not 1 and var n)
                    fault($"opération {j}/{i} : {n} fois au lieu d'une", $"operation {j}/{i}: {n} times instead of once");
    }

    private static void InOrder(List<Line> known, Action<string, string> fault)
    {
        foreach (var job in known.GroupBy(line => line.Job))
        {
            if (job.DistinctBy(line => line.Factory).Skip(1).Any()) fault($"travail {job.Key} : dans plusieurs ateliers", $"job {job.Key}: in several factories");
            var end = long.MinValue;
            foreach (var line in job.OrderBy(line => line.Index))
            {
                if (line.Start < end) fault($"opération {line.Job}/{line.Index} commence à {line.Start}, la précédente finit à {end}", $"operation {line.Job}/{line.Index} starts at {line.Start}, the one before ends at {end}");
                end = line.End;
            }
        }
    }

    private static void OneAtATime(List<Line> known, Action<string, string> fault)
    {
        foreach (var machine in known.GroupBy(line => (line.Factory, line.Machine)))
        {
            Line? before = null;
            // What takes no time is in nobody's way at its own start or end.
            foreach (var line in machine.OrderBy(line => line.Start).ThenBy(line => line.End))
            {
                if (before is { } b && line.Start < b.End)
                    fault($"atelier {line.Factory}, machine {line.Machine} : {b.Job}/{b.Index} et {line.Job}/{line.Index} en même temps", $"factory {line.Factory}, machine {line.Machine}: {b.Job}/{b.Index} and {line.Job}/{line.Index} at the same time");
                if (before is null || line.End > before.Value.End) before = line;
            }
        }
    }

    private static (List<List<List<(int Machine, long Duration)>>> Jobs, int Machines) Instance(string text)
    {
        var lines = text.Split('\n').Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Where(line => line.Length > 0).ToList();
        var jobs = new List<List<List<(int Machine, long Duration)>>>();
        var zero = false;
        foreach (var words in lines.Skip(1))
        {
            var numbers = words.Select(word => long.Parse(word, CultureInfo.InvariantCulture)).GetEnumerator();
            long Take() => numbers.MoveNext() ? numbers.Current : throw new FormatException("The instance ends in the middle of a job.");
            var job = new List<List<(int, long)>>();
            for (var operations = Take(); operations > 0; operations--)
            {
                var operation = new List<(int, long)>();
                for (var pairs = Take(); pairs > 0; pairs--)
                {
                    var machine = (int)Take();
                    zero |= machine == 0;
                    operation.Add((machine, Take()));
                }

                job.Add(operation);
            }

            jobs.Add(job);
        }

        if (!zero) jobs = [.. jobs.Select(job => job.Select(operation => operation.Select(pair => (pair.Machine - 1, pair.Duration)).ToList()).ToList())];
        return (jobs, int.Parse(lines[0][1], CultureInfo.InvariantCulture));
    }

    private static (long Makespan, List<Line>? Lines) Plan(string text, Action<string, string> fault)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            var lines = new List<Line>();
            foreach (var each in json.RootElement.GetProperty("operations").EnumerateArray())
                lines.Add(new Line(
                    each.GetProperty("job").GetInt32(), each.GetProperty("index").GetInt32(), each.GetProperty("machine").GetInt32(),
                    each.TryGetProperty("factory", out var factory) ? factory.GetInt32() : 0, each.GetProperty("start").GetInt64(), each.GetProperty("end").GetInt64()));
            return (json.RootElement.GetProperty("makespan").GetInt64(), lines);
        }
        catch (Exception malformed) when (malformed is JsonException or KeyNotFoundException or FormatException or InvalidOperationException)
        {
            fault($"plan illisible : {malformed.Message.ReplaceLineEndings(" ")}", $"the plan cannot be read: {malformed.Message.ReplaceLineEndings(" ")}");
            return (0, null);
        }
    }
}
