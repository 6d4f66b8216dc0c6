using TiersLieux.Market.Domain.Network;
using Xunit;

namespace TiersLieux.Market.Domain.Tests.Network;

public sealed class CompanyIdentifiersTests
{
    [Theory]
    [InlineData("123456824", "123456824")]
    [InlineData(" 123 456 824 ", "123456824")]
    [InlineData("123\u00a0456\u202f824", "123456824")]
    [InlineData("356000000", "356000000")]
    public void A_siren_in_any_spelling(string text, string value) => Valid(value, CompanyIdentifiers.Siren(text));

    [Theory]
    [InlineData(null, "siren-form")]
    [InlineData("", "siren-form")]
    [InlineData("12345682", "siren-form")]
    [InlineData("1234568244", "siren-form")]
    [InlineData("12345682A", "siren-form")]
    [InlineData("١٢٣٤٥٦٨٢٤", "siren-form")]
    [InlineData("123456825", "siren-key")]
    [InlineData("213456824", "siren-key")]
    [InlineData("000000000", "siren-key")]
    public void Not_a_siren(string? text, string code) => Refused(code, CompanyIdentifiers.Siren(text));

    [Fact]
    public void One_wrong_digit_is_always_found()
    {
        const string right = "123456824";
        for (var i = 0; i < right.Length; i++)
        {
            for (var digit = '0'; digit <= '9'; digit++)
            {
                if (digit != right[i]) Refused("siren-key", CompanyIdentifiers.Siren(right[..i] + digit + right[(i + 1)..]));
            }
        }
    }

    [Theory]
    [InlineData("12345682400010")]
    [InlineData("123 456 824 00010")]
    [InlineData("35600000000048")]
    [InlineData("35600000049837")]
    public void A_siret_and_those_of_la_poste_by_their_own_rule(string text) => Valid(text.Replace(" ", "", StringComparison.Ordinal), CompanyIdentifiers.Siret(text));

    [Theory]
    [InlineData("1234568240001", "siret-form")]
    [InlineData("12345682400011", "siret-key")]
    [InlineData("12345682500010", "siret-key")]
    [InlineData("35600000049838", "siret-key")]
    public void Not_a_siret(string text, string code) => Refused(code, CompanyIdentifiers.Siret(text));

    [Theory]
    [InlineData("FR40123456824")]
    [InlineData("fr 40 123 456 824")]
    [InlineData("FR0J123456824")]
    [InlineData("FR7A123456824", false)]
    public void A_vat_number_with_a_key_of_digits_or_letters(string text, bool right = true) =>
        Assert.Equal(right, CompanyIdentifiers.VatNumber(text) is IdentifierCheck.Valid);

    [Theory]
    [InlineData("DE123456789", "vat-form")]
    [InlineData("FR4012345682", "vat-form")]
    [InlineData("FRIO123456824", "vat-form")]
    [InlineData("FR41123456824", "vat-key")]
    [InlineData("FR40123456825", "siren-key")]
    public void Not_a_vat_number(string text, string code) => Refused(code, CompanyIdentifiers.VatNumber(text));

    [Fact]
    public void The_vat_number_of_a_siren_is_one() => Valid("FR40123456824", CompanyIdentifiers.VatNumber(CompanyIdentifiers.VatNumberOf("123456824")));

    [Theory]
    [InlineData("W595001234")]
    [InlineData("w 595 001 234")]
    [InlineData("W9R1001234")]
    [InlineData("W2A1001234")]
    public void An_rna(string text) => Assert.IsType<IdentifierCheck.Valid>(CompanyIdentifiers.Rna(text));

    [Theory]
    [InlineData("595001234")]
    [InlineData("W59500123")]
    [InlineData("W5950012345")]
    [InlineData("W59A001234")]
    [InlineData("X595001234")]
    public void Not_an_rna(string text) => Refused("rna-form", CompanyIdentifiers.Rna(text));

    private static void Valid(string value, IdentifierCheck check) => Assert.Equal(value, Assert.IsType<IdentifierCheck.Valid>(check).Value);

    private static void Refused(string code, IdentifierCheck check)
    {
        var reason = Assert.IsType<IdentifierCheck.Refused>(check).Reason;
        Assert.Equal(code, reason.Code);
        Assert.NotNull(reason.Field);
    }
}
