using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace TiersLieux.Market.Sandbox.Common;

/// <summary>
/// The parameters of a call: <c>a[b][c]=v</c> as a tree. Reading a parameter marks it; <see cref="Done"/> refuses
/// what nobody read, so that a misspelt parameter is never ignored.
/// </summary>
internal sealed class Parameters
{
    private readonly SortedDictionary<string, Parameters> _children = new(StringComparer.Ordinal);
    private readonly Parameters _root;
    private string? _value;
    private bool _read;

    private Parameters(string path, Parameters? root)
    {
        Path = path;
        _root = root ?? this;
    }

    /// <summary>The name as the caller wrote it, such as <c>line_items[0][quantity]</c>.</summary>
    public string Path { get; }

    /// <summary>All parameters were read and found well formed: from here on the answer is kept under the idempotency key.</summary>
    public bool Accepted { get; private set; }

    public static Parameters Parse(IEnumerable<KeyValuePair<string, string>> pairs)
    {
        var root = new Parameters("", root: null);
        foreach (var (key, value) in pairs)
            root.Set(key, value);
        return root;
    }

    public bool Has(string name) => _children.ContainsKey(name);

    /// <summary>Null when absent, empty when the caller clears the field.</summary>
    public string? Text(string name)
    {
        if (!_children.TryGetValue(name, out var child))
            return null;
        if (child._children.Count > 0)
            throw StripeException.Invalid($"Invalid string: {child.Path} must be a string, not a hash or an array", child.Path);
        child._read = true;
        return child._value;
    }

    public string Required(string name)
    {
        var value = Text(name) ?? throw StripeException.Missing(Name(name));
        return value.Length > 0 ? value : throw StripeException.Invalid(
            $"You passed an empty string for '{Name(name)}'. We assume empty values are an attempt to unset a parameter; however '{Name(name)}' cannot be unset.",
            Name(name), "parameter_invalid_empty");
    }

    public string? OneOf(string name, params string[] allowed)
    {
        var value = Text(name);
        if (string.IsNullOrEmpty(value) || allowed.Contains(value, StringComparer.Ordinal))
            return string.IsNullOrEmpty(value) ? null : value;
        throw StripeException.Invalid($"Invalid {Name(name)}: must be one of {string.Join(", ", allowed)}", Name(name));
    }

    public long? Integer(string name)
    {
        var value = Text(name);
        if (string.IsNullOrEmpty(value))
            return null;
        return long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n)
            ? n
            : throw StripeException.Invalid($"Invalid integer: {value}", Name(name), "parameter_invalid_integer");
    }

    public bool? Flag(string name) => Text(name) switch
    {
        null or "" => null,
        "true" => true,
        "false" => false,
        var other => throw StripeException.Invalid($"Invalid boolean: {other}", Name(name)),
    };

    public Parameters? Group(string name)
    {
        if (!_children.TryGetValue(name, out var child))
            return null;
        if (child._value is { Length: > 0 })
            throw StripeException.Invalid($"Invalid object: {child.Path} must be a hash", child.Path);
        child._read = true;
        return child;
    }

    public IReadOnlyList<Parameters> Items(string name)
    {
        var group = Group(name);
        if (group is null)
            return [];
        foreach (var item in group._children.Values)
            item._read = true;
        return [.. group._children.OrderBy(c => int.TryParse(c.Key, CultureInfo.InvariantCulture, out var n) ? n : int.MaxValue).Select(c => c.Value)];
    }

    public IReadOnlyList<string> Texts(string name) => [.. Items(name).Select(i => i._value ?? "")];

    /// <summary>A part that the sandbox accepts and keeps as it came.</summary>
    public JsonNode? Any(string name) => _children.TryGetValue(name, out var child) ? child.Take() : null;

    /// <summary>Applies <c>metadata[k]=v</c> to what is there: an empty value removes the key, an empty metadata all of it.</summary>
    public JsonObject Metadata(JsonObject? before = null)
    {
        var result = before is null ? [] : (JsonObject)before.DeepClone();
        if (!_children.TryGetValue("metadata", out var group))
            return result;
        group._read = true;
        if (group._children.Count == 0)
            return [];
        foreach (var (key, child) in group._children)
        {
            var value = group.Text(key)!;
            if (value.Length == 0)
                result.Remove(key);
            else if (key.Length > 40 || value.Length > 500)
                throw StripeException.Invalid("Metadata keys can have up to 40 characters, values up to 500.", child.Path);
            else
                result[key] = value;
        }
        return result.Count <= 50 ? result : throw StripeException.Invalid("Metadata can have up to 50 keys.", Name("metadata"));
    }

    /// <summary>Refuses the first parameter that nobody read.</summary>
    public void Done()
    {
        var unknown = _root.FirstUnread();
        if (unknown is not null)
            throw StripeException.Invalid($"Received unknown parameter: {unknown.Path}", unknown.Path, "parameter_unknown");
        _root.Accepted = true;
    }

    /// <summary>Same text for the same parameters, whatever their order.</summary>
    public string Canonical()
    {
        var text = new StringBuilder();
        Write(text);
        return text.ToString();
    }

    public string Name(string name) => Path.Length == 0 ? name : $"{Path}[{name}]";

    private void Set(string key, string value)
    {
        var node = this;
        var open = key.IndexOf('[', StringComparison.Ordinal);
        node = node.Child(open <= 0 ? key : key[..open]);
        while (open > 0)
        {
            var close = key.IndexOf(']', open);
            if (close < 0)
                throw StripeException.Invalid($"Invalid parameter name: {key}", key);
            var part = key[(open + 1)..close];
            node = node.Child(part.Length > 0 ? part : node._children.Count.ToString(CultureInfo.InvariantCulture));
            open = key.IndexOf('[', close);
        }
        node._value = value;
    }

    private Parameters Child(string name)
    {
        if (!_children.TryGetValue(name, out var child))
            _children[name] = child = new Parameters(Name(name), _root);
        return child;
    }

    private JsonNode? Take()
    {
        _read = true;
        if (_children.Count == 0)
            return _value;
        if (_children.Keys.All(k => int.TryParse(k, CultureInfo.InvariantCulture, out _)))
            return new JsonArray([.. _children.OrderBy(c => int.Parse(c.Key, CultureInfo.InvariantCulture)).Select(c => c.Value.Take())]);
        return new JsonObject(_children.Select(c => KeyValuePair.Create(c.Key, c.Value.Take())));
    }

    private Parameters? FirstUnread()
    {
        if (this != _root && !_read)
            return this;
        return _children.Values.Select(c => c.FirstUnread()).FirstOrDefault(c => c is not null);
    }

    private void Write(StringBuilder text)
    {
        if (_value is not null)
            text.Append(Path).Append('=').Append(Uri.EscapeDataString(_value)).Append('\n');
        foreach (var child in _children.Values)
            child.Write(text);
    }
}
