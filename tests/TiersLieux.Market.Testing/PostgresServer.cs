using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace TiersLieux.Market.Testing;

/// <summary>
/// A PostgreSQL server for tests: the one named by TLM_TEST_POSTGRES, or a private cluster in a temporary folder that ends with the test process.
/// </summary>
public static class PostgresServer
{
    private static readonly Lazy<Task<string>> Server = new(StartAsync);

    /// <summary>Connection string of the server's maintenance database; the user may create databases.</summary>
    public static Task<string> ConnectionStringAsync() => Server.Value;

    private static async Task<string> StartAsync()
    {
        if (Environment.GetEnvironmentVariable("TLM_TEST_POSTGRES") is { Length: > 0 } given) return given;

        var bin = Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).LastOrDefault()
            ?? throw new InvalidOperationException("PostgreSQL is not installed: apt-get install postgresql.");
        var folder = Directory.CreateTempSubdirectory("tlm-postgres-").FullName;
        var port = FreePort();
        // PostgreSQL refuses to run as root: the cluster belongs to the system's postgres user then.
        var asRoot = Environment.UserName == "root";
        if (asRoot) Run("chown", "postgres", folder);
        RunAs(asRoot, $"{bin}/bin/initdb", "-D", folder + "/data", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
        RunAs(asRoot, $"{bin}/bin/pg_ctl", "-D", folder + "/data", "-w", "-l", folder + "/log", "-o", $"-h 127.0.0.1 -p {port} -k {folder} -c max_connections=300", "start");
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            RunAs(asRoot, $"{bin}/bin/pg_ctl", "-D", folder + "/data", "-m", "immediate", "stop");
            Directory.Delete(folder, recursive: true);
        };
        var connectionString = $"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres";
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        return connectionString;
    }

    private static void RunAs(bool asRoot, params string[] command)
    {
        if (asRoot) Run(["runuser", "-u", "postgres", "--", .. command]);
        else Run(command);
    }

    private static void Run(params string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        // pg_ctl leaves its server holding the pipes, so nothing is read from them but through the exit code.
        if (command.Contains("start", StringComparer.Ordinal)) (start.RedirectStandardOutput, start.RedirectStandardError) = (false, false);
        using var process = Process.Start(start)!;
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{string.Join(' ', command)} exited {process.ExitCode}: {(start.RedirectStandardError ? process.StandardError.ReadToEnd() : "")}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
