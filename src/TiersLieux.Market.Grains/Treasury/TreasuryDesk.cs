using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Grains.Billing;
using TiersLieux.Market.Grains.Common;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Storage.Auditing;
using TiersLieux.Market.Storage.Messaging;
using TiersLieux.Market.Storage.Writing;

namespace TiersLieux.Market.Grains.Treasury;

/// <summary>The door to the consortium's books: nothing is read or changed except through what it opens for a person who may.</summary>
public sealed class TreasuryDesk(
    IDbContextFactory<MarketDbContext> databases, IMarketWriter writer, IGrainFactory grains, SaleDocuments documents, TimeProvider clock)
{
    /// <summary>The books, or why they stay shut.</summary>
    public async Task<(TreasuryBooks? Books, Reason? Refusal)> OpenAsync(Actor actor, CancellationToken cancellation = default)
    {
        if (actor.IsAnonymous) return (null, Reasons.SignIn);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var entityId = await documents.LeadIdAsync(db, cancellation);
        return TreasuryAccess.Refuse(actor, entityId) is { } refusal
            ? (null, refusal)
            : (new TreasuryBooks(databases, entityId), null);
    }

    /// <summary>The grain that writes the consortium's books.</summary>
    public async Task<IBooksGrain> GrainAsync(CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return grains.GetGrain<IBooksGrain>(await documents.LeadIdAsync(db, cancellation));
    }

    /// <summary>Sends a message that was given up once more.</summary>
    public async Task<Outcome> ReplayAsync(Actor actor, Guid messageId, CancellationToken cancellation = default)
    {
        if (await OpenAsync(actor, cancellation) is { Refusal: { } refusal }) return Outcome.Refused(refusal);
        return await writer.WriteAsync(async (db, c) =>
        {
            if (await db.Set<OutboxMessage>().FirstOrDefaultAsync(m => m.Id == messageId, c) is not { } message) return Outcome.Refused(Reasons.Unknown);
            if (message.DeadAt is null) return Outcome.Done;
            message.Replay(clock.UtcNow());
            db.Add(new AuditEntry(clock.UtcNow(), actor.PersonId, actor.Name, "outbox", message.Id, "replayed", message.LastError, null));
            return Outcome.Done;
        }, cancellation);
    }
}
