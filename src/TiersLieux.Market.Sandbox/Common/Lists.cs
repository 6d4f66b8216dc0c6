using System.Text;
using System.Text.Json.Nodes;

namespace TiersLieux.Market.Sandbox.Common;

/// <summary>Cursor pages, newest first. The order is that of creation and never changes.</summary>
internal static class Lists
{
    /// <param name="filters">Names of parameters that must equal the field of the same name.</param>
    public static JsonNode Page(Call call, string type, string url, params string[] filters)
    {
        var values = filters.Select(f => (Field: f, Value: call.P.Text(f))).Where(f => !string.IsNullOrEmpty(f.Value));
        return Page(call, type, url, [.. values.Select(f => (f.Field, f.Value!))]);
    }

    public static JsonNode Page(Call call, string type, string url, IReadOnlyList<(string Field, string Value)> equal)
    {
        var limit = call.P.Integer("limit") ?? 10;
        if (limit is < 1 or > 100)
            throw StripeException.Invalid("Limit must be between 1 and 100.", "limit", "parameter_invalid_integer");
        var after = Cursor(call, type, "starting_after");
        var before = Cursor(call, type, "ending_before");
        if (after is not null && before is not null)
            throw StripeException.Invalid("You may only specify one of these parameters: ending_before, starting_after.", "ending_before");

        var sql = new StringBuilder("SELECT body FROM objects WHERE account = $a AND type = $b");
        var values = new List<object?> { call.Account, type };
        void And(string condition, object value)
        {
            values.Add(value);
            sql.Append(" AND ").Append(condition).Append(" $").Append((char)('a' + values.Count - 1));
        }

        foreach (var (field, value) in equal)
            And($"json_extract(body, '$.{field}') =", value);
        Range(call, "created", "created", And);
        if (type == "payout")
            Range(call, "arrival_date", "json_extract(body, '$.arrival_date')", And);
        if (type == "transfer" || type == "balance_transaction" || call.P.Has("currency"))
        {
            if (call.P.Text("currency") is { Length: > 0 } currency)
                And("json_extract(body, '$.currency') =", currency.ToLowerInvariant());
        }
        call.P.Done();
        if (after is { } a)
            And("seq <", a);
        if (before is { } b)
            And("seq >", b);
        sql.Append(before is null ? " ORDER BY seq DESC" : " ORDER BY seq ASC").Append(" LIMIT ").Append(limit + 1);

        var rows = call.Work.Query(sql.ToString(), [.. values]);
        var more = rows.Count > limit;
        if (more)
            rows.RemoveAt(rows.Count - 1);
        if (before is not null)
            rows.Reverse();
        return Doc.Object(
            ("object", "list"), ("url", url), ("has_more", more), ("data", new JsonArray([.. rows])));
    }

    private static long? Cursor(Call call, string type, string name)
    {
        if (call.P.Text(name) is not { Length: > 0 } id)
            return null;
        var seq = call.Work.Scalar("SELECT seq FROM objects WHERE id = $a AND account = $b AND type = $c", id, call.Account, type);
        return seq > 0 ? seq : throw StripeException.NoSuch(type, id, name);
    }

    private static void Range(Call call, string parameter, string column, Action<string, object> and)
    {
        if (!call.P.Has(parameter))
            return;
        Parameters? bounds = null;
        try
        {
            bounds = call.P.Group(parameter);
        }
        catch (StripeException)
        {
            and(column + " =", call.P.Integer(parameter)!.Value);
        }
        foreach (var (name, sign) in new[] { ("gte", ">="), ("gt", ">"), ("lte", "<="), ("lt", "<") })
        {
            if (bounds?.Integer(name) is { } bound)
                and($"{column} {sign}", bound);
        }
    }
}
