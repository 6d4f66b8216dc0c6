using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using TiersLieux.Market.Domain.Catalogue;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Web.Catalogue;
using TiersLieux.Market.Web.Pages.Catalogue.Listing;
using Xunit;

namespace TiersLieux.Market.Web.Tests.Catalogue;

public sealed class ListingCheckTests
{
    private static readonly Organisation Seller = new(
        Guid.CreateVersion7(), "atelier", "Atelier (démo)", OrganisationKind.Company, VatRegime.Normal, new Address("", "80000", "Amiens", "80021"), "a@demo.invalid");

    private static readonly ListingChoices Choices = new(
        [Seller],
        [new Circle(Guid.CreateVersion7(), "somme", CircleKind.Territorial, new Text("Somme", "Somme"))],
        CatalogueNames.None with { Processes = new Dictionary<string, Process>(StringComparer.Ordinal) { ["sciage"] = new("sciage", new Text("Sciage", "Sawing"), null, null, "saw") } });

    [Fact]
    public void What_was_typed_becomes_a_draft()
    {
        var (draft, errors) = ListingCheck.Read(Typed(("etape[0].preparation", "7,5"), ("max", "1 000")), Choices);
        Assert.Empty(errors);
        Assert.NotNull(draft);
        Assert.Equal((7.5m, 12m, .5m), (draft.Routing[0].SetUpMinutes, draft.Routing[0].UnitMinutes, draft.Routing[0].Attendance));
        Assert.Equal(("saw", 1000m, SellerMode.Consortium), (draft.Mark, draft.MaxQuantity, draft.SellerMode));
        Assert.Equal("Banc pliant", draft.Title.English);
    }

    [Theory]
    [InlineData("titre", "")]
    [InlineData("description", "court")]
    [InlineData("cercle", "nulle-part")]
    [InlineData("procede", "magie")]
    [InlineData("max", "beaucoup")]
    [InlineData("max", "0,5")]
    [InlineData("tva", "19,6")]
    [InlineData("structure", "")]
    [InlineData("etape[0].procede", "")]
    [InlineData("etape[0].temps", "-3")]
    [InlineData("etape[0].largeur", "300")]
    public void A_wrong_value_is_said_at_its_field_and_kept(string field, string value)
    {
        var form = Typed((field, value));
        var (draft, errors) = ListingCheck.Read(form, Choices);
        Assert.Null(draft);
        var expected = field == "etape[0].largeur" ? "etape[0].profondeur" : field;
        Assert.Contains(expected, errors.Keys);
        Assert.Equal("Banc pliant" == form.Title, field != "titre");
    }

    [Fact]
    public void A_price_of_ones_own_needs_a_price()
    {
        Assert.Contains("prix[0].euros", ListingCheck.Read(Typed(("vente", "prix")), Choices).Errors.Keys);
        var (draft, _) = ListingCheck.Read(Typed(("vente", "prix"), ("prix[0].euros", "42,50")), Choices);
        Assert.Equal([new QuantityBreak(1, new Money(4_250))], draft!.Prices);
        Assert.Equal(SellerMode.Producer, draft.SellerMode);
    }

    [Fact]
    public void Buttons_add_move_and_take_away_rows()
    {
        var form = Typed();
        Assert.True(form.Rearrange("ajouter-etape"));
        Assert.Equal(2, form.Steps.Count);
        Assert.True(form.Rearrange("monter-etape:1"));
        Assert.Equal("sciage", form.Steps[1].Process);
        Assert.True(form.Rearrange("retirer-etape:0"));
        Assert.Equal("sciage", Assert.Single(form.Steps).Process);
        Assert.False(form.Rearrange("retirer-etape:7"));
        Assert.False(form.Rearrange("enregistrer"));
    }

    private static ListingForm Typed(params (string Field, string Value)[] changes)
    {
        var values = new Dictionary<string, StringValues>(StringComparer.Ordinal)
        {
            ["structure"] = Seller.Id.ToString(), ["titre"] = "Banc pliant", ["description"] = "Un banc de deux places qui se plie.", ["genre"] = "good", ["vente"] = "gamme",
            ["cercle"] = "somme", ["procede"] = "sciage", ["unite"] = "pièce", ["min"] = "1", ["max"] = "50", ["tva"] = "20",
            ["etape[0].procede"] = "sciage", ["etape[0].preparation"] = "5", ["etape[0].temps"] = "12", ["etape[0].presence"] = "50",
            ["prix[0].des"] = "1", ["prix[0].euros"] = "",
        };
        foreach (var (field, value) in changes) values[field] = value;
        return ListingForm.Read(new FormCollection(values));
    }
}
