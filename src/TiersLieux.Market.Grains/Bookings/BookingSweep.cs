using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Bookings;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Grains.Capacity;
using TiersLieux.Market.Grains.Orders;
using TiersLieux.Market.Storage;

namespace TiersLieux.Market.Grains.Bookings;

/// <summary>Finds held bookings that nobody paid, whoever was to do it and died, and has their machines cancel them.</summary>
public sealed class BookingSweep(IDbContextFactory<MarketDbContext> databases, IGrainFactory grains, TimeProvider clock) : ISweepStep
{
    Task ISweepStep.RunAsync(CancellationToken cancellation) => SweepAsync(cancellation);

    /// <summary>One round; returns how many bookings were cancelled.</summary>
    public async Task<int> SweepAsync(CancellationToken cancellation = default)
    {
        var now = clock.UtcNow();
        List<Guid> resources;
        await using (var db = await databases.CreateDbContextAsync(cancellation))
        {
            resources = await db.Set<Booking>()
                .Where(b => b.HeldUntil <= now && b.State == BookingState.Held)
                .Select(b => b.ResourceId)
                .Distinct()
                .ToListAsync(cancellation);
        }

        var cancelled = 0;
        foreach (var resource in resources)
        {
            cancellation.ThrowIfCancellationRequested();
            cancelled += await grains.GetGrain<IMachineGrain>(resource).ExpireBookings();
        }

        return cancelled;
    }
}
