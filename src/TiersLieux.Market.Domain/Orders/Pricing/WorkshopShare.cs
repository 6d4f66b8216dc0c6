using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Domain.Orders.Pricing;

/// <summary>One thing a workshop is paid for, exact: nothing is rounded before the share is summed.</summary>
/// <param name="Line">The order line it serves.</param>
public abstract record ShareItem(int Line)
{
    /// <summary>Euros before tax, exact.</summary>
    public abstract decimal Euros { get; }

    public abstract Text Explanation { get; }

    /// <summary>Machine and labour time of an operation.</summary>
    /// <param name="Minutes">Set-up + quantity × unit time on this machine.</param>
    /// <param name="MachineRate">Euros per hour.</param>
    /// <param name="LabourRate">Euros per hour of a person.</param>
    /// <param name="Attendance">People at the machine while it works; 0.25 is one person a quarter of the time.</param>
    public sealed record Work(int Line, Text Process, decimal Quantity, decimal Minutes, decimal MachineRate, decimal LabourRate, decimal Attendance) : ShareItem(Line)
    {
        private decimal HourlyRate => MachineRate + LabourRate * Attendance;

        public override decimal Euros => Minutes * HourlyRate / 60m;

        public override Text Explanation => new(
            $"{Process.French}, {Wording.Fr(Quantity)} pièces : {Wording.Hours(Math.Round(Minutes, 1))} à {Wording.Fr(HourlyRate, "0.00##")} €/h",
            $"{Process.English}, {Wording.En(Quantity)} pieces: {Wording.Hours(Math.Round(Minutes, 1))} at €{Wording.En(HourlyRate, "0.00##")}/h");
    }

    /// <summary>Material with the workshop's margin.</summary>
    public sealed record Material(int Line, string Code, decimal Quantity, MaterialPrice Price) : ShareItem(Line)
    {
        public override decimal Euros => Quantity * Price.UnitPrice * (1 + Price.MarginPercent / 100m);

        public override Text Explanation => new(
            $"Matière {Code} : {Wording.Fr(Quantity, "0.####")} × {Wording.Fr(Price.UnitPrice, "0.00##")} € + {Wording.Fr(Price.MarginPercent)} %",
            $"Material {Code}: {Wording.En(Quantity, "0.####")} × €{Wording.En(Price.UnitPrice, "0.00##")} + {Wording.En(Price.MarginPercent)}%");
    }

    /// <summary>An artisan's own offer at its published price.</summary>
    public sealed record FixedPrice(int Line, decimal Quantity, decimal UnitPrice) : ShareItem(Line)
    {
        public override decimal Euros => Quantity * UnitPrice;

        public override Text Explanation => new(
            $"{Wording.Fr(Quantity)} × {Wording.Fr(UnitPrice, "0.00##")} €, prix de l'artisan",
            $"{Wording.En(Quantity)} × €{Wording.En(UnitPrice, "0.00##")}, the artisan's price");
    }
}

/// <summary>A rounded part of a share.</summary>
/// <param name="IsMinimum">What was added to reach the workshop's minimum order.</param>
public sealed record ShareLine(int Line, Text Explanation, Money Amount, bool IsMinimum = false);

/// <summary>
/// What a workshop gets for its part of an order, before tax: shown to it before it accepts, and the basis of its self-billed invoice.
/// The lines add up to the total.
/// </summary>
public sealed record WorkshopShare(Guid Workshop, Money Total, IReadOnlyList<ShareLine> Lines)
{
    /// <summary>
    /// Sums the items exactly, rounds once, raises to the minimum order, and gives each line its cents by largest remainder.
    /// </summary>
    /// <param name="minimum">The workshop's minimum order in euros; 0 for none.</param>
    public static WorkshopShare Of(Guid workshop, IReadOnlyList<ShareItem> items, decimal minimum)
    {
        if (items.Count == 0) return new WorkshopShare(workshop, Money.Zero, []);

        var exact = items.Select(item => item.Euros).ToArray();
        // Hours are thirds and sevenths; what decimals cannot hold of them must not decide a half cent.
        var total = Rounding.ToCents(Math.Round(exact.Sum(), 12));
        var cents = Rounding.Allocate(total, exact);
        var lines = items.Select((item, i) => new ShareLine(item.Line, item.Explanation, new Money(cents[i]))).ToList();

        var missing = Rounding.ToCents(minimum) - total;
        if (missing <= 0) return new WorkshopShare(workshop, new Money(total), lines);

        var orderLines = items.Select(item => item.Line).Distinct().ToArray();
        var parts = Rounding.Allocate(missing, [.. orderLines.Select(line => items.Where(item => item.Line == line).Sum(item => item.Euros))]);
        var minimumText = Wording.Fr(Money.FromEuros(minimum));
        lines.AddRange(orderLines.Select((line, i) => new ShareLine(line,
            new Text($"Complément au minimum de commande de {minimumText}", $"Added to reach the minimum order of {Wording.En(Money.FromEuros(minimum))}"),
            new Money(parts[i]), IsMinimum: true)));
        return new WorkshopShare(workshop, new Money(total + missing), lines);
    }

    /// <summary>The part that serves one order line.</summary>
    public Money OfLine(int line) => Lines.Where(part => part.Line == line).Aggregate(Money.Zero, (sum, part) => sum + part.Amount);
}
