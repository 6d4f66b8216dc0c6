using System.Diagnostics;

namespace TiersLieux.Market.Sandbox.Tests.Common;

/// <summary>The official Stripe SDK for Node cannot tell the sandbox from the real thing.</summary>
public class OfficialSdkTests(ITestOutputHelper output)
{
    private static readonly string s_folder = Path.Combine(AppContext.BaseDirectory, "node");

    [Fact]
    public async Task The_official_sdk_completes_every_flow()
    {
        if (!File.Exists(Path.Combine(s_folder, "node_modules", "stripe", "package.json")))
            Assert.Equal(0, await RunAsync("npm", "ci", "--no-audit", "--no-fund"));
        // The SDK holds signatures against the machine's own clock.
        await using var server = await SandboxServer.StartAsync(time: TimeProvider.System);
        Assert.Equal(0, await RunAsync("node", "checks.mjs", server.Address.ToString()));
    }

    private async Task<int> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = s_folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        output.WriteLine(await process.StandardOutput.ReadToEndAsync());
        output.WriteLine(await errors);
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
