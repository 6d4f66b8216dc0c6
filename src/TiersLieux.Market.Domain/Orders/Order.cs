using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Domain.Orders.Replanning;
using TiersLieux.Market.Domain.Routing;

namespace TiersLieux.Market.Domain.Orders;

public enum OrderState
{
    /// <summary>Capacity is being held, machine by machine.</summary>
    Holding,

    /// <summary>Everything is held until the deadline; the deposit is awaited.</summary>
    AwaitingDeposit,

    /// <summary>Paid or on terms; holds are being turned into reservations.</summary>
    Confirming,

    /// <summary>Workshops make it.</summary>
    InProduction,

    /// <summary>All made and on its way; the receipt is awaited.</summary>
    Delivered,

    /// <summary>Receipt signed; invoices are being issued.</summary>
    Received,

    /// <summary>Final invoice issued; the balance is awaited.</summary>
    AwaitingBalance,

    /// <summary>Paid; the workshops' shares are being transferred.</summary>
    Settling,

    /// <summary>Everybody is paid.</summary>
    Completed,

    /// <summary>Ended before anything was made: expired, refused or cancelled; its time is given back, and its deposit if one was paid.</summary>
    Cancelled,
}

public sealed record OrderLine(int Line, Guid OfferId, string Title, decimal Quantity, string Unit, decimal VatRate, bool IsService, Money ExclTax);

/// <summary>What is bought: one promise date, one price, made by several workshops.</summary>
public sealed class Order
{
    private readonly List<WorkOrder> _workOrders = [];

    private Order() { }

    public Order(Guid id, string number, Quote quote, Plan plan, Guid personId, Guid? organisationId, Address deliverTo, Money deposit, DateTime now)
    {
        Id = id;
        Number = number;
        QuoteId = quote.Id;
        PlanKind = plan.Kind;
        Plan = plan;
        PersonId = personId;
        OrganisationId = organisationId;
        DeliverTo = deliverTo;
        PromiseDate = plan.PromiseDate;
        ExclTax = plan.Price.ExclTax;
        Tax = plan.Price.Tax;
        InclTax = plan.Price.InclTax;
        Deposit = deposit;
        CreatedAt = now;
        State = OrderState.Holding;
        DueAt = now + OwnStep;
    }

    /// <summary>Who changes an order goes on with it at once; only when they did not does the sweep look at it.</summary>
    private static TimeSpan OwnStep { get; } = TimeSpan.FromSeconds(20);

    public Guid Id { get; private set; }

    /// <summary>CMD-2026-000123.</summary>
    public string Number { get; private set; } = "";

    public Guid QuoteId { get; private set; }

    public PlanKind PlanKind { get; private set; }

    /// <summary>The accepted plan. Who makes what now, is in the work orders.</summary>
    public Plan Plan { get; private set; } = null!;

    public Guid PersonId { get; private set; }

    public Guid? OrganisationId { get; private set; }

    public Address DeliverTo { get; private set; } = null!;

    public IReadOnlyList<OrderLine> Lines { get; init; } = [];

    public OrderState State { get; private set; }

    public DateOnly PromiseDate { get; private set; }

    public Money ExclTax { get; private set; }

    public Money Tax { get; private set; }

    public Money InclTax { get; private set; }

    /// <summary>Incl. VAT; zero for a customer with approved terms.</summary>
    public Money Deposit { get; private set; }

    public DateTime CreatedAt { get; private set; }

    /// <summary>Until when the capacity is kept while the deposit is awaited.</summary>
    public DateTime? HeldUntil { get; private set; }

    /// <summary>When the sweep looks again; null while only people can move it on.</summary>
    public DateTime? DueAt { get; private set; }

    public DateTime? DeliveredAt { get; private set; }

    /// <summary>Name typed under the receipt.</summary>
    public string? ReceivedBy { get; private set; }

    /// <summary>Date of supply: the day the receipt was signed, Paris.</summary>
    public DateOnly? ReceivedOn { get; private set; }

    /// <summary>What the customer noted at the receipt, if anything.</summary>
    public string? ReceiptReserve { get; private set; }

    public string? CancelReason { get; private set; }

    /// <summary>What the customer is asked when what is left cannot be made in time; null while nothing is.</summary>
    public LaterDate? LaterDate { get; private set; }

    public int Version { get; private set; }

    public IReadOnlyList<WorkOrder> WorkOrders => _workOrders;

    /// <summary>Work orders that count: neither declined nor replaced.</summary>
    public IEnumerable<WorkOrder> LiveWorkOrders => _workOrders.Where(w => w.IsLive);

    public void AddWorkOrder(WorkOrder workOrder) => _workOrders.Add(workOrder);

    public void Held(DateTime until)
    {
        Move(OrderState.Holding, OrderState.AwaitingDeposit);
        HeldUntil = until;
        DueAt = until;
    }

    /// <summary>A customer on terms owes no deposit: straight to confirming.</summary>
    public void HeldOnTerms(DateTime now)
    {
        Move(OrderState.Holding, OrderState.Confirming);
        DueAt = now + OwnStep;
    }

    /// <summary>Keeps the capacity longer, while a payment is under way.</summary>
    public void ExtendHold(DateTime until)
    {
        if (State != OrderState.AwaitingDeposit || until <= HeldUntil) return;
        HeldUntil = until;
        DueAt = until;
    }

    public void DepositPaid(DateTime now)
    {
        Move(OrderState.AwaitingDeposit, OrderState.Confirming);
        DueAt = now + OwnStep;
    }

    public void Confirmed()
    {
        Move(OrderState.Confirming, OrderState.InProduction);
        HeldUntil = null;
        DueAt = null;
    }

    /// <summary>A work order must find another workshop; the sweep tries again at <paramref name="next"/> if nobody does sooner.</summary>
    public void LookAgain(DateTime? next)
    {
        DueAt = next;
    }

    /// <summary>What is left is planned anew; price and promise stay.</summary>
    /// <returns>False, and nothing is changed, when work that was to be replaced has begun in the meantime.</returns>
    public bool Replan(IReadOnlyList<KeptPart> kept, DateTime now)
    {
        var parts = kept.Select(part => (WorkOrder: _workOrders.First(w => w.Id == part.WorkOrder), part.Operations)).ToList();
        if (parts.Exists(part => part.Operations.Count == 0 && part.WorkOrder is { HasBegun: true, NeedsReplacement: false })) return false;
        foreach (var (work, operations) in parts)
        {
            if (operations.Count == 0) work.Replace(now);
            else work.Shorten(operations);
        }

        return true;
    }

    /// <summary>A later date is found; it is asked once its time is held.</summary>
    public void FindLater(LaterDate later)
    {
        LaterDate = later;
    }

    public void AskLater()
    {
        LaterDate = LaterDate! with { IsAsked = true };
        DueAt = LaterDate.AnswerBy;
    }

    /// <summary>The customer agrees to the later date.</summary>
    /// <returns>False, and nothing is changed, when the plan is no longer possible.</returns>
    public bool AgreeToLater(DateTime now)
    {
        if (LaterDate is not { } later || !Replan(later.Kept, now)) return false;
        foreach (var work in _workOrders) work.Adopt();
        PromiseDate = later.PromiseDate;
        LaterDate = null;
        DueAt = now + OwnStep;
        return true;
    }

    /// <summary>The later date is off: not answered, not possible any more, or not needed.</summary>
    public void DropLater(DateTime now)
    {
        foreach (var work in _workOrders.Where(w => w.State == WorkOrderState.Tentative)) work.Replace(now);
        LaterDate = null;
        DueAt = now;
    }

    /// <summary>The customer does not want it later, and nothing is made yet.</summary>
    public void CancelForLater(DateTime now)
    {
        Move(OrderState.InProduction, OrderState.Cancelled);
        foreach (var work in _workOrders.Where(w => w.IsLive || w.NeedsReplacement || w.State == WorkOrderState.Tentative)) work.Replace(now);
        CancelReason = LaterDateRefused;
        LaterDate = null;
        DueAt = now + OwnStep;
    }

    /// <summary>Why an order was cancelled whose deposit is given back.</summary>
    public const string LaterDateRefused = "later-date-refused";

    public void Delivered(DateTime now)
    {
        Move(OrderState.InProduction, OrderState.Delivered);
        DeliveredAt = now;
        DueAt = null;
    }

    public void Receive(string by, string? reserve, DateTime now)
    {
        Move(OrderState.Delivered, OrderState.Received);
        ReceivedBy = by;
        ReceivedOn = ParisTime.DateOf(now);
        ReceiptReserve = reserve;
        DueAt = now + OwnStep;
    }

    public void Invoiced()
    {
        Move(OrderState.Received, OrderState.AwaitingBalance);
        DueAt = null;
    }

    public void BalancePaid(DateTime now)
    {
        Move(OrderState.AwaitingBalance, OrderState.Settling);
        DueAt = now + OwnStep;
    }

    public void Settled()
    {
        Move(OrderState.Settling, OrderState.Completed);
        DueAt = null;
    }

    /// <summary>Falls before it is confirmed. It stays due until its capacity has been given back.</summary>
    public void Cancel(string reason, DateTime now)
    {
        if (State is not (OrderState.Holding or OrderState.AwaitingDeposit or OrderState.Confirming))
            throw new InvalidOperationException($"Order {Number} is {State}.");
        State = OrderState.Cancelled;
        CancelReason = reason;
        HeldUntil = null;
        DueAt = now + OwnStep;
    }

    private void Move(OrderState from, OrderState to)
    {
        if (State != from) throw new InvalidOperationException($"Order {Number} is {State}, not {from}.");
        State = to;
    }
}
