using TiersLieux.Market.Domain.Network;
using Xunit;

namespace TiersLieux.Market.Domain.Tests.Network;

public sealed class BankIdentifiersTests
{
    [Theory]
    [InlineData("FR1420041010050500013M02606")]
    [InlineData("fr14 2004 1010 0505 0001 3m02 606")]
    [InlineData("DE89370400440532013000")]
    [InlineData("BE68539007547034")]
    [InlineData("GB82WEST12345698765432")]
    [InlineData("TR330006100519786457841326")]
    public void An_iban(string text) => Assert.IsType<IdentifierCheck.Valid>(BankIdentifiers.Iban(text));

    [Theory]
    [InlineData(null, "iban-form")]
    [InlineData("FR14", "iban-form")]
    [InlineData("1414 2004 1010 0505", "iban-form")]
    [InlineData("FR1420041010050500013M0260", "iban-length")]
    [InlineData("FR1420041010050500013M026066", "iban-length")]
    [InlineData("FR1520041010050500013M02606", "iban-key")]
    [InlineData("FR1420041010050500013M02660", "iban-key")]
    public void Not_an_iban(string? text, string code) => Assert.Equal(code, Assert.IsType<IdentifierCheck.Refused>(BankIdentifiers.Iban(text)).Reason.Code);

    [Fact]
    public void One_wrong_sign_and_two_neighbours_swapped_are_always_found()
    {
        const string right = "FR1420041010050500013M02606";
        for (var i = 2; i < right.Length; i++)
        {
            for (var digit = '0'; digit <= '9'; digit++)
            {
                if (digit != right[i]) Assert.IsType<IdentifierCheck.Refused>(BankIdentifiers.Iban(right[..i] + digit + right[(i + 1)..]));
            }

            if (i + 1 < right.Length && right[i] != right[i + 1])
                Assert.IsType<IdentifierCheck.Refused>(BankIdentifiers.Iban(right[..i] + right[i + 1] + right[i] + right[(i + 2)..]));
        }
    }

    [Theory]
    [InlineData("59000", true)]
    [InlineData(" 02100 ", true)]
    [InlineData("97400", true)]
    [InlineData("98800", true)]
    [InlineData("00100", false)]
    [InlineData("96000", false)]
    [InlineData("99100", false)]
    [InlineData("5900", false)]
    [InlineData("5900O", false)]
    [InlineData(null, false)]
    public void A_postcode_begins_with_a_department(string? text, bool right) => Assert.Equal(right, Postcode.Check(text) is IdentifierCheck.Valid);
}
