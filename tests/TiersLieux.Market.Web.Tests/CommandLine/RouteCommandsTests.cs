using System.Diagnostics;
using System.Text.Json;
using TiersLieux.Market.Web.CommandLine;
using Xunit;

namespace TiersLieux.Market.Web.Tests.CommandLine;

/// <summary>The program as a person starts it: arguments in, lines and exit codes out.</summary>
public sealed class RouteCommandsTests : IDisposable
{
    private const string Instance = "3 2\n2 2 1 4 2 5 1 2 3\n2 1 1 2 2 1 3 2 3\n1 2 1 6 2 7\n";
    private readonly string _folder = Directory.CreateTempSubdirectory("tlm-route-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_plan_is_found_judged_written_and_judged_again()
    {
        var (instance, plan) = (Write("a.fjs", Instance), Path.Combine(_folder, "plan.json"));
        var solved = await RunAsync("route", "solve", instance, "--seconds", "0.2", "--seed", "3", "--threads", "2", "--out", plan);
        Assert.Equal((MarketCommands.Done, ""), (solved.Code, solved.Error));
        Assert.Equal(["makespan=10", "valid=true"], Lines(solved.Output));

        var json = JsonDocument.Parse(await File.ReadAllTextAsync(plan, TestContext.Current.CancellationToken)).RootElement;
        Assert.Equal(10, json.GetProperty("makespan").GetInt32());
        Assert.Equal(["job", "index", "machine", "factory", "start", "end"], json.GetProperty("operations")[0].EnumerateObject().Select(p => p.Name));
        var check = await RunAsync("route", "check", instance, plan);
        Assert.Equal((MarketCommands.Done, "makespan=10\nvalid=true"), (check.Code, check.Output.Trim().ReplaceLineEndings("\n")));
        // It needs no market: nothing else was made.
        Assert.Equal(["a.fjs", "plan.json"], Directory.EnumerateFileSystemEntries(_folder).Select(p => Path.GetFileName(p)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task More_factories_make_it_shorter()
    {
        var answer = await RunAsync("route", "solve", Write("a.fjs", Instance), "--seconds", "0.2", "--factories", "3", "--json");
        Assert.Equal(MarketCommands.Done, answer.Code);
        var json = JsonDocument.Parse(answer.Output).RootElement;
        Assert.Equal((7, true), (json.GetProperty("makespan").GetInt32(), json.GetProperty("valid").GetBoolean()));
    }

    [Fact]
    public async Task A_broken_plan_is_told_fault_by_fault()
    {
        var plan = Write("plan.json", """{"makespan":9,"operations":[{"job":0,"index":0,"machine":0,"factory":0,"start":0,"end":9}]}""");
        var answer = await RunAsync("route", "check", Write("a.fjs", Instance), plan);
        Assert.Equal(MarketCommands.CheckFailed, answer.Code);
        var lines = Lines(answer.Output);
        Assert.Equal(("makespan=9", "valid=false"), (lines[0], lines[^1]));
        Assert.Contains("opération 0/0 : dure 9 au lieu de 4", lines);
        Assert.Contains("opération 2/0 : 0 fois au lieu d'une", lines);
    }

    [Fact]
    public async Task Bad_input_is_one_line_and_exit_2()
    {
        var (good, bad) = (Write("a.fjs", Instance), Write("bad.fjs", "2 2\n1 1 1 5\n1 0\n"));
        await RefusedAsync("bad.fjs : Ligne 3", "route", "solve", bad);
        await RefusedAsync("none.fjs", "route", "solve", Path.Combine(_folder, "none.fjs"));
        await RefusedAsync("--seconds", "route", "solve", good, "--seconds", "0");
        await RefusedAsync("--factories", "route", "solve", good, "--factories", "0");
        await RefusedAsync("threads", "route", "solve", good, "--threads", "many");
        await RefusedAsync("plan.json", "route", "solve", good, "--seconds", "0.05", "--out", Path.Combine(_folder, "no", "plan.json"));
        await RefusedAsync("bad.fjs : Ligne 3", "route", "check", bad, good);
        await RefusedAsync("a.fjs", "route", "check", good, good);

        async Task RefusedAsync(string says, params string[] args)
        {
            var answer = await RunAsync(args);
            Assert.Equal(MarketCommands.BadInput, answer.Code);
            Assert.Contains(says, Assert.Single(Lines(answer.Error)), StringComparison.Ordinal);
        }
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "TiersLieux.Market.Web.dll"), .. args])
        {
            WorkingDirectory = _folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await error);
    }
}
