using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using TiersLieux.Market.Domain.Routing.Improving;

namespace TiersLieux.Market.Web.CommandLine;

/// <summary>The improvement engine and its judge on public instances: files in, figures out, no market started.</summary>
internal static class RouteCommands
{
    private static readonly JsonSerializerOptions PlanFormat = new(JsonSerializerDefaults.Web);

    public static Command Route() => new("route", "Le moteur d'ordonnancement sur des instances publiques (.fjs).") { Solve(), Check() };

    private static Command Solve()
    {
        var file = InstanceArgument();
        var factories = Ranged("--factories", 1, 1, 1000, "Copies identiques des machines ; un travail reste dans une.");
        var seconds = new Option<double>("--seconds") { Description = "Temps de recherche.", DefaultValueFactory = _ => 10 };
        seconds.Validators.Add(result =>
        {
            // What is no number at all the parser refuses itself.
            if (result.Tokens is [var token] && double.TryParse(token.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value is not (> 0 and <= 86_400))
                result.AddError("--seconds : plus de 0, au plus 86400.");
        });
        var threads = Ranged("--threads", 1, 1, 256, "Recherches côte à côte.");
        var seed = Ranged("--seed", 1, 0, int.MaxValue, "Graine du hasard.");
        var output = new Option<FileInfo?>("--out") { Description = "Où écrire le plan (JSON)." };
        var json = new Option<bool>("--json") { Description = "Pour les programmes." };
        var command = new Command("solve", "Cherche le plan le plus court, puis le fait vérifier par le juge.") { file, factories, seconds, threads, seed, output, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var (text, problem, refusal) = await ReadAsync(parsed.GetValue(file)!, cancellation);
            if (problem is null) return await Offline.RefuseAsync(refusal!);
            var search = new ShopSearch(SearchBudget.Of(TimeSpan.FromSeconds(parsed.GetValue(seconds)))) { Seed = parsed.GetValue(seed), Threads = parsed.GetValue(threads) };
            var result = ShopSolver.Solve(problem with { Factories = parsed.GetValue(factories) }, search, TimeProvider.System, cancellation);
            if (result is ShopResult.Refused refused) return await Offline.RefuseAsync(refused.Reason.French);
            var solved = (ShopResult.Solved)result;
            var plan = JsonSerializer.Serialize(solved.Plan, PlanFormat);
            if (parsed.GetValue(output) is { } to)
            {
                try
                {
                    await File.WriteAllTextAsync(to.FullName, plan + "\n", CancellationToken.None);
                }
                catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
                {
                    return await Offline.RefuseAsync($"{to.Name} : {unwritable.Message.ReplaceLineEndings(" ")}");
                }
            }

            var verdict = FjsJudge.Check(text, plan, parsed.GetValue(factories));
            return Tell(verdict, parsed.GetValue(json), new { makespan = verdict.Makespan, valid = verdict.IsValid, lowerBound = solved.LowerBound, optimal = solved.IsOptimal, moves = solved.Moves, faults = Faults(verdict) });
        });
        return command;
    }

    private static Command Check()
    {
        var file = InstanceArgument();
        var plan = new Argument<FileInfo>("plan") { Description = "Le plan (JSON)." };
        var json = new Option<bool>("--json") { Description = "Pour les programmes." };
        var command = new Command("check", "Le juge seul : affiche chaque défaut du plan ; code 1 s'il y en a.") { file, plan, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var (text, problem, refusal) = await ReadAsync(parsed.GetValue(file)!, cancellation);
            if (problem is null) return await Offline.RefuseAsync(refusal!);
            var (planText, unreadable) = await TextAsync(parsed.GetValue(plan)!, cancellation);
            if (planText is null) return await Offline.RefuseAsync(unreadable!);
            var verdict = FjsJudge.Check(text, planText);
            if (verdict.Makespan is null) return await Offline.RefuseAsync($"{parsed.GetValue(plan)!.Name} : {verdict.Faults[0].French}");
            return Tell(verdict, parsed.GetValue(json), new { makespan = verdict.Makespan, valid = verdict.IsValid, faults = Faults(verdict) });
        });
        return command;
    }

    private static int Tell(FjsVerdict verdict, bool json, object forPrograms)
    {
        if (json) Console.WriteLine(JsonSerializer.Serialize(forPrograms, PlanFormat));
        else
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"makespan={verdict.Makespan}"));
            foreach (var (french, _) in verdict.Faults) Console.WriteLine(french);
            Console.WriteLine(verdict.IsValid ? "valid=true" : "valid=false");
        }

        return verdict.IsValid ? MarketCommands.Done : MarketCommands.CheckFailed;
    }

    private static IEnumerable<object> Faults(FjsVerdict verdict) => verdict.Faults.Select(fault => new { fault.French, fault.English });

    private static async Task<(string Text, ShopProblem? Problem, string? Refusal)> ReadAsync(FileInfo file, CancellationToken cancellation)
    {
        var (text, unreadable) = await TextAsync(file, cancellation);
        if (text is null) return ("", null, unreadable);
        return FjsReader.Read(text) switch
        {
            FjsResult.Read(var problem) => (text, problem, null),
            FjsResult.Refused(var reason) => ("", null, $"{file.Name} : {reason.French}"),
            _ => throw new InvalidOperationException("A result of no known kind."),
        };
    }

    private static async Task<(string? Text, string? Unreadable)> TextAsync(FileInfo file, CancellationToken cancellation)
    {
        if (!file.Exists) return (null, $"{file.Name} : fichier introuvable.");
        try
        {
            return (await File.ReadAllTextAsync(file.FullName, cancellation), null);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return (null, $"{file.Name} : {unreadable.Message.ReplaceLineEndings(" ")}");
        }
    }

    private static Argument<FileInfo> InstanceArgument() => new("instance") { Description = "Une instance au format .fjs." };

    private static Option<int> Ranged(string name, int usual, int least, int most, string description)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => usual };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && int.TryParse(token.Value, CultureInfo.InvariantCulture, out var value) && (value < least || value > most))
                result.AddError($"{name} : de {least} à {most}.");
        });
        return option;
    }
}
