using System.Diagnostics;
using TiersLieux.Market.Domain.Catalogue;
using TiersLieux.Market.Domain.Catalogue.Search;
using TiersLieux.Market.Domain.Common;
using Xunit;

namespace TiersLieux.Market.Domain.Tests.Catalogue;

public sealed class OfferSearchTests
{
    private static readonly OfferDocument Bench = Offer("Banc d'écolier Schoolbench", "Sciage Bois", "Chêne de l'Avesnois", ["sciage"], price: 28_400, lead: 12);
    private static readonly OfferDocument Stool = Offer("Tabouret en pin", "Assemblage bois", "Peut suivre un banc dans une série", ["collage-assemblage-bois"], price: 4_500, lead: 6);
    private static readonly OfferDocument Bag = Offer("Sac en bâche", "Couture Textile", "Toile de récupération", ["couture"], circle: "inclusion", filiere: "textile", price: 1_850, lead: 4);
    private static readonly OfferDocument Badge = Offer("Badge gravé", "Découpe laser Gravure laser", "Contreplaqué de peuplier", ["decoupe-laser", "gravure-laser"], price: 300);
    private static readonly OfferDocument Laser = Offer("Machine à commande numérique", "Découpe laser", "100 W", ["decoupe-laser"], OfferKind.Machine, place: "maison-navette", price: 1_800);
    private static readonly OfferSearch Search = new([Bench, Stool, Bag, Badge, Laser]);

    [Theory]
    [InlineData("ecolier")]
    [InlineData("ÉCOLIER")]
    [InlineData("bâNc d'écolier")]
    [InlineData("ecoliers")]
    public void Accents_case_and_plurals_do_not_matter(string words) => Assert.Equal([Bench.Id], Found(words));

    [Theory]
    [InlineData("tabuoret", "swapped")]
    [InlineData("taboure", "missing, a beginning")]
    [InlineData("tabourret", "doubled")]
    [InlineData("tabpuret", "wrong")]
    [InlineData("tqboueet", "two in eight letters")]
    public void A_typing_slip_is_forgiven(string words, string slip) => Assert.True(Found(words).SequenceEqual([Stool.Id]), slip);

    [Theory]
    [InlineData("sic")]
    [InlineData("xyzt")]
    [InlineData("tabxxxet")]
    public void What_is_not_there_is_not_found(string words) => Assert.Empty(Found(words));

    [Fact]
    public void The_title_counts_more_than_the_description() => Assert.Equal([Bench.Id, Stool.Id], Found("banc"));

    [Fact]
    public void The_title_counts_more_than_the_process()
    {
        var engraved = Offer("Plaque laser", "Impression", "", []);
        var search = new OfferSearch([Badge, Laser, engraved]);
        Assert.Equal(engraved.Id, search.Find(new OfferQuery("laser")).Offers[0]);
        Assert.Equal(3, search.Find(new OfferQuery("laser")).Offers.Count);
    }

    [Fact]
    public void Words_narrow_the_search_and_little_ones_do_not_count() => Assert.Equal([Bag.Id], Found("un sac de la toile"));

    [Fact]
    public void Without_an_offer_that_has_all_words_those_with_most_are_shown()
    {
        var found = Search.Find(new OfferQuery("sac bâche turquoise"));
        Assert.True(found.IsPartial);
        Assert.Equal([Bag.Id], found.Offers);
    }

    [Fact]
    public void Filters_hold_together()
    {
        Assert.Equal([Laser.Id], Search.Find(new OfferQuery(Kind: OfferKind.Machine)).Offers);
        Assert.Equal(2, Search.Find(new OfferQuery(Process: "decoupe-laser")).Offers.Count);
        Assert.Equal([Badge.Id], Search.Find(new OfferQuery(Process: "decoupe-laser", Kind: OfferKind.Good)).Offers);
        Assert.Equal([Bag.Id], Search.Find(new OfferQuery(Circle: "inclusion", Filiere: "textile")).Offers);
        Assert.Equal([Laser.Id], Search.Find(new OfferQuery(Place: "maison-navette")).Offers);
        Assert.Equal([Bag.Id], Search.Find(new OfferQuery(MaxLeadDays: 5)).Offers);
        Assert.Equal([Badge.Id], Search.Find(new OfferQuery(MaxPrice: new Money(300))).Offers);
        Assert.Empty(Search.Find(new OfferQuery(Process: "inconnu")).Offers);
    }

    [Fact]
    public void A_facet_counts_what_another_choice_would_give()
    {
        var found = Search.Find(new OfferQuery(Kind: OfferKind.Good, Process: "decoupe-laser"));
        Assert.Equal([new FacetCount("good", 1), new FacetCount("machine", 1)], found.Facets.Kinds);
        Assert.Equal(1, found.Facets.Processes.Single(p => p.Value == "couture").Count);
        Assert.DoesNotContain(found.Facets.Places, p => p.Value == "maison-navette");
    }

    [Fact]
    public void Slips_are_counted_as_people_make_them()
    {
        Assert.True(Spelling.Within("laser", "lsaer", 1));
        Assert.False(Spelling.Within("laser", "lsear", 1));
        Assert.True(Spelling.Within("broderie", "brodrie", 1));
        Assert.False(Spelling.Within("banc", "bain", 0));
        Assert.Equal([0, 1, 1, 2], new[] { 3, 4, 7, 8 }.Select(Spelling.Allowed));
    }

    [Fact]
    public void Five_thousand_offers_are_searched_in_a_blink()
    {
        string[] nouns = ["banc", "table", "sac", "lampe", "badge", "boîte", "plateau", "étagère", "tablier", "carnet"];
        var random = new Random(7);
        var search = new OfferSearch(Enumerable.Range(0, 5_000).Select(i => Offer(
            $"{nouns[i % nouns.Length]} modèle{i % 700}", "Découpe laser Bois", string.Join(' ', Enumerable.Range(0, 30).Select(_ => "mot" + random.Next(4_000))), ["decoupe-laser"])));
        string[] queries = ["etagere", "talbe", "modele12 lampe", "mot123 laser", "etagree"];
        foreach (var query in queries) Assert.NotEmpty(search.Find(new OfferQuery(query)).Offers);

        // The least of many runs: other programs on the machine must not decide.
        var least = Enumerable.Range(0, 200).Min(i =>
        {
            var start = Stopwatch.GetTimestamp();
            search.Find(new OfferQuery(queries[i % queries.Length]));
            return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        });
        TestContext.Current.TestOutputHelper?.WriteLine($"{least:0.000} ms");
        Assert.True(least < 5, $"{least:0.00} ms");
    }

    private static IReadOnlyList<Guid> Found(string words) => Search.Find(new OfferQuery(words)).Offers;

    private static OfferDocument Offer(
        string title, string trades, string body, string[] processes, OfferKind kind = OfferKind.Good,
        string? circle = null, string? place = null, string? filiere = null, long? price = null, int? lead = null) =>
        new(Guid.CreateVersion7(), kind, title, trades, body, processes, circle, place, filiere, price is { } cents ? new Money(cents) : null, lead);
}
