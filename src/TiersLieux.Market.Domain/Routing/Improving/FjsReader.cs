using System.Globalization;
using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Domain.Routing.Improving;

/// <summary>What reading an instance gives.</summary>
public abstract record FjsResult
{
    private FjsResult()
    {
    }

    public sealed record Read(ShopProblem Problem) : FjsResult;

    /// <summary>Not an instance; the reason says what and on which line.</summary>
    public sealed record Refused(Reason Reason) : FjsResult;
}

/// <summary>
/// Reads the text format <c>.fjs</c> of the public flexible job shop collections. First line: jobs, machines and possibly a third number, ignored.
/// Then a line for each job: its operations, and for each of them its alternatives and as many pairs of machine and duration. Machines count from 1,
/// or from 0 where a 0 occurs.
/// </summary>
public static class FjsReader
{
    /// <summary>Ends stay far below what an integer holds, whatever the order: the sum of the longest durations may not be more.</summary>
    public const int LongestTotal = 1 << 27;

    /// <summary>Jobs, and machines, at most: room for what people plan, not for a slip of the finger.</summary>
    public const int MostJobs = 100_000;

    public static FjsResult Read(string text)
    {
        var lines = text.Split('\n').Select((content, i) => (Number: i + 1, Words: content.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))
            .Where(line => line.Words.Length > 0).ToList();
        if (lines.Count == 0) return Refuse("fjs-empty", 1, "le fichier est vide", "the file is empty");
        var (first, head) = lines[0];
        if (head.Length is < 2 or > 3) return Refuse("fjs-header", first, "la première ligne donne le nombre de travaux et de machines, et au plus un troisième nombre", "the first line gives the numbers of jobs and machines, and at most a third number");
        if (!Whole(head[0], out var jobs) || !Whole(head[1], out var machines) || jobs is < 1 or > MostJobs || machines is < 1 or > MostJobs)
            return Refuse("fjs-header", first, $"le nombre de travaux et de machines va de 1 à {MostJobs}", $"the numbers of jobs and machines go from 1 to {MostJobs}");
        if (head.Length == 3 && !double.TryParse(head[2], NumberStyles.Float, CultureInfo.InvariantCulture, out _)) return NoNumber(first, head[2]);
        if (lines.Count - 1 != jobs)
            return Refuse("fjs-jobs", lines[^1].Number, $"{jobs} travaux annoncés, {lines.Count - 1} lignes trouvées", $"{jobs} jobs announced, {lines.Count - 1} lines found");

        var read = new List<List<(int Machine, int Duration)[]>>(jobs);
        var total = 0L;
        foreach (var line in lines.Skip(1))
        {
            var (operations, refused) = Job(line.Number, line.Words, machines);
            if (refused is not null) return refused;
            read.Add(operations!);
            total += operations!.Sum(operation => (long)operation.Max(alternative => alternative.Duration));
            if (total > LongestTotal) return Refuse("fjs-duration", line.Number, $"les durées dépassent {LongestTotal} en tout", $"the durations exceed {LongestTotal} in all");
        }

        var all = read.SelectMany(job => job.SelectMany(operation => operation));
        var from = all.Any(alternative => alternative.Machine == 0) ? 0 : 1;
        for (var j = 0; from == 0 && j < read.Count; j++)
            if (read[j].Any(operation => operation.Any(alternative => alternative.Machine == machines)))
                return Refuse("fjs-machine", lines[j + 1].Number, $"machine {machines} : les machines vont de 0 à {machines - 1}, puisqu'une machine 0 est citée", $"machine {machines}: machines go from 0 to {machines - 1}, since a machine 0 is named");
        return new FjsResult.Read(new ShopProblem(
            [.. read.Select(job => new ShopJob([.. job.Select(operation => new ShopOperation([.. operation.Select(a => new ShopAlternative(a.Machine - from, a.Duration))]))]))],
            [.. Enumerable.Range(0, machines).Select(_ => new ShopMachine())]));
    }

    private static (List<(int Machine, int Duration)[]>? Operations, FjsResult.Refused? Refused) Job(int line, string[] words, int machines)
    {
        var at = 0;
        FjsResult.Refused? refused = null;
        int Take(string french, string english)
        {
            if (refused is not null) return 0;
            if (at == words.Length) refused = Refuse("fjs-truncated", line, $"la ligne s'arrête avant {french}", $"the line ends before {english}");
            else if (!Whole(words[at], out var number)) refused = NoNumber(line, words[at]);
            else
            {
                at++;
                return number;
            }

            return 0;
        }

        var count = Take("le nombre d'opérations", "the number of operations");
        if (refused is null && count < 1) refused = Refuse("fjs-operations", line, "un travail a au moins une opération", "a job has at least one operation");
        // Each operation needs three numbers at least: a count that the line cannot hold is not worth its memory.
        if (refused is null && count > (words.Length - 1) / 3) refused = Refuse("fjs-truncated", line, $"{count} opérations annoncées, la ligne est trop courte", $"{count} operations announced, the line is too short");
        var operations = new List<(int, int)[]>(refused is null ? count : 0);
        for (var i = 1; i <= count && refused is null; i++)
        {
            var alternatives = Take($"l'opération {i}", $"operation {i}");
            if (refused is null && alternatives < 1) refused = Refuse("fjs-alternatives", line, $"l'opération {i} n'a aucune machine", $"operation {i} has no machine");
            if (refused is null && alternatives > (words.Length - at) / 2) refused = Refuse("fjs-truncated", line, $"l'opération {i} annonce {alternatives} machines, la ligne est trop courte", $"operation {i} announces {alternatives} machines, the line is too short");
            if (refused is not null) break;
            var operation = new (int Machine, int Duration)[alternatives];
            for (var k = 0; k < alternatives && refused is null; k++)
            {
                operation[k] = (Take($"la machine {k + 1} de l'opération {i}", $"machine {k + 1} of operation {i}"), Take($"la durée {k + 1} de l'opération {i}", $"duration {k + 1} of operation {i}"));
                if (refused is not null) break;
                if (operation[k].Machine < 0 || operation[k].Machine > machines) refused = Refuse("fjs-machine", line, $"machine {operation[k].Machine} à l'opération {i} : il y en a {machines}", $"machine {operation[k].Machine} in operation {i}: there are {machines}");
                else if (operation[k].Duration is < 0 or > LongestTotal) refused = Refuse("fjs-duration", line, $"durée {operation[k].Duration} à l'opération {i} : de 0 à {LongestTotal}", $"duration {operation[k].Duration} in operation {i}: from 0 to {LongestTotal}");
            }

            operations.Add(operation);
        }

        if (refused is null && at < words.Length) refused = Refuse("fjs-trailing", line, $"« {Shown(words[at])} » après la dernière opération", $"“{Shown(words[at])}” after the last operation");
        return (operations, refused);
    }

    private static bool Whole(string word, out int number) => int.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);

    private static FjsResult.Refused NoNumber(int line, string word) => Refuse("fjs-number", line, $"« {Shown(word)} » n'est pas un nombre entier utilisable", $"“{Shown(word)}” is no usable whole number");

    private static string Shown(string word) => word.Length <= 20 ? word : word[..20] + "…";

    private static FjsResult.Refused Refuse(string code, int line, string french, string english) =>
        new(new Reason(code, $"Ligne {line} : {french}.", $"Line {line}: {english}."));
}
