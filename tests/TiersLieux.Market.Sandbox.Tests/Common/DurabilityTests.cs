using System.Diagnostics;
using System.Net.Sockets;

namespace TiersLieux.Market.Sandbox.Tests.Common;

public class DurabilityTests
{
    [Fact]
    public async Task A_restart_keeps_objects_balances_keys_and_the_clock()
    {
        var folder = Path.Combine(Path.GetTempPath(), "sandbox-" + Guid.NewGuid().ToString("N"));
        string id;
        await using (var before = await SandboxServer.StartAsync(folder: folder, keepFolder: true))
        {
            id = (await before.PayAsync(10000, key: "order-1")).Ok().Text("id");
            await before.AdvanceAsync("2d");
        }
        await using var after = await SandboxServer.StartAsync(folder: folder);
        Assert.Equal((0, 9825), await after.BalanceAsync());
        await after.AdvanceAsync("0");
        var replay = await after.PostAsync("/v1/payouts", ("amount", 9825), ("currency", "eur"));
        Assert.Equal("2026-11-25", DateTimeOffset.FromUnixTimeSeconds(replay.Ok().Number("created")).ToString("yyyy-MM-dd"));
        Assert.Equal("succeeded", (await after.GetAsync("/v1/payment_intents/" + id)).Text("status"));
    }

    /// <summary>The program itself, killed in the middle of work: what it answered is there, and nothing by halves.</summary>
    [Fact]
    public async Task Kill_9_loses_nothing_that_was_answered()
    {
        var folder = Path.Combine(Path.GetTempPath(), "sandbox-" + Guid.NewGuid().ToString("N"));
        try
        {
            var answered = new List<string>();
            using (var program = await StartAsync(folder))
            {
                using var stop = new CancellationTokenSource();
                var work = PayUntilItEndsAsync(program.Address, answered);
                while (answered.Count < 20)
                    await Task.Delay(5);
                program.Process.Kill();
                await work;
            }
            await using var after = await SandboxServer.StartAsync(folder: Path.Combine(folder, "sandbox"), keepFolder: true, time: TimeProvider.System);
            var charges = await after.AllAsync("/v1/charges");
            Assert.Empty(answered.Except(charges.Select(c => (string)c["id"]!), StringComparer.Ordinal));
            Assert.InRange(charges.Count, answered.Count, answered.Count + 1);
            var entries = await after.AllAsync("/v1/balance_transactions");
            Assert.Equal(charges.Count, entries.Count);
            var (pending, available) = await after.BalanceAsync();
            Assert.Equal(entries.Sum(e => (long)e["net"]!), pending + available);
            Assert.Equal(charges.Count, (await after.AllAsync("/v1/events?type=charge.succeeded")).Count);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("TLM_SANDBOX_KEY", "sk_live_anything")]
    [InlineData("STRIPE_SECRET_KEY", "rk_live_anything")]
    public async Task It_does_not_start_with_a_live_key(string name, string key)
    {
        var folder = Path.Combine(Path.GetTempPath(), "sandbox-" + Guid.NewGuid().ToString("N"));
        using var process = Launch(folder, (name, key));
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(2, process.ExitCode);
        Assert.Contains("live key", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder));
        Assert.Throws<InvalidOperationException>(() => SandboxHost.Build(new SandboxOptions { DataFolder = folder, SecretKey = key }));
    }

    private static async Task PayUntilItEndsAsync(Uri address, List<string> answered)
    {
        using var http = new HttpClient { BaseAddress = address };
        http.DefaultRequestHeaders.Add("Authorization", "Bearer sk_test_sandbox");
        try
        {
            while (true)
            {
                using var content = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["amount"] = "1000", ["currency"] = "eur", ["confirm"] = "true", ["payment_method"] = "pm_card_visa",
                });
                using var answer = await http.PostAsync("/v1/payment_intents", content);
                var json = System.Text.Json.Nodes.JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
                lock (answered)
                    answered.Add((string)json["latest_charge"]!);
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException or SocketException)
        {
            // The program is gone.
        }
    }

    private sealed record Running(Process Process, Uri Address) : IDisposable
    {
        public void Dispose()
        {
            Process.WaitForExit();
            Process.Dispose();
        }
    }

    private static async Task<Running> StartAsync(string folder)
    {
        var process = Launch(folder);
        var line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException(await process.StandardError.ReadToEndAsync());
        return new Running(process, new Uri(line[line.IndexOf("http", StringComparison.Ordinal)..]));
    }

    private static Process Launch(string folder, params (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "TiersLieux.Market.Sandbox.dll")])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["TLM_DATA"] = folder, ["TLM_SANDBOX_URLS"] = "http://127.0.0.1:0", ["TLM_SANDBOX_WEBHOOK"] = "" },
        };
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
