using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Domain.Orders;
using TiersLieux.Market.Grains.Common;
using TiersLieux.Market.Grains.Orders;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Storage.Auditing;
using TiersLieux.Market.Storage.Messaging;

namespace TiersLieux.Market.Grains.Capacity;

/// <summary>What happens when a machine breaks down.</summary>
public sealed partial class MachineGrain
{
    private static readonly TimeSpan LongestBreakdown = TimeSpan.FromDays(365);

    public async Task<Outcome> ReportBreakdown(Guid personId, DateTime until, string reason)
    {
        var actor = await actors.FindAsync(personId);
        var now = clock.UtcNow();
        if (until <= now || until > now + LongestBreakdown)
            return Outcome.Refused(new Reason("until-out-of-range", "Indiquez une date de retour à venir, dans l'année.", "Give a date of return to come, within a year.") { Field = "until" });
        if (string.IsNullOrWhiteSpace(reason))
            return Outcome.Refused(new Reason("reason-missing", "Dites en quelques mots ce qui se passe.", "Say in a few words what happened.") { Field = "reason" });
        var refusal = await writer.WriteAsync(async (db, c) =>
        {
            if (await ChargeAsync(db, actor, c) is not { } machine) return Reasons.NotYours;
            if (await BreakdownAsync(db, now, c) is { } known) known.EndAt(until);
            else db.Add(new Closure(Guid.CreateVersion7(), machine.PlaceId, ResourceId, new Interval(now, until), reason.Trim()));
            // The orders learn of it even when this program ends here.
            foreach (var order in await TakeOffAsync(db, new Interval(now, until), c))
                db.Add(new OutboxMessage(MachineBrokenHandler.MessageKind, FormattableString.Invariant($"{order:N}:{ResourceId:N}:{now.Ticks}"), JsonSerializer.Serialize(new MachineBroken(order, ResourceId, now, until)), now));

            db.Add(new AuditEntry(now, actor.PersonId, actor.Name, "machine", ResourceId, "breakdown", null, FormattableString.Invariant($"{until:O} {reason.Trim()}")));
            db.AfterCommit(board.Reload);
            return null;
        });
        if (refusal is null) KillPoints.Pass(KillPoints.MachineDown);
        relay.Wake();
        return Outcome.Of(refusal);
    }

    public async Task<Outcome> ReportRepair(Guid personId)
    {
        var actor = await actors.FindAsync(personId);
        return Outcome.Of(await writer.WriteAsync(async (db, c) =>
        {
            if (await ChargeAsync(db, actor, c) is null) return Reasons.NotYours;
            var now = clock.UtcNow();
            if (await BreakdownAsync(db, now, c) is not { } breakdown) return null;
            breakdown.EndAt(now);
            db.Add(new AuditEntry(now, actor.PersonId, actor.Name, "machine", ResourceId, "repair", null, null));
            db.AfterCommit(board.Reload);
            return (Reason?)null;
        }));
    }

    /// <summary>The machine, if the actor may speak for it.</summary>
    private async Task<Resource?> ChargeAsync(MarketDbContext db, Actor actor, CancellationToken cancellation)
    {
        if (actor.IsAnonymous || await db.Set<Resource>().AsNoTracking().FirstOrDefaultAsync(r => r.Id == ResourceId, cancellation) is not { } machine) return null;
        if (actor.IsAdministrator || actor.Has(Role.PlaceManager, RoleScope.Place, machine.PlaceId)) return machine;
        return await db.Set<Workshop>().AsNoTracking().FirstOrDefaultAsync(w => w.Id == machine.WorkshopId, cancellation) is { } workshop && actor.ActsFor(workshop.OrganisationId) ? machine : null;
    }

    private Task<Closure?> BreakdownAsync(MarketDbContext db, DateTime now, CancellationToken cancellation) =>
        db.Set<Closure>().FirstOrDefaultAsync(c => c.ResourceId == ResourceId && c.Start <= now && c.End > now, cancellation);

    /// <summary>Gives back production time in which the machine is down, and cuts off what is under way. Returns the orders that it was for.</summary>
    private async Task<IReadOnlyList<Guid>> TakeOffAsync(MarketDbContext db, Interval down, CancellationToken cancellation)
    {
        var hit = await db.Set<Occupation>()
            .Where(o => o.ResourceId == ResourceId && o.Seat == ProductionSeat && (o.Kind == OccupationKind.Hold || o.Kind == OccupationKind.Reservation) && o.Start < down.End && down.Start < o.End)
            .ToListAsync(cancellation);
        var owners = hit.Select(o => o.OwnerId).ToArray();
        var works = await db.Set<WorkOrder>().Where(w => owners.Contains(w.Id)).Select(w => new { w.Id, w.OrderId }).ToListAsync(cancellation);
        hit.RemoveAll(o => !works.Exists(w => w.Id == o.OwnerId));
        foreach (var occupation in hit.Where(o => o.Start < down.Start)) occupation.CutAt(down.Start);
        db.RemoveRange(hit.Where(o => o.Start >= down.Start));
        return [.. works.Select(w => w.OrderId).Distinct()];
    }
}

/// <summary>What an order must know of a machine that broke down.</summary>
public sealed record MachineBroken(Guid Order, Guid Machine, DateTime From, DateTime Until);

/// <summary>Tells an order that a machine it needs broke down.</summary>
public sealed class MachineBrokenHandler(IGrainFactory grains) : IOutboxHandler
{
    public const string MessageKind = "machine-broken";

    public string Kind => MessageKind;

    public async Task HandleAsync(OutboxMessage message, CancellationToken cancellation)
    {
        var broken = JsonSerializer.Deserialize<MachineBroken>(message.Payload)!;
        await grains.GetGrain<IOrderGrain>(broken.Order).MachineBroken(broken.Machine, broken.From, broken.Until);
    }
}
