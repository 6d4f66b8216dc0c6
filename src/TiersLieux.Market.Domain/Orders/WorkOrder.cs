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

    /// <summary>Planned anew with the rest of the order before it had begun, or fallen with its order.</summary>
    Replaced,

    /// <summary>For a later date that the customer has not agreed to yet; its time is held, the workshop does not see it.</summary>
    Tentative,
}

/// <summary>One operation of one lot at one workshop.</summary>
/// <param name="Segments">Working stretches; more than one where it is interrupted at closing time.</param>
public sealed record WorkOrderOperation(
    int Line, int Lot, int Sequence, string Process, Guid MachineId, decimal Quantity,
    DateTime Start, DateTime End, IReadOnlyList<Interval> Segments, int PeopleMinutes)
{
    /// <summary>From when on its machine is not there for it any more: what is not made by then must be planned again. Null when all is well.</summary>
    public DateTime? LostFrom { get; init; }

    /// <summary>What of it is made, in whole pieces where it has whole pieces; null when nothing is.</summary>
    /// <param name="until">What was planned before this instant counts as made; null when it stopped for another reason.</param>
    /// <param name="reported">Pieces that the workshop says are done: it may be ahead of the plan.</param>
    internal WorkOrderOperation? Made(DateTime? until, decimal reported)
    {
        List<Interval> worked = [.. Segments.Select(s => s.End <= until ? s : new Interval(s.Start, until ?? s.Start)).Where(s => !s.IsEmpty)];
        var (part, all) = (worked.Sum(s => s.Length.Ticks), Segments.Sum(s => s.Length.Ticks));
        var made = Math.Max(Math.Round(Quantity * part / all, Quantity % 1 == 0 ? 0 : 3, MidpointRounding.ToZero), Math.Min(reported, Quantity));
        if (made <= 0) return null;
        if (made == Quantity) return this with { LostFrom = null };
        return this with { Quantity = made, End = worked.Count > 0 ? worked[^1].End : Start, Segments = worked, PeopleMinutes = (int)(PeopleMinutes * part / all), LostFrom = null };
    }
}

/// <summary>What one workshop must do for one order, and its share of the price.</summary>
public sealed class WorkOrder
{
    private WorkOrder() { }

    public WorkOrder(
        Guid id, Guid orderId, string number, Guid workshopId, Guid workshopOrganisationId,
        IReadOnlyList<WorkOrderOperation> operations, Money share)
    {
        Id = id;
        OrderId = orderId;
        Number = number;
        WorkshopId = workshopId;
        WorkshopOrganisationId = workshopOrganisationId;
        Operations = operations;
        Quantity = Pieces(operations);
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

    /// <summary>Counts for the order: neither declined, replaced nor tentative.</summary>
    public bool IsLive => State is not (WorkOrderState.Declined or WorkOrderState.Replaced or WorkOrderState.Tentative);

    /// <summary>Nobody makes all of this part yet: declined and not planned elsewhere, or interrupted.</summary>
    public bool NeedsReplacement => (State == WorkOrderState.Declined && ReplacedAt is null) || (IsLive && Operations.Any(o => o.LostFrom is not null));

    /// <summary>Whether the workshop itself did not want it, rather than having lost the time for it.</summary>
    public bool WasRefused => State == WorkOrderState.Declined && DeclineReason is not (SlotTaken or MachineDown);

    /// <summary>The program's reasons for a decline.</summary>
    public const string SlotTaken = "slot-taken";

    public const string MachineDown = "machine-down";

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

    /// <summary>Its work is planned elsewhere from now on, or nobody needs it any more.</summary>
    public void Replace(DateTime now)
    {
        if (State != WorkOrderState.Declined) State = WorkOrderState.Replaced;
        ReplacedAt = now;
        AnswerBy = null;
    }

    /// <summary>Waits for the customer's word on a later date.</summary>
    public void WaitForCustomer()
    {
        if (State == WorkOrderState.Planned) State = WorkOrderState.Tentative;
    }

    /// <summary>The customer agreed: an ordinary part of the order.</summary>
    public void Adopt()
    {
        if (State == WorkOrderState.Tentative) State = WorkOrderState.Planned;
    }

    /// <summary>A machine is not there for a while. Begun work keeps what is made by then; work not begun is lost as a whole.</summary>
    /// <returns>Whether there is anything to plan again.</returns>
    public bool Interrupt(Guid machine, Interval down)
    {
        if (State == WorkOrderState.Done || !IsLive || QuantityDone >= Quantity || !Uses(machine, down)) return false;
        if (HasBegun) Operations = [.. Operations.Select(o => IsHit(o, machine, down) ? o with { LostFrom = o.Start > down.Start ? o.Start : down.Start } : o)];
        else Lose(MachineDown);
        return true;
    }

    /// <summary>Whether it needs a machine at some time of a stretch.</summary>
    public bool Uses(Guid machine, Interval time) => Operations.Any(o => IsHit(o, machine, time));

    private static bool IsHit(WorkOrderOperation operation, Guid machine, Interval time) =>
        operation.MachineId == machine && operation.LostFrom is null && operation.Start < time.End && time.Start < operation.End;

    /// <summary>
    /// The workshop keeps what it has made of work that is planned on elsewhere. Its share is cut in proportion to the working time of the pieces made:
    /// rates, materials and minimum were agreed for the whole and are not told apart in it.
    /// </summary>
    /// <param name="kept">At least one operation.</param>
    public void Shorten(IReadOnlyList<WorkOrderOperation> kept)
    {
        var all = Operations.Sum(Minutes);
        var made = kept.Sum(k => Operations.Where(o => o.MachineId == k.MachineId && o.Start == k.Start).Sum(o => Minutes(o) * k.Quantity / o.Quantity));
        if (all > 0) Share = new Money(Rounding.HalfAwayFromZero(Share.Cents * made / all));
        Operations = kept;
        Quantity = Pieces(kept);
        QuantityDone = Math.Min(QuantityDone, Quantity);
        Start = kept.Min(o => o.Start);
        End = kept.Max(o => o.End);
    }

    /// <summary>Pieces that pass through: of each lot, those of the step that has most.</summary>
    private static decimal Pieces(IEnumerable<WorkOrderOperation> operations) => operations
        .GroupBy(o => (o.Line, o.Lot))
        .Sum(lot => lot.GroupBy(o => o.Sequence).Max(step => step.Sum(o => o.Quantity)));

    /// <summary>Of the pieces that it says are done, those of one lot; the lots that begin first are done first.</summary>
    internal decimal DoneOf(int line, int lot)
    {
        var left = QuantityDone;
        foreach (var one in Operations.GroupBy(o => (o.Line, o.Lot)).OrderBy(l => l.Min(o => o.Start)).ThenBy(l => l.Key))
        {
            var done = Math.Min(left, Pieces(one));
            if (one.Key == (line, lot)) return done;
            left -= done;
        }

        return 0;
    }

    private static decimal Minutes(WorkOrderOperation operation) => operation.Segments.Sum(s => (decimal)s.Length.TotalMinutes);

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
        // Finished in spite of a breakdown: nothing is left to plan.
        if (NeedsReplacement) Operations = [.. Operations.Select(o => o with { LostFrom = null })];
        return null;
    }

    private Reason WrongState() => new(
        "work-order-moved-on",
        "Cet ordre de fabrication a changé d'état entre-temps. Rechargez la page.",
        "This work order has moved on in the meantime. Reload the page.");
}
