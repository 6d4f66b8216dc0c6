using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Catalogue;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Storage.Auditing;
using TiersLieux.Market.Storage.Writing;

namespace TiersLieux.Market.Web.Catalogue;

/// <summary>
/// Listing an offer and publishing it. Artisans change what their own organisation lists; the animator of the offer's circle publishes it or
/// sends it back. Each change is one write with its line in the audit log.
/// </summary>
public sealed class ListingDesk(IDbContextFactory<MarketDbContext> databases, IMarketWriter writer, OfferCatalogue catalogue, TimeProvider clock)
{
    private static readonly Reason Unknown = new("not-found", "Cette offre n'existe pas, ou plus.", "This offer does not exist, or not any more.");
    private static readonly Reason NotArtisan = new("not-allowed", "Seul un artisan de la structure qui propose cette offre peut la modifier.", "Only an artisan of the organisation that lists this offer can change it.");
    private static readonly Reason NotAnimator = new("not-allowed", "Seule la personne qui anime ce cercle peut publier ou renvoyer cette offre.", "Only the animator of this circle can publish this offer or send it back.");
    private static readonly Reason MovedOn = new("offer-moved-on", "Quelqu'un a modifié cette offre entre-temps. Rouvrez-la : votre saisie est encore dans la page précédente.", "Somebody has changed this offer in the meantime. Open it again: what you typed is still on the previous page.");
    private static readonly Reason NoCircle = new("circle-missing", "Choisissez le cercle qui relira l'offre.", "Choose the circle that will review the offer.") { Field = "cercle" };
    private static readonly Reason Bookable = new("offer-bookable", "Cette offre se règle depuis la page du lieu, avec sa machine ou son espace.", "This offer is set on the page of its place, with its machine or space.");

    /// <summary>Organisations for which somebody may list.</summary>
    public static IReadOnlyList<Guid> OrganisationsOf(Actor actor) =>
        [.. actor.Roles.Where(r => r is { Role: Role.Artisan, Scope: RoleScope.Organisation, ScopeId: not null }).Select(r => r.ScopeId!.Value)
            .Distinct().OrderByDescending(id => id == actor.OrganisationId)];

    /// <summary>Circles somebody animates; an administrator animates all.</summary>
    public async Task<IReadOnlyList<Circle>> CirclesOfAsync(Actor actor, CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var circles = await db.Set<Circle>().AsNoTracking().ToListAsync(cancellation);
        return [.. circles.Where(c => actor.Has(Role.Animator, RoleScope.Circle, c.Id)).OrderBy(c => c.Name.French, StringComparer.CurrentCultureIgnoreCase)];
    }

    /// <summary>Everything the person's organisations list, newest first.</summary>
    public async Task<IReadOnlyList<Offer>> MineAsync(Actor actor, CancellationToken cancellation = default)
    {
        var organisations = OrganisationsOf(actor);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var offers = await db.Set<Offer>().AsNoTracking().Where(o => organisations.Contains(o.SellerOrganisationId)).ToListAsync(cancellation);
        return [.. offers.OrderByDescending(o => o.CreatedAt).ThenBy(o => o.Title.French, StringComparer.CurrentCultureIgnoreCase)];
    }

    /// <summary>Offers that wait for a circle's answer.</summary>
    public async Task<IReadOnlyList<Offer>> WaitingAsync(Guid circleId, CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var offers = await db.Set<Offer>().AsNoTracking().Where(o => o.CircleId == circleId && o.State == OfferState.Submitted).ToListAsync(cancellation);
        return [.. offers.OrderBy(o => o.CreatedAt)];
    }

    public static bool MayEdit(Actor actor, Offer offer) => actor.Has(Role.Artisan, RoleScope.Organisation, offer.SellerOrganisationId);

    public static bool MayPublish(Actor actor, Offer offer) => offer.CircleId is { } circle ? actor.Has(Role.Animator, RoleScope.Circle, circle) : actor.IsAdministrator;

    /// <summary>Who may read an offer that is not published: those who list it and those who review it.</summary>
    public static bool MayRead(Actor actor, Offer offer) => offer.State == OfferState.Published || MayEdit(actor, offer) || MayPublish(actor, offer);

    public async Task<ListingResult> CreateAsync(Actor actor, Guid id, ListingDraft draft, CancellationToken cancellation = default)
    {
        if (!actor.Has(Role.Artisan, RoleScope.Organisation, draft.OrganisationId)) return new ListingResult.Refused(NotArtisan);
        var now = clock.UtcNow();
        return await writer.WriteAsync<ListingResult>(async (db, c) =>
        {
            // The same form sent twice makes one offer.
            if (await db.Set<Offer>().FirstOrDefaultAsync(o => o.Id == id, c) is { } made)
                return MayEdit(actor, made) ? new ListingResult.Done(made.Id, made.Code, made.Title) : new ListingResult.Refused(NotArtisan);
            var offer = new Offer(id, await FreeCodeAsync(db, draft.Title.French, c), draft.Kind, draft.SellerMode, draft.OrganisationId, draft.Title, draft.Description, draft.VatRate)
            {
                CircleId = draft.CircleId,
                Filiere = draft.Filiere,
                PlaceId = await PlaceOfAsync(db, draft, c),
                Mark = draft.Mark,
                Unit = draft.Unit,
                UnitWeightKg = draft.UnitWeightKg,
                MinQuantity = draft.MinQuantity,
                MaxQuantity = draft.MaxQuantity,
                Origin = draft.Origin,
                LeadDays = draft.LeadDays,
                DesignLicence = draft.DesignLicence,
                MadeToSpecification = draft.MadeToSpecification,
                CreatedAt = now,
            }.WithRouting(draft.Routing).WithPrices(draft.Prices);
            db.Add(offer);
            db.Add(Audit(now, actor, offer, "created", null));
            return new ListingResult.Done(offer.Id, offer.Code, offer.Title);
        }, cancellation);
    }

    /// <summary>Writes an offer anew. A published one leaves the catalogue until the circle has read it again.</summary>
    /// <param name="version">Of the offer as it was read into the form.</param>
    public Task<ListingResult> RewriteAsync(Actor actor, Guid id, int version, ListingDraft draft, CancellationToken cancellation = default) =>
        ChangeAsync(actor, id, MayEdit, NotArtisan, "rewritten", async (db, offer, c) =>
        {
            if (offer.IsBookable) return Bookable;
            if (offer.Version != version) return MovedOn;
            offer.Rewrite(draft.Title, draft.Description, draft.VatRate);
            db.Entry(offer).CurrentValues.SetValues(new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                [nameof(Offer.Kind)] = draft.Kind,
                [nameof(Offer.SellerMode)] = draft.SellerMode,
                [nameof(Offer.CircleId)] = draft.CircleId,
                [nameof(Offer.Filiere)] = draft.Filiere,
                [nameof(Offer.PlaceId)] = await PlaceOfAsync(db, draft, c),
                [nameof(Offer.Mark)] = draft.Mark,
                [nameof(Offer.Unit)] = draft.Unit,
                [nameof(Offer.UnitWeightKg)] = draft.UnitWeightKg,
                [nameof(Offer.MinQuantity)] = draft.MinQuantity,
                [nameof(Offer.MaxQuantity)] = draft.MaxQuantity,
                [nameof(Offer.Origin)] = draft.Origin,
                [nameof(Offer.LeadDays)] = draft.LeadDays,
                [nameof(Offer.DesignLicence)] = draft.DesignLicence,
                [nameof(Offer.MadeToSpecification)] = draft.MadeToSpecification,
            });
            offer.WithRouting(draft.Routing).WithPrices(draft.Prices);
            return null;
        }, cancellation);

    public Task<ListingResult> SubmitAsync(Actor actor, Guid id, CancellationToken cancellation = default) =>
        ChangeAsync(actor, id, MayEdit, NotArtisan, "submitted", (_, offer, _) => Task.FromResult(offer.CircleId is null ? NoCircle : offer.Submit()), cancellation);

    /// <summary>Takes an offer out of the catalogue; its orders go on.</summary>
    public Task<ListingResult> WithdrawAsync(Actor actor, Guid id, CancellationToken cancellation = default) =>
        ChangeAsync(actor, id, MayEdit, NotArtisan, "withdrawn", (_, offer, _) =>
        {
            offer.Withdraw();
            return Task.FromResult<Reason?>(null);
        }, cancellation);

    public Task<ListingResult> PublishAsync(Actor actor, Guid id, CancellationToken cancellation = default) =>
        ChangeAsync(actor, id, MayPublish, NotAnimator, "published", (_, offer, _) => Task.FromResult(offer.Publish()), cancellation);

    public Task<ListingResult> ReturnAsync(Actor actor, Guid id, string reason, CancellationToken cancellation = default) =>
        ChangeAsync(actor, id, MayPublish, NotAnimator, "returned", (_, offer, _) => Task.FromResult(offer.Return(reason)), cancellation);

    private async Task<ListingResult> ChangeAsync(
        Actor actor, Guid id, Func<Actor, Offer, bool> may, Reason otherwise, string what,
        Func<MarketDbContext, Offer, CancellationToken, Task<Reason?>> change, CancellationToken cancellation)
    {
        var now = clock.UtcNow();
        ListingResult result;
        try
        {
            result = await writer.WriteAsync<ListingResult>(async (db, c) =>
            {
                if (await db.Set<Offer>().FirstOrDefaultAsync(o => o.Id == id, c) is not { } offer) return new ListingResult.Refused(Unknown);
                if (!may(actor, offer)) return new ListingResult.Refused(otherwise);
                var before = offer.State;
                if (await change(db, offer, c) is { } reason)
                {
                    db.ChangeTracker.Clear();
                    return new ListingResult.Refused(reason);
                }

                db.Add(Audit(now, actor, offer, what, before));
                return new ListingResult.Done(offer.Id, offer.Code, offer.Title);
            }, cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new ListingResult.Refused(MovedOn);
        }

        if (result is ListingResult.Done) await catalogue.RefreshAsync(CancellationToken.None);
        return result;
    }

    private static AuditEntry Audit(DateTime now, Actor actor, Offer offer, string what, OfferState? before) =>
        new(now, actor.PersonId, actor.Name, "offer", offer.Id, what, before?.ToString(), offer.State == OfferState.Returned ? $"{offer.State}: {offer.ReturnReason}" : offer.State.ToString());

    /// <summary>What the artisan sells stands at their own place; what the network makes stands at none.</summary>
    private static async Task<Guid?> PlaceOfAsync(MarketDbContext db, ListingDraft draft, CancellationToken cancellation)
    {
        if (draft.SellerMode == SellerMode.Consortium) return null;
        var workshop = await db.Set<Workshop>().AsNoTracking().FirstOrDefaultAsync(w => w.OrganisationId == draft.OrganisationId, cancellation);
        if (workshop is not null) return workshop.PlaceId;
        return (await db.Set<Place>().AsNoTracking().FirstOrDefaultAsync(p => p.OrganisationId == draft.OrganisationId, cancellation))?.Id;
    }

    /// <summary>The title as part of an address, with a number where it is taken.</summary>
    private static async Task<string> FreeCodeAsync(MarketDbContext db, string title, CancellationToken cancellation)
    {
        var code = OfferCodes.Of(title);
        var taken = (await db.Set<Offer>().Where(o => o.Code.StartsWith(code)).Select(o => o.Code).ToListAsync(cancellation)).ToHashSet(StringComparer.Ordinal);
        if (!taken.Contains(code)) return code;
        var number = 2;
        while (taken.Contains($"{code}-{number}")) number++;
        return $"{code}-{number}";
    }
}
