using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TiersLieux.Market.Domain.Catalogue;
using TiersLieux.Market.Domain.Catalogue.Search;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Storage.Auditing;
using TiersLieux.Market.Storage.Writing;
using TiersLieux.Market.Testing;
using TiersLieux.Market.Web.Catalogue;
using Xunit;

namespace TiersLieux.Market.Web.Tests.Catalogue;

public sealed class ListingDeskTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, OnEachDatabase]
    public async Task An_offer_goes_from_draft_by_the_circle_to_the_catalogue_and_each_step_is_audited(MarketProvider provider)
    {
        await using var market = await SmallMarket.CreateAsync(provider);
        var id = Guid.CreateVersion7();

        var made = Assert.IsType<ListingResult.Done>(await market.Desk.CreateAsync(market.Artisan, id, market.Draft("Étagère d'essai"), Token));
        Assert.Equal("etagere-d-essai", made.Code);
        Assert.IsType<ListingResult.Done>(await market.Desk.SubmitAsync(market.Artisan, id, Token));
        Assert.Equal([id], (await market.Desk.WaitingAsync(market.Circle.Id, Token)).Select(o => o.Id));
        Assert.Equal("reason-missing", Code(await market.Desk.ReturnAsync(market.Animator, id, "  ", Token)));
        Assert.IsType<ListingResult.Done>(await market.Desk.ReturnAsync(market.Animator, id, "Précisez le bois.", Token));

        var returned = Assert.Single(await market.Desk.MineAsync(market.Artisan, Token));
        Assert.Equal((OfferState.Returned, "Précisez le bois."), (returned.State, returned.ReturnReason));
        Assert.IsType<ListingResult.Done>(await market.Desk.RewriteAsync(market.Artisan, id, returned.Version, market.Draft("Étagère en frêne", routed: true), Token));
        Assert.IsType<ListingResult.Done>(await market.Desk.SubmitAsync(market.Artisan, id, Token));
        Assert.Empty((await market.Catalogue.GetAsync(Token)).Offers);
        Assert.IsType<ListingResult.Done>(await market.Desk.PublishAsync(market.Animator, id, Token));

        var shown = Assert.Single((await market.Catalogue.GetAsync(Token)).Offers).Value;
        Assert.Equal(("Étagère en frêne", "sciage"), (shown.Title.French, Assert.Single(shown.Processes)));
        Assert.Equal([id], (await market.Catalogue.GetAsync(Token)).Search.Find(new OfferQuery("etagere frene")).Offers);

        Assert.IsType<ListingResult.Done>(await market.Desk.WithdrawAsync(market.Artisan, id, Token));
        Assert.Empty((await market.Catalogue.GetAsync(Token)).Offers);

        await using var db = market.Read();
        var audit = (await db.Set<AuditEntry>().Where(a => a.Subject == "offer" && a.SubjectId == id).ToListAsync(Token)).OrderBy(a => a.Id).ToList();
        Assert.Equal(["created", "submitted", "returned", "rewritten", "submitted", "published", "withdrawn"], audit.Select(a => a.What));
        Assert.Equal("Returned: Précisez le bois.", audit[2].To);
        Assert.All(audit, a => Assert.Contains(a.ActorId, new[] { market.Artisan.PersonId, market.Animator.PersonId }));
    }

    [Fact]
    public async Task Only_artisans_of_the_organisation_change_an_offer_and_only_its_animator_answers()
    {
        await using var market = await SmallMarket.CreateAsync(MarketProvider.Sqlite);
        var id = Guid.CreateVersion7();
        Actor[] strangers = [Actor.Anonymous, market.OtherArtisan, market.Buyer, market.OtherAnimator];
        foreach (var actor in strangers.Append(market.Animator))
            Assert.Equal("not-allowed", Code(await market.Desk.CreateAsync(actor, Guid.CreateVersion7(), market.Draft("À un autre"), Token)));

        await market.Desk.CreateAsync(market.Artisan, id, market.Draft("Banc"), Token);
        foreach (var actor in strangers.Append(market.Animator))
        {
            Assert.Equal("not-allowed", Code(await market.Desk.RewriteAsync(actor, id, 0, market.Draft("Volé"), Token)));
            Assert.Equal("not-allowed", Code(await market.Desk.SubmitAsync(actor, id, Token)));
            Assert.Equal("not-allowed", Code(await market.Desk.WithdrawAsync(actor, id, Token)));
        }

        await market.Desk.SubmitAsync(market.Artisan, id, Token);
        foreach (var actor in strangers.Append(market.Artisan))
        {
            Assert.Equal("not-allowed", Code(await market.Desk.PublishAsync(actor, id, Token)));
            Assert.Equal("not-allowed", Code(await market.Desk.ReturnAsync(actor, id, "Non", Token)));
        }

        var offer = Assert.Single(await market.Desk.MineAsync(market.Artisan, Token));
        Assert.Equal(("Banc", OfferState.Submitted), (offer.Title.French, offer.State));
        Assert.Empty(await market.Desk.MineAsync(market.OtherArtisan, Token));
        Assert.True(ListingDesk.MayRead(market.Animator, offer));
        Assert.All(strangers, actor => Assert.False(ListingDesk.MayRead(actor, offer)));
        await using var db = market.Read();
        Assert.Equal(2, await db.Set<AuditEntry>().CountAsync(Token));
    }

    [Fact]
    public async Task A_form_that_is_out_of_date_overwrites_nothing_and_one_sent_twice_makes_one_offer()
    {
        await using var market = await SmallMarket.CreateAsync(MarketProvider.Sqlite);
        var id = Guid.CreateVersion7();
        await market.Desk.CreateAsync(market.Artisan, id, market.Draft("Banc"), Token);
        Assert.Equal("banc", Assert.IsType<ListingResult.Done>(await market.Desk.CreateAsync(market.Artisan, id, market.Draft("Banc"), Token)).Code);
        Assert.Equal("banc-2", Assert.IsType<ListingResult.Done>(await market.Desk.CreateAsync(market.Artisan, Guid.CreateVersion7(), market.Draft("Banc"), Token)).Code);

        var version = (await market.Desk.MineAsync(market.Artisan, Token)).Single(o => o.Id == id).Version;
        Assert.IsType<ListingResult.Done>(await market.Desk.RewriteAsync(market.Artisan, id, version, market.Draft("Banc long"), Token));
        Assert.Equal("offer-moved-on", Code(await market.Desk.RewriteAsync(market.Artisan, id, version, market.Draft("Banc court"), Token)));
        Assert.Equal("Banc long", (await market.Desk.MineAsync(market.Artisan, Token)).Single(o => o.Id == id).Title.French);
    }

    private static string? Code(ListingResult result) => (result as ListingResult.Refused)?.Reason.Code;

    /// <summary>Two organisations, two circles, one process, and the people who act for them.</summary>
    private sealed class SmallMarket(TestDatabase database, ServiceProvider services) : IAsyncDisposable
    {
        private readonly Organisation _organisation = NewOrganisation("atelier-imaginaire");
        private readonly Organisation _other = NewOrganisation("autre-imaginaire");
        private readonly Circle _otherCircle = new(Guid.CreateVersion7(), "oise", CircleKind.Territorial, new Text("Oise", "Oise"));

        public Circle Circle { get; } = new(Guid.CreateVersion7(), "somme", CircleKind.Territorial, new Text("Somme", "Somme"));

        public Actor Artisan => Person(_organisation.Id, new ActorRole(Role.Artisan, RoleScope.Organisation, _organisation.Id));

        public Actor OtherArtisan => Person(_other.Id, new ActorRole(Role.Artisan, RoleScope.Organisation, _other.Id));

        public Actor Buyer => Person(_organisation.Id, new ActorRole(Role.Buyer, RoleScope.Organisation, _organisation.Id));

        public Actor Animator => Person(null, new ActorRole(Role.Animator, RoleScope.Circle, Circle.Id));

        public Actor OtherAnimator => Person(null, new ActorRole(Role.Animator, RoleScope.Circle, _otherCircle.Id));

        public ListingDesk Desk => services.GetRequiredService<ListingDesk>();

        public OfferCatalogue Catalogue => services.GetRequiredService<OfferCatalogue>();

        public static async Task<SmallMarket> CreateAsync(MarketProvider provider)
        {
            var database = await TestDatabase.CreateAsync(provider);
            var services = new ServiceCollection();
            services.AddLogging();
            services.AddMarketStorage(database.Database);
            services.AddSingleton<OfferCatalogue>();
            services.AddSingleton<ListingDesk>();
            var market = new SmallMarket(database, services.BuildServiceProvider());
            await market.Services.GetRequiredService<IMarketWriter>().WriteAsync(db =>
            {
                db.AddRange(market._organisation, market._other, market.Circle, market._otherCircle, new Process("sciage", new Text("Sciage", "Sawing"), null, null, "saw"));
            }, Token);
            return market;
        }

        private ServiceProvider Services => services;

        public MarketDbContext Read() => database.Database.CreateDbContext();

        public ListingDraft Draft(string title, bool routed = false) => new(
            _organisation.Id, OfferKind.Good, new Text(title, title), new Text("Pour les essais.", "For tests."), 20, Circle.Id, null, "saw", "pièce", 2, 1, 100, null, null, null, false,
            routed ? [new OfferOperation(10, "sciage", 5, 10, null, 0, 1, false, null, null)] : [],
            routed ? [] : [new QuantityBreak(1, new Money(4_200))]);

        public async ValueTask DisposeAsync()
        {
            await services.DisposeAsync();
            await database.DisposeAsync();
        }

        private static Actor Person(Guid? organisation, ActorRole role) => new(
            new Guid((int)role.Role + 1, 0, 0, (role.ScopeId ?? Guid.Empty).ToByteArray()[8..]), "Camille Exemple", organisation, [role]);

        private static Organisation NewOrganisation(string code) => new(
            Guid.CreateVersion7(), code, code + " (démo)", OrganisationKind.Company, VatRegime.Normal, new Address("1 rue de l'Exemple", "80000", "Amiens", "80021"), code + "@demo.invalid");
    }
}
