using System.Text.Json.Serialization;

namespace TiersLieux.Market.Domain.Common;

/// <summary>An exact amount: whole cents of a currency. Never a floating number.</summary>
public readonly record struct Money : IComparable<Money>
{
    /// <summary>Null stands for euro, so that the default value is zero euro and equals it.</summary>
    private readonly string? _currency;

    [JsonConstructor]
    public Money(long cents, string currency = "EUR")
    {
        Cents = cents;
        _currency = currency == "EUR" ? null : currency;
    }

    public static Money Zero => default;

    /// <summary>Amount in hundredths of the currency; may be negative.</summary>
    public long Cents { get; }

    /// <summary>ISO 4217 code.</summary>
    public string Currency => _currency ?? "EUR";

    /// <summary>Rounds an exact decimal amount of euros to cents, half away from zero (rules of EN 16931).</summary>
    public static Money FromEuros(decimal euros) => new(Rounding.ToCents(euros));

    /// <summary>The amount in units of the currency, exact.</summary>
    [JsonIgnore]
    public decimal Amount => Cents / 100m;

    [JsonIgnore]
    public bool IsZero => Cents == 0;

    public static Money operator +(Money a, Money b) => new(checked(a.Cents + b.Cents), Same(a, b));
    public static Money operator -(Money a, Money b) => new(checked(a.Cents - b.Cents), Same(a, b));
    public static Money operator -(Money a) => new(checked(-a.Cents), a.Currency);

    /// <summary>Amount times a rate or quantity, rounded half away from zero.</summary>
    public static Money operator *(Money a, decimal factor) => new(Rounding.HalfAwayFromZero(a.Cents * factor), a.Currency);

    public static bool operator <(Money a, Money b) => a.CompareTo(b) < 0;
    public static bool operator >(Money a, Money b) => a.CompareTo(b) > 0;
    public static bool operator <=(Money a, Money b) => a.CompareTo(b) <= 0;
    public static bool operator >=(Money a, Money b) => a.CompareTo(b) >= 0;

    public int CompareTo(Money other)
    {
        Same(this, other);
        return Cents.CompareTo(other.Cents);
    }

    public override string ToString() => FormattableString.Invariant($"{Amount:0.00} {Currency}");

    private static string Same(Money a, Money b) =>
        string.Equals(a.Currency, b.Currency, StringComparison.Ordinal)
            ? a.Currency
            : throw new InvalidOperationException($"{a.Currency} and {b.Currency} do not add up.");
}
