namespace TiersLieux.Market.Web.Api;

/// <summary>One page of a list.</summary>
/// <param name="Next">Pass it as <c>after</c> to read on; null at the end.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next = null)
{
    public const int DefaultLimit = 50;
    public const int MaxLimit = 200;

    /// <summary>Pages through what is already in memory, by the id of the last item seen.</summary>
    public static Page<T> Of(IEnumerable<T> all, Func<T, string> id, string? after, int? limit)
    {
        var size = Math.Clamp(limit ?? DefaultLimit, 1, MaxLimit);
        var rest = after is null ? all : all.SkipWhile(item => id(item) != after).Skip(1);
        var items = rest.Take(size + 1).ToList();
        if (items.Count <= size) return new Page<T>(items);
        items.RemoveAt(size);
        return new Page<T>(items, id(items[^1]));
    }
}

/// <summary>An amount as the API writes it: whole cents.</summary>
public sealed record ApiMoney(long Amount, string Currency)
{
    public static ApiMoney Of(Domain.Common.Money money) => new(money.Cents, money.Currency);
}
