using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Orders.Pricing;
using Xunit;

namespace TiersLieux.Market.Domain.Tests.Orders.Pricing;

public sealed class FeeRuleTests
{
    private static readonly Guid Consortium = Guid.Parse("01930000-0000-7000-8000-0000000000c0");
    private static readonly Text Name = new("Frais", "Fee");
    private static readonly FeeBase Base = new(new Money(123_450), 40, 85.5m);

    public static TheoryData<FeeRule, long, string> Rules => new()
    {
        { new FeeRule.Percent("p", Name, Consortium, 20, 8.5m), 10493, "Frais : 8,5 % de 1234,50 €" },
        { new FeeRule.Flat("f", Name, Consortium, 20, 15), 1500, "Frais : par commande" },
        { new FeeRule.PerItem("i", Name, Consortium, 20, 0.125m), 500, "Frais : 0,125 € × 40" },
        { new FeeRule.FirstAdditional("a", Name, Consortium, 20, 12, 0.5m), 3150, "Frais : 12,00 € puis 0,50 € × 39" },
        { new FeeRule.Threshold("t", Name, Consortium, 20, [new FeeStep(0, 25), new FeeStep(500, 10), new FeeStep(2000, 0)]), 1000, "Frais : pour 1234,50 € d'ouvrage" },
        { new FeeRule.Weight("w", Name, Consortium, 20, [new FeeStep(30, 8), new FeeStep(100, 20)]), 800, "Frais : pour 85,5 kg" },
        { new FeeRule.Weight("w", Name, Consortium, 20, [new FeeStep(100, 20)]), 0, "Frais : pour 85,5 kg" },
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public void Each_calculator_gives_its_amount_and_says_how(FeeRule rule, long cents, string how)
    {
        var charge = rule.Charge(Base);
        Assert.Equal(cents, charge.Amount.Cents);
        Assert.Equal(how, charge.Explanation.French);
    }
}
