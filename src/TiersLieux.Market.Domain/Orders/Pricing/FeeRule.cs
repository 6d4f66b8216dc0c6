using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Domain.Orders.Pricing;

/// <summary>What fees are counted on.</summary>
/// <param name="Shares">Sum of the workshops' shares before tax.</param>
/// <param name="Items">Pieces in the order.</param>
public readonly record struct FeeBase(Money Shares, decimal Items, decimal WeightKg);

/// <summary>A step of a fee: the amount that holds from a size upwards, in euros before tax.</summary>
public sealed record FeeStep(decimal From, decimal Amount);

/// <summary>
/// A fee that comes on top of the shares, for a named beneficiary (the consortium, a circle, a project), with its own VAT.
/// An order freezes the rules when it is accepted.
/// </summary>
/// <param name="VatRate">Percent.</param>
public abstract record FeeRule(string Code, Text Name, Guid Beneficiary, decimal VatRate)
{
    /// <summary>The amount before tax, and how it came about.</summary>
    public FeeCharge Charge(FeeBase on)
    {
        var (euros, how) = Compute(on);
        return new FeeCharge(this, Money.FromEuros(euros), how);
    }

    private protected abstract (decimal Euros, Text How) Compute(FeeBase on);

    private protected Text Say(string french, string english) => new($"{Name.French} : {french}", $"{Name.English}: {english}");

    private static decimal At(IReadOnlyList<FeeStep> steps, decimal size) => steps.LastOrDefault(step => step.From <= size)?.Amount ?? 0;

    /// <summary>A percentage of the shares.</summary>
    public sealed record Percent(string Code, Text Name, Guid Beneficiary, decimal VatRate, decimal Rate) : FeeRule(Code, Name, Beneficiary, VatRate)
    {
        private protected override (decimal Euros, Text How) Compute(FeeBase on) => (on.Shares.Amount * Rate / 100m,
            Say($"{Wording.Fr(Rate)} % de {Wording.Fr(on.Shares)}", $"{Wording.En(Rate)}% of {Wording.En(on.Shares)}"));
    }

    /// <summary>The same amount for every order.</summary>
    public sealed record Flat(string Code, Text Name, Guid Beneficiary, decimal VatRate, decimal Amount) : FeeRule(Code, Name, Beneficiary, VatRate)
    {
        private protected override (decimal Euros, Text How) Compute(FeeBase on) => (Amount, Say("par commande", "per order"));
    }

    /// <summary>An amount for each piece.</summary>
    public sealed record PerItem(string Code, Text Name, Guid Beneficiary, decimal VatRate, decimal Amount) : FeeRule(Code, Name, Beneficiary, VatRate)
    {
        private protected override (decimal Euros, Text How) Compute(FeeBase on) => (Amount * on.Items,
            Say($"{Wording.Fr(Amount, "0.00##")} € × {Wording.Fr(on.Items)}", $"€{Wording.En(Amount, "0.00##")} × {Wording.En(on.Items)}"));
    }

    /// <summary>One amount for the first piece, another for each further one.</summary>
    public sealed record FirstAdditional(string Code, Text Name, Guid Beneficiary, decimal VatRate, decimal First, decimal Additional)
        : FeeRule(Code, Name, Beneficiary, VatRate)
    {
        private protected override (decimal Euros, Text How) Compute(FeeBase on)
        {
            var further = Math.Max(0, on.Items - 1);
            return (on.Items > 0 ? First + Additional * further : 0,
                Say($"{Wording.Fr(First, "0.00")} € puis {Wording.Fr(Additional, "0.00##")} € × {Wording.Fr(further)}",
                    $"€{Wording.En(First, "0.00")}, then €{Wording.En(Additional, "0.00##")} × {Wording.En(further)}"));
        }
    }

    /// <summary>An amount that depends on how large the order is: the last step whose <c>From</c> (euros of shares) is reached.</summary>
    public sealed record Threshold(string Code, Text Name, Guid Beneficiary, decimal VatRate, IReadOnlyList<FeeStep> Steps)
        : FeeRule(Code, Name, Beneficiary, VatRate)
    {
        private protected override (decimal Euros, Text How) Compute(FeeBase on) => (At(Steps, on.Shares.Amount),
            Say($"pour {Wording.Fr(on.Shares)} d'ouvrage", $"for {Wording.En(on.Shares)} of work"));
    }

    /// <summary>An amount that depends on the weight: the last step whose <c>From</c> (kg) is reached.</summary>
    public sealed record Weight(string Code, Text Name, Guid Beneficiary, decimal VatRate, IReadOnlyList<FeeStep> Steps)
        : FeeRule(Code, Name, Beneficiary, VatRate)
    {
        private protected override (decimal Euros, Text How) Compute(FeeBase on) => (At(Steps, on.WeightKg),
            Say($"pour {Wording.Fr(on.WeightKg)} kg", $"for {Wording.En(on.WeightKg)} kg"));
    }
}

/// <summary>What a rule came to, before tax.</summary>
public sealed record FeeCharge(FeeRule Rule, Money Amount, Text Explanation);
