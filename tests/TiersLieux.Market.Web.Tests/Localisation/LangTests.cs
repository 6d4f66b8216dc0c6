using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Web.Localisation;
using Xunit;

namespace TiersLieux.Market.Web.Tests.Localisation;

public sealed class LangTests
{
    [Theory]
    [InlineData("en", "en")]
    [InlineData("EN-gb", "en")]
    [InlineData("fr", "fr")]
    [InlineData("de", "fr")]
    [InlineData("", "fr")]
    [InlineData(null, "fr")]
    public void Anything_but_English_is_French(string? asked, string expected) =>
        Assert.Equal(expected, new Lang(Lang.Normal(asked)).Code);

    [Fact]
    public void Texts_and_reasons_come_in_the_language_of_the_visitor()
    {
        var reason = new Reason("taken", "C’est pris.", "It is taken.");
        Assert.Equal("C’est pris.", new Lang("fr").T(reason));
        Assert.Equal("It is taken.", new Lang("en").T(reason));
        Assert.Equal("bench", new Lang("en").T(new Text("banc", "bench")));
    }

    [Theory]
    [InlineData("Livré où ?", "Livré où\u00A0?")]
    [InlineData("« Lille » : oui ; non !", "«\u00A0Lille\u00A0»\u00A0: oui\u00A0; non\u00A0!")]
    [InlineData("Sans rien", "Sans rien")]
    [InlineData(" ?", "\u00A0?")]
    [InlineData("9:30", "9:30")]
    public void French_marks_never_start_a_line(string written, string shown) =>
        Assert.Equal(shown, new Lang("fr").T(written, "English : untouched"));
}
