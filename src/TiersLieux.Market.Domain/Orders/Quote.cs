using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Domain.Routing;

namespace TiersLieux.Market.Domain.Orders;

/// <summary>One line of what was asked for, as the catalogue stood then.</summary>
public sealed record QuoteLine(int Line, Guid OfferId, string Title, decimal Quantity, string Unit, decimal VatRate, bool IsService);

/// <summary>An answer to a request: up to four plans, valid until a day. No capacity is kept before one is accepted.</summary>
public sealed class Quote
{
    private Quote() { }

    public Quote(
        Guid id, string number, Guid? personId, Guid? organisationId, DateTime createdAt, DateTime validUntil,
        string deliverToInsee, string deliverToName, DateOnly? dueDate,
        IReadOnlyList<QuoteLine> lines, IReadOnlyList<Plan> plans)
    {
        Id = id;
        Number = number;
        PersonId = personId;
        OrganisationId = organisationId;
        CreatedAt = createdAt;
        ValidUntil = validUntil;
        DeliverToInsee = deliverToInsee;
        DeliverToName = deliverToName;
        DueDate = dueDate;
        Lines = lines;
        Plans = plans;
    }

    public Guid Id { get; private set; }

    /// <summary>DEV-2026-000123.</summary>
    public string Number { get; private set; } = "";

    public Guid? PersonId { get; private set; }

    public Guid? OrganisationId { get; private set; }

    public DateTime CreatedAt { get; private set; }

    public DateTime ValidUntil { get; private set; }

    public string DeliverToInsee { get; private set; } = "";

    public string DeliverToName { get; private set; } = "";

    public DateOnly? DueDate { get; private set; }

    public IReadOnlyList<QuoteLine> Lines { get; private set; } = [];

    public IReadOnlyList<Plan> Plans { get; private set; } = [];

    /// <summary>Why this plan cannot be accepted by this person now, or null.</summary>
    public Reason? Refuses(Actor actor, PlanKind kind, DateTime now)
    {
        if (ValidUntil <= now)
            return new Reason("quote-expired", "Ce devis n'est plus valable. Demandez-en un nouveau, cela prend un instant.", "This quote has expired. Ask for a new one, it takes a moment.");
        if (PersonId is { } owner && owner != actor.PersonId && !actor.IsAdministrator && !(OrganisationId is { } organisation && actor.ActsFor(organisation)))
            return new Reason("not-yours", "Ce devis a été établi pour quelqu'un d'autre.", "This quote was made for somebody else.");
        if (Plans.FirstOrDefault(p => p.Kind == kind) is not { } plan)
            return new Reason("no-such-plan", "Ce devis ne contient pas ce plan.", "This quote has no such plan.") { Field = "plan" };
        return plan.Lots.Any(l => l.Operations.Any(o => o.Start < now))
            ? new Reason("plan-past", "Ce plan devait déjà commencer : sa date ne tient plus. Demandez un nouveau devis, cela prend un instant.", "This plan should have begun by now: its date no longer holds. Ask for a new quote, it takes a moment.") { Field = "plan" }
            : null;
    }
}
