using TiersLieux.Market.Domain.Billing;

using Xunit;

namespace TiersLieux.Market.Domain.Tests.Billing;

public sealed class CreditorReferenceTests
{
    [Theory]
    [InlineData("539007547034", "RF18539007547034")]
    [InlineData("2348231", "RF712348231")]
    public void Known_references_are_made_and_recognised(string number, string reference)
    {
        Assert.Equal(reference, CreditorReference.Create(number));
        Assert.True(CreditorReference.IsValid(reference));
        Assert.True(CreditorReference.IsValid(CreditorReference.Grouped(reference).ToLowerInvariant()));
    }

    [Fact]
    public void One_wrong_or_swapped_character_is_noticed()
    {
        var reference = CreditorReference.Create("F-2026-000123")!;

        Assert.False(CreditorReference.IsValid(reference.Replace("123", "124", StringComparison.Ordinal)));
        Assert.False(CreditorReference.IsValid(reference.Replace("123", "132", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("--")]
    [InlineData("1234567890123456789012")]
    public void What_has_no_reference_gives_none(string number) => Assert.Null(CreditorReference.Create(number));

    [Theory]
    [InlineData("RF")]
    [InlineData("RF18")]
    [InlineData("RFX8539007547034")]
    [InlineData("FR18539007547034")]
    [InlineData("RF18-539007547034")]
    public void Nonsense_is_not_valid(string text) => Assert.False(CreditorReference.IsValid(text));
}
