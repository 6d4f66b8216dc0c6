using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;

namespace TiersLieux.Market.Sandbox.Common;

/// <summary>One database transaction: objects, jobs and settings are read and written through it.</summary>
internal sealed class Work(SqliteConnection connection, SqliteTransaction transaction, SandboxClock clock, string baseUrl) : IDisposable
{
    /// <summary>The account that holds the key: the platform.</summary>
    public const string Platform = "acct_platform";

    private const string Mark = "call";

    private long? _now;

    public SandboxClock Clock { get; } = clock;

    public string BaseUrl { get; } = baseUrl;

    public bool Committed { get; private set; }

    /// <summary>Webhook deliveries were queued.</summary>
    public bool Emitted { get; set; }

    /// <summary>Id of the request that causes the change, for its events.</summary>
    public string? Request { get; set; }

    public string? IdempotencyKey { get; set; }

    /// <summary>Unix seconds in the sandbox; a job that falls due while time leaps runs at its own moment.</summary>
    public long Now { get => _now ?? Clock.Now; set => _now = value; }

    public void UseClock() => _now = null;

    public JsonObject Add(string account, JsonObject o)
    {
        o["created"] ??= Now;
        if (!o.ContainsKey("livemode"))
            o["livemode"] = false;
        o["_account"] = account;
        Execute(
            "INSERT INTO objects (id, account, type, created, body) VALUES ($a, $b, $c, $d, $e)",
            o.Id(), account, o.Text("object"), o.Number("created"), o.ToJsonString(Doc.Json));
        return o;
    }

    public void Save(JsonObject o) =>
        Execute("UPDATE objects SET body = $a WHERE id = $b", o.ToJsonString(Doc.Json), o.Id());

    public void Remove(string id) => Execute("DELETE FROM objects WHERE id = $a", id);

    public JsonObject? Find(string? id) =>
        id is null ? null : Query("SELECT body FROM objects WHERE id = $a", id).FirstOrDefault();

    /// <summary>The object of this kind and account, or Stripe's 404.</summary>
    public JsonObject Get(string account, string type, string id, string? param = "id") =>
        Query("SELECT body FROM objects WHERE id = $a AND account = $b AND type = $c", id, account, type).FirstOrDefault()
        ?? throw StripeException.NoSuch(type, id, param);

    public List<JsonObject> Query(string sql, params object?[] values) =>
        Rows(sql, r => (JsonObject)JsonNode.Parse(r.GetString(0))!, values);

    /// <summary>Objects of one kind whose field has this value, oldest first.</summary>
    public List<JsonObject> Where(string type, string field, string value) =>
        Query($"SELECT body FROM objects WHERE type = $a AND json_extract(body, '$.{field}') = $b ORDER BY seq", type, value);

    public List<T> Rows<T>(string sql, Func<SqliteDataReader, T> read, params object?[] values)
    {
        using var command = Command(sql, values);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(read(reader));
        return rows;
    }

    public int Execute(string sql, params object?[] values)
    {
        using var command = Command(sql, values);
        return command.ExecuteNonQuery();
    }

    public long Scalar(string sql, params object?[] values)
    {
        using var command = Command(sql, values);
        return Convert.ToInt64(command.ExecuteScalar() is { } v and not DBNull ? v : 0L, CultureInfo.InvariantCulture);
    }

    public string? Setting(string name) =>
        Rows("SELECT value FROM settings WHERE name = $a", r => r.GetString(0), name).FirstOrDefault();

    public void Set(string name, string value) =>
        Execute("INSERT INTO settings (name, value) VALUES ($a, $b) ON CONFLICT (name) DO UPDATE SET value = excluded.value", name, value);

    /// <summary>Plans a step of the sandbox's own, at a Unix second of its clock.</summary>
    public void Plan(long due, string kind, string reference) =>
        Execute("INSERT INTO jobs (due, kind, ref) VALUES ($a, $b, $c)", due, kind, reference);

    public void BeginCall() => transaction.Save(Mark);

    /// <summary>Undoes what the call did; the transaction stays open for what must be kept, its idempotency key.</summary>
    public void UndoCall()
    {
        transaction.Rollback(Mark);
        Emitted = false;
    }

    public void Commit()
    {
        transaction.Commit();
        Committed = true;
    }

    public void Dispose() => transaction.Dispose();

    private SqliteCommand Command(string sql, object?[] values)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
            command.Parameters.AddWithValue("$" + (char)('a' + i), values[i] ?? DBNull.Value);
        return command;
    }
}
