using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Domain.Catalogue;

public enum OfferKind
{
    Good,
    Service,
    Machine,
    Space,
    Equipment,
    Training,
    Expert,
}

/// <summary>Who is the legal seller (rules of invoicing: who sells).</summary>
public enum SellerMode
{
    Consortium,
    Producer,
    Place,
}

public enum OfferState
{
    Draft,
    Submitted,
    Published,

    /// <summary>Sent back by the circle's animator with a reason.</summary>
    Returned,
    Withdrawn,
}

/// <summary>One operation of the routing of a good: what process, how long, with what material.</summary>
public sealed record OfferOperation(
    int Sequence,
    string Process,
    decimal SetUpMinutes,
    decimal UnitMinutes,
    string? Material,
    decimal MaterialPerUnit,
    decimal Attendance,
    bool Interruptible,
    int? MinWidthMm,
    int? MinDepthMm)
{
    /// <summary>Whether the times were observed or are estimates; shown beside them.</summary>
    public bool TimesObserved { get; init; }
}

/// <summary>From this quantity on, this price per unit, excl. VAT.</summary>
public sealed record QuantityBreak(decimal From, Money UnitPrice);

/// <summary>A good, a service, a bookable resource or a training in the catalogue.</summary>
public sealed class Offer
{
    private readonly List<OfferOperation> _routing = [];
    private readonly List<QuantityBreak> _breaks = [];

    private Offer() { }

    public Offer(Guid id, string code, OfferKind kind, SellerMode sellerMode, Guid sellerOrganisationId, Text title, Text description, decimal vatRate)
    {
        Id = id;
        Code = code;
        Kind = kind;
        SellerMode = sellerMode;
        SellerOrganisationId = sellerOrganisationId;
        Title = title;
        Description = description;
        VatRate = vatRate;
    }

    public Guid Id { get; private set; }

    public string Code { get; private set; } = "";

    public OfferKind Kind { get; private set; }

    public SellerMode SellerMode { get; private set; }

    public Guid SellerOrganisationId { get; private set; }

    public Text Title { get; private set; } = null!;

    public Text Description { get; private set; } = null!;

    /// <summary>Percent: 20, 10, 5.5, 2.1 or 0; what a seller outside VAT charges follows from its regime.</summary>
    public decimal VatRate { get; private set; }

    public OfferState State { get; private set; } = OfferState.Draft;

    /// <summary>Why the animator sent it back.</summary>
    public string? ReturnReason { get; private set; }

    public Guid? CircleId { get; init; }

    public string? Filiere { get; init; }

    /// <summary>Workshop that alone makes it; null where any capable workshop may.</summary>
    public Guid? WorkshopId { get; init; }

    public Guid? PlaceId { get; init; }

    /// <summary>The machine, space or equipment that is booked.</summary>
    public Guid? ResourceId { get; init; }

    /// <summary>Mark of the process that characterises it.</summary>
    public string Mark { get; init; } = "assembly";

    public string Unit { get; init; } = "pièce";

    public decimal UnitWeightKg { get; init; }

    public decimal MinQuantity { get; init; } = 1;

    public decimal MaxQuantity { get; init; } = 10_000;

    /// <summary>Materials and where they come from, in a sentence.</summary>
    public Text? Origin { get; init; }

    /// <summary>Working days to make it, for an offer at a fixed price.</summary>
    public int? LeadDays { get; init; }

    /// <summary>The open design it follows and its licence, to be shown with it.</summary>
    public string? DesignLicence { get; init; }

    /// <summary>Made to the customer's specification: no right of withdrawal (L221-28 3° Code de la consommation).</summary>
    public bool MadeToSpecification { get; init; }

    public DateTime CreatedAt { get; init; }

    public int Version { get; private set; }

    /// <summary>How it is made; empty where the price is fixed and only its own workshop makes it.</summary>
    public IReadOnlyList<OfferOperation> Routing => _routing;

    /// <summary>Fixed price by quantity, ascending; empty where the price follows from the routing.</summary>
    public IReadOnlyList<QuantityBreak> Prices => _breaks;

    public bool IsRouted => _routing.Count > 0;

    public bool IsBookable => Kind is OfferKind.Machine or OfferKind.Space or OfferKind.Equipment or OfferKind.Training or OfferKind.Expert;

    public Offer WithRouting(IEnumerable<OfferOperation> operations)
    {
        _routing.Clear();
        _routing.AddRange(operations.OrderBy(o => o.Sequence));
        return this;
    }

    public Offer WithPrices(IEnumerable<QuantityBreak> prices)
    {
        _breaks.Clear();
        _breaks.AddRange(prices.OrderBy(p => p.From));
        return this;
    }

    /// <summary>Changes what the seller wrote; a published offer goes back to draft so that the circle sees the change.</summary>
    public void Rewrite(Text title, Text description, decimal vatRate)
    {
        Title = title;
        Description = description;
        VatRate = vatRate;
        State = OfferState.Draft;
    }

    public Reason? Submit()
    {
        if (State is OfferState.Published or OfferState.Submitted)
            return new Reason("offer-already-submitted", "Cette offre est déjà proposée ou publiée.", "This offer is already submitted or published.");
        if (!IsRouted && _breaks.Count == 0 && ResourceId is null)
            return new Reason("offer-incomplete", "Indiquez une gamme ou un prix avant de proposer l'offre.", "Add a routing or a price before you submit the offer.") { Field = "routing" };
        State = OfferState.Submitted;
        ReturnReason = null;
        return null;
    }

    public Reason? Publish()
    {
        if (State != OfferState.Submitted)
            return new Reason("offer-not-submitted", "Seule une offre proposée peut être publiée.", "Only a submitted offer can be published.");
        State = OfferState.Published;
        return null;
    }

    public Reason? Return(string reason)
    {
        if (State != OfferState.Submitted)
            return new Reason("offer-not-submitted", "Seule une offre proposée peut être renvoyée.", "Only a submitted offer can be sent back.");
        if (string.IsNullOrWhiteSpace(reason))
            return new Reason("reason-missing", "Dites pourquoi, pour que l'artisan puisse corriger.", "Say why, so that the artisan can mend it.") { Field = "reason" };
        State = OfferState.Returned;
        ReturnReason = reason.Trim();
        return null;
    }

    public void Withdraw()
    {
        State = OfferState.Withdrawn;
    }
}
