using Microsoft.Extensions.Primitives;
using TiersLieux.Market.Web.Orders;
using Xunit;

namespace TiersLieux.Market.Web.Tests.Orders;

public class QuoteFormTests
{
    private static readonly string Offer = Guid.CreateVersion7().ToString();

    [Theory]
    [InlineData("1 200,5", 1200.5)]
    [InlineData("40", 40)]
    [InlineData("0.5", 0.5)]
    public void Quantities_are_read_as_people_write_them(string typed, double expected) =>
        Assert.Equal((decimal)expected, Form(typed, "Lille").Wish!.Lines[0].Quantity);

    [Theory]
    [InlineData("quarante")]
    [InlineData("-3")]
    [InlineData("0")]
    [InlineData("1e9")]
    [InlineData("")]
    public void What_is_no_quantity_is_a_fault_of_its_field_and_kept_as_typed(string typed)
    {
        var form = Form(typed, "Lille");

        Assert.Null(form.Wish);
        Assert.Equal("quantity[0]", Assert.Single(form.Faults).Field);
        Assert.Equal(typed, form.Lines[0].Quantity);
    }

    [Fact]
    public void A_form_without_an_item_or_a_place_says_so()
    {
        Assert.Contains(QuoteForm.Of([]).Faults, f => f.Field == "lines");
        Assert.Contains(Form("4", "").Faults, f => f.Field == "city");
    }

    [Fact]
    public void Its_query_reads_back_as_the_same_form()
    {
        var form = Form("40", "Saint-Omer & cie");
        var query = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(form.ToQuery(refused: true));

        Assert.Equal(form.Lines, QuoteForm.Of(query).Lines);
        Assert.Equal(form.City, QuoteForm.Of(query).City);
    }

    private static QuoteForm Form(string quantity, string city) => QuoteForm.Of(new Dictionary<string, StringValues>(StringComparer.Ordinal)
    {
        ["offerId"] = Offer, ["quantity"] = quantity, ["city"] = city,
    });
}
