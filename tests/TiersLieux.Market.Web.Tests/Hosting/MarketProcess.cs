using System.Diagnostics;
using TiersLieux.Market.Testing;

namespace TiersLieux.Market.Web.Tests.Hosting;

/// <summary>The program in a process of its own, which a test may kill.</summary>
internal sealed class MarketProcess : IDisposable
{
    private readonly List<string> _output;
    private readonly Process _process;

    private MarketProcess(Process process, List<string> output) => (_process, _output) = (process, output);

    public bool HasExited => _process.HasExited;

    public int ExitCode
    {
        get
        {
            _process.WaitForExit(); // Its output too.
            return _process.ExitCode;
        }
    }

    /// <param name="folder">Holds its data, in <c>data</c>.</param>
    /// <param name="postgres">Null for SQLite in the data folder.</param>
    /// <param name="killAt">The kill point at which it ends itself.</param>
    /// <param name="output">Takes what it says, also of lives before.</param>
    public static MarketProcess Start(string folder, TestDatabase? postgres, Uri sandbox, Uri address, List<string> output, string? killAt = null)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "TiersLieux.Market.Web.dll"), "serve"])
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder,
        };
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("TLM_", StringComparison.Ordinal) || k.StartsWith("ConnectionStrings", StringComparison.Ordinal)).ToList()) start.Environment.Remove(name);
        start.Environment["TLM_DATA"] = Path.Combine(folder, "data");
        start.Environment["TLM_URLS"] = address.GetLeftPart(UriPartial.Authority);
        start.Environment["TLM_SANDBOX_URLS"] = sandbox.GetLeftPart(UriPartial.Authority);
        start.Environment["Outbox__LeaseSeconds"] = "3";
        start.Environment["DOTNET_TieredPGO"] = "0"; // A short life gains nothing from it.
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        if (postgres is not null) start.Environment["ConnectionStrings__Market"] = postgres.Database.ConnectionString;
        if (killAt is not null) start.Environment["TLM_KILL_AT"] = killAt;
        var process = new MarketProcess(new Process { StartInfo = start }, output);
        process._process.OutputDataReceived += (_, line) => process.Hear(line.Data);
        process._process.ErrorDataReceived += (_, line) => process.Hear(line.Data);
        process._process.Start();
        process._process.BeginOutputReadLine();
        process._process.BeginErrorReadLine();
        return process;
    }

    /// <summary>As kill -9 does; returns when it is gone.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited) Kill();
        _process.Dispose();
    }

    private void Hear(string? line)
    {
        if (line is null) return;
        lock (_output) _output.Add(line);
    }
}
