using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Catalogue;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Domain.Orders;
using TiersLieux.Market.Domain.Routing;
using TiersLieux.Market.Grains.Capacity;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Storage.Numbering;
using TiersLieux.Market.Storage.Orders;
using TiersLieux.Market.Storage.Writing;

namespace TiersLieux.Market.Grains.Orders;

/// <summary>What somebody asks a price for.</summary>
/// <param name="Insee">Commune of delivery by official code; or by postal code and name.</param>
public sealed record QuoteWish(IReadOnlyList<QuoteWishLine> Lines, string? Insee, string? PostalCode, string? City, DateOnly? DueDate);

public sealed record QuoteWishLine(Guid OfferId, decimal Quantity);

public abstract record QuoteAnswer
{
    private QuoteAnswer()
    {
    }

    /// <param name="Unavailable">Lines that nobody can make as asked; without any plan all of them.</param>
    public sealed record Given(Quote Quote, IReadOnlyList<UnavailableLine> Unavailable) : QuoteAnswer;

    public sealed record Refused(Reason Reason) : QuoteAnswer;
}

/// <summary>Answers requests with plans. Quotes hold no capacity, so many are made at a time without a grain between them.</summary>
public sealed class QuoteDesk(IDbContextFactory<MarketDbContext> databases, IMarketWriter writer, CapacityBoard board, WorkShares shares, TimeProvider clock)
{
    private static readonly TimeSpan Validity = TimeSpan.FromDays(15);

    /// <summary>Plans without keeping them: the price that changes while somebody types.</summary>
    public Task<QuoteAnswer> PreviewAsync(QuoteWish wish, Actor actor, CancellationToken cancellation = default) => AnswerAsync(wish, actor, keep: false, cancellation);

    public Task<QuoteAnswer> CreateAsync(QuoteWish wish, Actor actor, CancellationToken cancellation = default) => AnswerAsync(wish, actor, keep: true, cancellation);

    private async Task<QuoteAnswer> AnswerAsync(QuoteWish wish, Actor actor, bool keep, CancellationToken cancellation)
    {
        var now = clock.UtcNow();
        if (wish.Lines.Count is 0 or > RoutingLimits.MaximumLines)
            return Refuse("lines", "quote-empty", $"Choisissez entre 1 et {RoutingLimits.MaximumLines} articles.", $"Choose between 1 and {RoutingLimits.MaximumLines} items.");

        await using var db = await databases.CreateDbContextAsync(cancellation);
        var commune = await CommuneSearch.FindAsync(db, wish.Insee, wish.PostalCode, wish.City, cancellation);
        if (commune is null)
            return Refuse("deliverTo", "commune-unknown", "Nous ne trouvons pas cette commune. Vérifiez le code postal et le nom.", "We can't find this town. Check the postal code and the name.");

        var ids = wish.Lines.Select(l => l.OfferId).Distinct().ToArray();
        var offers = await db.Set<Offer>().AsNoTracking().Where(o => ids.Contains(o.Id) && o.State == OfferState.Published).ToDictionaryAsync(o => o.Id, cancellation);
        var processes = await db.Set<Process>().AsNoTracking().ToDictionaryAsync(p => p.Code, p => p.Name, cancellation);
        var lines = new List<QuoteLine>();
        var routed = new List<RoutingLine>();
        var unavailable = new List<UnavailableLine>();
        for (var i = 0; i < wish.Lines.Count; i++)
        {
            var (number, asked) = (i + 1, wish.Lines[i]);
            if (!offers.TryGetValue(asked.OfferId, out var offer))
                return Refuse("lines", "offer-unknown", "Une des offres n'est plus au catalogue.", "One of the offers is no longer in the catalogue.");
            if (QuantityRefusal(offer, asked.Quantity) is { } wrong) return new QuoteAnswer.Refused(wrong);
            lines.Add(new QuoteLine(number, offer.Id, offer.Title.French, asked.Quantity, offer.Unit, offer.VatRate, offer.Kind == OfferKind.Service));
            if (OnlyDirectly(offer) is { } direct) unavailable.Add(new UnavailableLine(number, direct));
            else routed.Add(Route(number, asked.Quantity, offer, processes));
        }

        IReadOnlyList<Plan> plans = [];
        if (routed.Count > 0)
        {
            var rules = await PricingRulesStore.LoadAsync(db, ParisTime.DateOf(now), cancellation);
            var snapshot = await board.SnapshotAsync(cancellation);
            // Later than anything is planned, it asks for nothing.
            var due = wish.DueDate <= ParisTime.DateOf(now + RoutingLimits.Horizon) ? wish.DueDate : null;
            switch (RoutePlanner.Plan(new RoutingRequest(routed, commune.Position, now, due) { ShareOfWork = await shares.CurrentAsync(cancellation) }, snapshot, rules))
            {
                case RoutingResult.Refused refused:
                    return new QuoteAnswer.Refused(refused.Reason);
                case RoutingResult.Answered answered:
                    plans = answered.Plans;
                    unavailable.AddRange(answered.Unavailable);
                    break;
            }
        }

        var possible = lines.Where(l => unavailable.TrueForAll(u => u.Line != l.Line)).ToList();
        Quote Make(string number) => new(
            Guid.CreateVersion7(), number, actor.IsAnonymous ? null : actor.PersonId, actor.OrganisationId, now, now + Validity,
            commune.Insee, $"{PostalCodeOf(commune, wish.PostalCode)} {commune.Name}", wish.DueDate, possible, plans);

        if (!keep || plans.Count == 0) return new QuoteAnswer.Given(Make(""), unavailable);
        var quote = await writer.WriteAsync(async (write, c) =>
        {
            var made = Make(await ReferenceCounter.NextAsync(write, "DEV", ParisTime.DateOf(now).Year, c));
            write.Add(made);
            return made;
        }, cancellation);
        return new QuoteAnswer.Given(quote, unavailable);
    }

    /// <summary>How an offer is made, as the planner reads it.</summary>
    internal static RoutingLine Route(int number, decimal quantity, Offer offer, IReadOnlyDictionary<string, Text> processes) => new(
        number, quantity, offer.UnitWeightKg, 1,
        [.. offer.Routing.Select(o => new RoutingOperation(
            o.Sequence, o.Process, TimeSpan.FromMinutes((double)o.SetUpMinutes), TimeSpan.FromMinutes((double)o.UnitMinutes))
        {
            Name = processes.GetValueOrDefault(o.Process),
            Material = o.Material,
            MaterialPerUnit = o.MaterialPerUnit,
            Attendance = o.Attendance,
            Interruptible = o.Interruptible,
            Piece = o is { MinWidthMm: { } width, MinDepthMm: { } depth } ? new WorkArea(width, depth, 0) : null,
        })])
    {
        VatRate = offer.VatRate,
        OnlyWorkshop = offer.WorkshopId,
    };

    private static Reason? QuantityRefusal(Offer offer, decimal quantity) => quantity < offer.MinQuantity || quantity > offer.MaxQuantity
        ? new Reason(
            "quantity-out-of-range",
            $"« {offer.Title.French} » se commande de {offer.MinQuantity:0.##} à {offer.MaxQuantity:0.##}.",
            $"\"{offer.Title.English}\" is ordered from {offer.MinQuantity:0.##} to {offer.MaxQuantity:0.##}.") { Field = "quantity" }
        : null;

    private static Reason? OnlyDirectly(Offer offer) => offer switch
    {
        { IsBookable: true } => new Reason("book-instead", $"« {offer.Title.French} » se réserve sur le calendrier, sans devis.", $"\"{offer.Title.English}\" is booked on the calendar, without a quote."),
        { IsRouted: false } or { SellerMode: not SellerMode.Consortium } => new Reason(
            "sold-directly",
            $"« {offer.Title.French} » est vendu par l'atelier lui-même : prenez contact avec lui depuis la page de l'offre.",
            $"\"{offer.Title.English}\" is sold by the workshop itself: contact it from the offer's page."),
        _ => null,
    };

    private static string PostalCodeOf(Commune commune, string? asked)
    {
        var codes = commune.PostalCodes.Split(' ');
        return asked is not null && codes.Contains(asked) ? asked : codes[0];
    }

    private static QuoteAnswer.Refused Refuse(string field, string code, string french, string english) => new(new Reason(code, french, english) { Field = field });
}
