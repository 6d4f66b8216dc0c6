using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Bookings;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Grains.Billing;
using TiersLieux.Market.Grains.Capacity;
using TiersLieux.Market.Grains.Orders;
using TiersLieux.Market.Storage;

namespace TiersLieux.Market.Grains.Bookings;

/// <summary>
/// Finds held bookings that nobody paid, whoever was to do it and died, and has their machines cancel them; and bookings on account that are over,
/// and has them invoiced.
/// </summary>
public sealed class BookingSweep(IDbContextFactory<MarketDbContext> databases, IGrainFactory grains, SaleDocuments documents, TimeProvider clock) : ISweepStep
{
    private const int AtATime = 100;

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

        await InvoiceAccountsAsync(now, cancellation);
        return cancelled;
    }

    private async Task InvoiceAccountsAsync(DateTime now, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var over = await db.Set<Booking>()
            .Where(b => b.Settlement == BookingSettlement.Account && b.InvoiceId == null && b.End <= now
                && (b.State == BookingState.Booked || b.State == BookingState.CheckedIn || b.State == BookingState.CheckedOut))
            .OrderBy(b => b.End)
            .Select(b => b.Id)
            .Take(AtATime)
            .ToListAsync(cancellation);
        if (over.Count == 0) return;
        var books = grains.GetGrain<IBooksGrain>(await documents.LeadIdAsync(db, cancellation));
        foreach (var booking in over) await books.IssueBooking(booking, null);
    }
}
