using System.Diagnostics;
using System.Text.Json;
using TiersLieux.Market.Domain.Routing.Improving;

namespace TiersLieux.Market.Bench.Routing;

/// <summary>CP-SAT in a Node process of its own (CpSat/solve.mjs), as a peer to compare with. A native build on more cores does better.</summary>
internal sealed class CpSatPeer : IAsyncDisposable
{
    /// <summary>What it is: to be said wherever its figures are.</summary>
    public const string Label = "CP-SAT, wasm, 2 cores";

    private readonly Process _node;

    private CpSatPeer(Process node) => _node = node;

    public sealed record Answer(string Status, int? Makespan, long? Bound, double Seconds, string? Message = null);

    public static async Task<CpSatPeer> StartAsync()
    {
        var folder = Path.Combine(Root(), "tests", "TiersLieux.Market.Bench", "Routing", "CpSat");
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "or-tools-wasm")))
        {
            using var install = Process.Start(new ProcessStartInfo("npm", ["ci", "--silent", "--no-audit", "--no-fund"]) { WorkingDirectory = folder, UseShellExecute = false })!;
            await install.WaitForExitAsync();
            if (install.ExitCode != 0) throw new InvalidOperationException($"npm ci in {folder} ended with {install.ExitCode}.");
        }

        var node = Process.Start(new ProcessStartInfo("node", ["solve.mjs"]) { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true })!;
        var peer = new CpSatPeer(node);
        var first = await peer.ReadAsync();
        return first.Status == "READY" ? peer : throw new InvalidOperationException($"CP-SAT does not start: {first.Status} {first.Message}");
    }

    public async Task<Answer> SolveAsync(ShopProblem problem, double seconds)
    {
        if (problem.Factories > 1 || problem.Jobs.Any(job => job.Operations.Any(o => o.Interruptible || o.Frozen is not null)))
            throw new ArgumentException("The peer's model has one factory and no interruptible or fixed operations.", nameof(problem));
        var line = JsonSerializer.Serialize(new { seconds, workers = 2, problem.Jobs, problem.Machines, problem.Transport }, JsonSerializerOptions.Web);
        await _node.StandardInput.WriteLineAsync(line);
        await _node.StandardInput.FlushAsync();
        var answer = await ReadAsync();
        return answer.Status == "ERROR" ? throw new InvalidOperationException($"CP-SAT: {answer.Message}") : answer;
    }

    private async Task<Answer> ReadAsync() =>
        await _node.StandardOutput.ReadLineAsync() is { } line ? JsonSerializer.Deserialize<Answer>(line, JsonSerializerOptions.Web)! : throw new InvalidOperationException("CP-SAT's process has ended.");

    /// <summary>The folder of the repository.</summary>
    public static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "TiersLieux.Market.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The bench runs from a build inside the repository.");
    }

    public async ValueTask DisposeAsync()
    {
        // Its own worker threads keep Node alive for long after the last line.
        if (!_node.HasExited) _node.Kill(entireProcessTree: true);
        await _node.WaitForExitAsync();
        _node.Dispose();
    }
}
