namespace TiersLieux.Market.Domain.Common;

/// <summary>The only places where an amount is rounded.</summary>
public static class Rounding
{
    /// <summary>To a whole number, half away from zero.</summary>
    public static long HalfAwayFromZero(decimal value) => (long)Math.Round(value, 0, MidpointRounding.AwayFromZero);

    /// <summary>Units of the currency to whole cents, half away from zero.</summary>
    public static long ToCents(decimal units) => HalfAwayFromZero(units * 100m);

    /// <summary>
    /// Splits <paramref name="total"/> in proportion to <paramref name="weights"/> so that the parts add up exactly:
    /// largest remainder, the earlier part first on a tie. Weights must not be negative; all zero means equal parts.
    /// </summary>
    public static long[] Allocate(long total, IReadOnlyList<decimal> weights)
    {
        ArgumentOutOfRangeException.ThrowIfZero(weights.Count);
        if (weights.Any(w => w < 0)) throw new ArgumentOutOfRangeException(nameof(weights), "A weight is negative.");
        var sum = weights.Sum();
        var effective = sum == 0 ? [.. weights.Select(_ => 1m)] : weights;
        if (sum == 0) sum = weights.Count;

        var sign = total < 0 ? -1 : 1;
        var size = Math.Abs(total);
        var parts = new long[weights.Count];
        var remainders = new (decimal Remainder, int Index)[weights.Count];
        var given = 0L;
        for (var i = 0; i < parts.Length; i++)
        {
            var exact = size * effective[i] / sum;
            parts[i] = (long)Math.Floor(exact);
            remainders[i] = (exact - parts[i], i);
            given += parts[i];
        }

        foreach (var (_, index) in remainders.OrderByDescending(r => r.Remainder).ThenBy(r => r.Index).Take((int)(size - given)))
            parts[index]++;
        for (var i = 0; i < parts.Length; i++) parts[i] *= sign;
        return parts;
    }
}
