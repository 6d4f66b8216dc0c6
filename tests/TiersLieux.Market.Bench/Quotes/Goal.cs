using System.Globalization;

namespace TiersLieux.Market.Bench.Quotes;

/// <summary>A goal, what was measured, and whether that is enough.</summary>
internal sealed record Goal(string What, double Wanted, double Measured, bool IsReached)
{
    public static Goal AtMost(string what, double wanted, double measured) => new(what, wanted, measured, measured <= wanted);

    public static Goal AtLeast(string what, double wanted, double measured) => new(what, wanted, measured, measured >= wanted);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"          {(IsReached ? "reached" : "NOT REACHED")}: {What}: {Measured:0.00} (goal {Wanted:0.00})");
}
