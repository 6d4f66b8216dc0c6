using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Grains.Orders;
using TiersLieux.Market.Storage.Requests;
using TiersLieux.Market.Storage.Writing;

namespace TiersLieux.Market.Web.Api;

/// <summary>Forgets answers kept for an Idempotency-Key after a week; looks once an hour. What a request created is found by its id for ever.</summary>
public sealed class IdempotencySweep(IMarketWriter writer, TimeProvider clock) : ISweepStep
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    private DateTime _next;

    public async Task RunAsync(CancellationToken cancellation)
    {
        var now = clock.UtcNow();
        if (now < _next) return;
        var old = now - Kept;
        await writer.WriteAsync((db, c) => db.Set<IdempotentRequest>().Where(r => r.CreatedAt < old).ExecuteDeleteAsync(c), cancellation);
        _next = now + Pause;
    }
}
