using Microsoft.Data.Sqlite;

namespace TiersLieux.Market.Sandbox.Common;

/// <summary>
/// One SQLite file, one connection, one writer at a time. A call is acknowledged after its transaction is on disk
/// (<c>synchronous=FULL</c>), so what was answered survives kill -9, with its idempotency key and its events.
/// </summary>
internal sealed class SandboxDatabase : IDisposable
{
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS objects (
            seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, account TEXT NOT NULL,
            type TEXT NOT NULL, created INTEGER NOT NULL, body TEXT NOT NULL);
        CREATE INDEX IF NOT EXISTS objects_list ON objects (account, type, seq);
        CREATE INDEX IF NOT EXISTS objects_payout ON objects (json_extract(body, '$._payout')) WHERE type = 'balance_transaction';
        CREATE INDEX IF NOT EXISTS objects_source ON objects (type, json_extract(body, '$.source'));
        CREATE INDEX IF NOT EXISTS objects_intent ON objects (type, json_extract(body, '$.payment_intent'));
        CREATE INDEX IF NOT EXISTS objects_charge ON objects (type, json_extract(body, '$.charge'));
        CREATE INDEX IF NOT EXISTS objects_transfer ON objects (type, json_extract(body, '$.transfer'));
        CREATE INDEX IF NOT EXISTS objects_source_transaction ON objects (type, json_extract(body, '$.source_transaction'));
        CREATE INDEX IF NOT EXISTS objects_group ON objects (type, json_extract(body, '$.transfer_group'));
        CREATE TABLE IF NOT EXISTS balances (
            account TEXT NOT NULL, currency TEXT NOT NULL, pending INTEGER NOT NULL, available INTEGER NOT NULL,
            PRIMARY KEY (account, currency));
        CREATE TABLE IF NOT EXISTS jobs (
            id INTEGER PRIMARY KEY AUTOINCREMENT, due INTEGER NOT NULL, kind TEXT NOT NULL, ref TEXT NOT NULL);
        CREATE INDEX IF NOT EXISTS jobs_due ON jobs (due, id);
        CREATE TABLE IF NOT EXISTS idempotency (
            account TEXT NOT NULL, key TEXT NOT NULL, fingerprint TEXT NOT NULL, status INTEGER NOT NULL,
            body TEXT NOT NULL, request TEXT NOT NULL, created INTEGER NOT NULL, PRIMARY KEY (account, key));
        CREATE TABLE IF NOT EXISTS deliveries (
            id INTEGER PRIMARY KEY AUTOINCREMENT, event TEXT NOT NULL, endpoint TEXT NOT NULL, due INTEGER NOT NULL,
            attempts INTEGER NOT NULL DEFAULT 0, state TEXT NOT NULL DEFAULT 'pending', answer TEXT, at INTEGER NOT NULL);
        CREATE INDEX IF NOT EXISTS deliveries_due ON deliveries (due, id) WHERE state = 'pending';
        CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS faults (
            id INTEGER PRIMARY KEY AUTOINCREMENT, path TEXT, method TEXT, kind TEXT NOT NULL, remaining INTEGER NOT NULL, delay INTEGER);
        CREATE TABLE IF NOT EXISTS bank_lines (
            seq INTEGER PRIMARY KEY AUTOINCREMENT, booked TEXT NOT NULL, amount INTEGER NOT NULL, kind TEXT NOT NULL,
            name TEXT, iban TEXT, text TEXT NOT NULL, reference TEXT, end_to_end TEXT);
        CREATE INDEX IF NOT EXISTS bank_lines_day ON bank_lines (booked, seq);
        """;

    private readonly SqliteConnection _connection;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly SandboxClock _clock;

    public SandboxDatabase(SandboxOptions options, SandboxClock clock)
    {
        _clock = clock;
        Directory.CreateDirectory(options.DataFolder);
        var text = new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(options.DataFolder, "sandbox.db"),
            Pooling = false,
        };
        _connection = new SqliteConnection(text.ToString());
        _connection.Open();
        using var command = _connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=5000;";
        command.ExecuteNonQuery();
        command.CommandText = Schema;
        command.ExecuteNonQuery();
        using var work = new Work(_connection, _connection.BeginTransaction(), clock, options.PublicUrl ?? "");
        clock.Offset = long.Parse(work.Setting("clock_offset") ?? "0", System.Globalization.CultureInfo.InvariantCulture);
        work.Commit();
    }

    /// <summary>Set after a commit that queued webhook deliveries.</summary>
    public event Action? EventsCommitted;

    /// <summary>Runs one transaction alone. It is rolled back unless <paramref name="act"/> commits it.</summary>
    public async Task<T> RunAsync<T>(string baseUrl, Func<Work, T> act, CancellationToken cancel = default)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            using var work = new Work(_connection, _connection.BeginTransaction(), _clock, baseUrl);
            var result = act(work);
            if (work.Emitted && work.Committed)
                EventsCommitted?.Invoke();
            return result;
        }
        finally
        {
            _turn.Release();
        }
    }

    public Task<T> CommitAsync<T>(string baseUrl, Func<Work, T> act, CancellationToken cancel = default) =>
        RunAsync(
            baseUrl,
            work =>
            {
                Jobs.RunDue(work);
                var result = act(work);
                work.Commit();
                return result;
            },
            cancel);

    public void Dispose()
    {
        _turn.Wait();
        _connection.Dispose();
        _turn.Dispose();
    }
}
