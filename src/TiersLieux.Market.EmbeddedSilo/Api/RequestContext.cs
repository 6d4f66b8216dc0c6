namespace Orleans.Runtime;

/// <summary>Named values that travel with a call, from caller to callee and on to its own calls; never back.</summary>
public static class RequestContext
{
    // Never changed in place: every change is a new dictionary, so a call can take the current one as it is.
    private static readonly AsyncLocal<Dictionary<string, object>?> Values = new();

    public static IEnumerable<string> Keys => Values.Value?.Keys ?? Enumerable.Empty<string>();

    public static IEnumerable<KeyValuePair<string, object>> Entries => Values.Value ?? Enumerable.Empty<KeyValuePair<string, object>>();

    internal static Dictionary<string, object>? Current
    {
        get => Values.Value;
        set
        {
            if (!ReferenceEquals(Values.Value, value))
                Values.Value = value;
        }
    }

    public static object? Get(string key) => Values.Value?.GetValueOrDefault(key);

    public static void Set(string key, object value) =>
        Values.Value = new Dictionary<string, object>(Values.Value ?? [], StringComparer.Ordinal) { [key] = value };

    public static bool Remove(string key)
    {
        if (Values.Value is not { } before || !before.ContainsKey(key))
            return false;
        var after = new Dictionary<string, object>(before, StringComparer.Ordinal);
        after.Remove(key);
        Values.Value = after.Count == 0 ? null : after;
        return true;
    }

    public static void Clear() => Current = null;
}
