using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Routing.Rescheduling;

namespace TiersLieux.Market.Domain.Orders;

public enum WorkOrderState
{
    /// <summary>Part of an order that is not confirmed yet; the workshop does not see it.</summary>
    Planned,

    /// <summary>Waiting for the workshop's yes or no.</summary>
    Proposed,
    Accepted,
    InProgress,
    Done,

    /// <summary>The workshop said no, let its deadline pass, or its machine is gone.</summary>
    Declined,

    /// <summary>Planned anew with the rest of the order before it had begun.</summary>
    Replaced,
}

/// <summary>One operation of one lot at one workshop.</summary>
/// <param name="Segments">Working stretches; more than one where it is interrupted at closing time.</param>
public sealed record WorkOrderOperation(
    int Line, int Lot, int Sequence, string Process, Guid MachineId, decimal Quantity,
    DateTime Start, DateTime End, IReadOnlyList<Interval> Segments, int PeopleMinutes);

/// <summary>What one workshop must do for one order, and its share of the price.</summary>
public sealed class WorkOrder
{
    private WorkOrder() { }

    public WorkOrder(
        Guid id, Guid orderId, string number, Guid workshopId, Guid workshopOrganisationId,
        IReadOnlyList<WorkOrderOperation> operations, decimal quantity, Money share)
    {
        Id = id;
        OrderId = orderId;
        Number = number;
        WorkshopId = workshopId;
        WorkshopOrganisationId = workshopOrganisationId;
        Operations = operations;
        Quantity = quantity;
        Share = share;
        Start = operations.Min(o => o.Start);
        End = operations.Max(o => o.End);
    }

    /// <summary>More rejects than anybody makes.</summary>
    private const decimal MostRejected = 1_000_000m;

    public Guid Id { get; private set; }

    public Guid OrderId { get; private set; }

    /// <summary>CMD-2026-000123-A: the order's number and a letter.</summary>
    public string Number { get; private set; } = "";

    public Guid WorkshopId { get; private set; }

    public Guid WorkshopOrganisationId { get; private set; }

    public IReadOnlyList<WorkOrderOperation> Operations { get; private set; } = [];

    /// <summary>Pieces that pass through this workshop.</summary>
    public decimal Quantity { get; private set; }

    /// <summary>What the workshop earns for it, excl. VAT; shown before it accepts.</summary>
    public Money Share { get; private set; }

    public DateTime Start { get; private set; }

    public DateTime End { get; private set; }

    public WorkOrderState State { get; private set; } = WorkOrderState.Planned;

    /// <summary>Until when the workshop may answer.</summary>
    public DateTime? AnswerBy { get; private set; }

    public decimal QuantityDone { get; private set; }

    public decimal QuantityRejected { get; private set; }

    public string? QualityNote { get; private set; }

    public string? DeclineReason { get; private set; }

    public DateTime? DoneAt { get; private set; }

    /// <summary>When its work was planned elsewhere.</summary>
    public DateTime? ReplacedAt { get; private set; }

    public int Version { get; private set; }

    /// <summary>Counts for the order: neither declined nor replaced.</summary>
    public bool IsLive => State is not (WorkOrderState.Declined or WorkOrderState.Replaced);

    /// <summary>Nobody makes this part yet: declined, and not planned elsewhere.</summary>
    public bool NeedsReplacement => State == WorkOrderState.Declined && ReplacedAt is null;

    public bool HasBegun => State is WorkOrderState.InProgress or WorkOrderState.Done;

    public void Propose(DateTime answerBy)
    {
        if (State != WorkOrderState.Planned) return;
        State = WorkOrderState.Proposed;
        AnswerBy = answerBy;
    }

    /// <summary>Neither begun nor about to: its times may still be changed.</summary>
    public bool MayMove(DateTime now) =>
        State is WorkOrderState.Proposed or WorkOrderState.Accepted && Operations.All(o => o.Start >= now + RunningShop.Freeze);

    /// <summary>The same work at other times, and on other machines of the same workshop. Its share and the workshop's yes stay good.</summary>
    /// <param name="operations">All of them.</param>
    /// <exception cref="InvalidOperationException">It has begun, or is not the workshop's yet.</exception>
    public void Reschedule(IReadOnlyList<WorkOrderOperation> operations)
    {
        if (State is not (WorkOrderState.Proposed or WorkOrderState.Accepted)) throw new InvalidOperationException($"Work order {Number} is {State}.");
        Operations = operations;
        Start = operations.Min(o => o.Start);
        End = operations.Max(o => o.End);
    }

    public Reason? Accept()
    {
        if (State == WorkOrderState.Accepted) return null;
        if (State != WorkOrderState.Proposed) return WrongState();
        State = WorkOrderState.Accepted;
        AnswerBy = null;
        return null;
    }

    public Reason? Decline(string reason)
    {
        if (State is not (WorkOrderState.Proposed or WorkOrderState.Accepted)) return WrongState();
        State = WorkOrderState.Declined;
        DeclineReason = reason;
        AnswerBy = null;
        return null;
    }

    /// <summary>The program's own decline: the time it was planned for is gone.</summary>
    public void Lose(string reason)
    {
        State = WorkOrderState.Declined;
        DeclineReason = reason;
        AnswerBy = null;
    }

    /// <summary>Its work is planned elsewhere from now on.</summary>
    public void Replace(DateTime now)
    {
        if (State != WorkOrderState.Declined) State = WorkOrderState.Replaced;
        ReplacedAt = now;
        AnswerBy = null;
    }

    /// <summary>Progress so far: totals, not increments, so that saying it twice changes nothing.</summary>
    public Reason? Report(decimal done, decimal rejected, string? note)
    {
        if (State is not (WorkOrderState.Accepted or WorkOrderState.InProgress)) return WrongState();
        if (rejected is < 0 or > MostRejected)
            return new Reason("quantity-out-of-range", $"Indiquez des rebuts entre 0 et {MostRejected:0}.", $"Give rejects between 0 and {MostRejected:0}.") { Field = "rejected" };
        if (done < 0 || done > Quantity)
            return new Reason("quantity-out-of-range", $"Indiquez une quantité entre 0 et {Quantity:0.##}.", $"Give a quantity between 0 and {Quantity:0.##}.") { Field = "done" };
        State = WorkOrderState.InProgress;
        QuantityDone = done;
        QuantityRejected = rejected;
        QualityNote = string.IsNullOrWhiteSpace(note) ? null : note.Trim();
        return null;
    }

    public Reason? Finish(DateTime now)
    {
        if (State == WorkOrderState.Done) return null;
        if (State is not (WorkOrderState.Accepted or WorkOrderState.InProgress)) return WrongState();
        if (QuantityDone < Quantity)
            return new Reason("quantity-missing", $"Il manque {Quantity - QuantityDone:0.##} pièces sur {Quantity:0.##}.", $"{Quantity - QuantityDone:0.##} of {Quantity:0.##} pieces are missing.") { Field = "done" };
        State = WorkOrderState.Done;
        DoneAt = now;
        return null;
    }

    private Reason WrongState() => new(
        "work-order-moved-on",
        "Cet ordre de fabrication a changé d'état entre-temps. Rechargez la page.",
        "This work order has moved on in the meantime. Reload the page.");
}
