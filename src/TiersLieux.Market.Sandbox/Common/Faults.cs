using System.Text.Json.Nodes;

namespace TiersLieux.Market.Sandbox.Common;

/// <summary>A fault that one call meets. <paramref name="Delay"/> is in milliseconds.</summary>
internal sealed record Fault(string Kind, int Delay);

/// <summary>Faults asked for through <c>POST /sandbox/faults</c>: each hits the next <c>count</c> calls whose path begins so.</summary>
internal static class Faults
{
    public const string TooManyRequests = "429";
    public const string LockTimeout = "lock_timeout";
    public const string ServerError = "500";
    public const string Reset = "reset";
    public const string Html502 = "html502";
    public const string TimeoutAfterCommit = "timeout_after_commit";
    public const string Slow = "slow";

    public static readonly IReadOnlyList<string> Kinds =
        [TooManyRequests, LockTimeout, ServerError, Reset, Html502, TimeoutAfterCommit, Slow];

    public static void Add(Work work, string kind, string? path, string? method, long count, long? delay) => work.Execute(
        "INSERT INTO faults (path, method, kind, remaining, delay) VALUES ($a, $b, $c, $d, $e)",
        string.IsNullOrEmpty(path) ? null : path, string.IsNullOrEmpty(method) ? null : method.ToUpperInvariant(), kind, count, delay);

    public static JsonArray All(Work work) => new([.. work.Rows(
        "SELECT path, method, kind, remaining, delay FROM faults ORDER BY id",
        r => (JsonNode)Doc.Object(
            ("path", r.IsDBNull(0) ? null : r.GetString(0)), ("method", r.IsDBNull(1) ? null : r.GetString(1)),
            ("kind", r.GetString(2)), ("count", r.GetInt64(3)), ("delayMs", r.IsDBNull(4) ? null : r.GetInt64(4))))]);

    public static void Clear(Work work) => work.Execute("DELETE FROM faults");

    public static Fault? Take(Work work, string method, string path)
    {
        var found = work.Rows(
            "SELECT id, kind, delay FROM faults WHERE (path IS NULL OR substr($a, 1, length(path)) = path) AND (method IS NULL OR method = $b) ORDER BY id LIMIT 1",
            r => (Id: r.GetInt64(0), Kind: r.GetString(1), Delay: r.IsDBNull(2) ? (int?)null : r.GetInt32(2)),
            path, method);
        if (found.Count == 0)
            return null;
        work.Execute("UPDATE faults SET remaining = remaining - 1 WHERE id = $a", found[0].Id);
        work.Execute("DELETE FROM faults WHERE remaining <= 0");
        var kind = found[0].Kind;
        return new Fault(kind, found[0].Delay ?? (kind == TimeoutAfterCommit ? 100_000 : kind == Slow ? 3_000 : 0));
    }
}
