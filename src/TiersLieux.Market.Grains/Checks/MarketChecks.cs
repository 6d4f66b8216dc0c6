using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Storage;

namespace TiersLieux.Market.Grains.Checks;

/// <summary>What can be checked; the words of <c>tlmarket check</c>.</summary>
public enum CheckArea
{
    Bookings,
    Invoices,
    Ledger,
    Outbox,
}

/// <summary>Something that should not be.</summary>
/// <param name="Code">One of <see cref="FaultCode"/>.</param>
/// <param name="Where">The number, reference or id of what is at fault.</param>
/// <param name="What">What is wrong, in both languages, with the figures.</param>
public sealed record CheckFault(CheckArea Area, string Code, string Where, Text What);

/// <summary>
/// Computes again what the market believes and says where the rows disagree, trusting no constraint and no earlier result. Reads only. What a message
/// still under way is about to write is not a fault; a message that is stuck is one.
/// </summary>
public sealed class MarketChecks(IDbContextFactory<MarketDbContext> databases, TimeProvider clock)
{
    public async Task<IReadOnlyList<CheckFault>> RunAsync(CheckArea area, CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var now = clock.UtcNow();
        return area switch
        {
            CheckArea.Bookings => await BookingChecks.RunAsync(db, now, cancellation),
            CheckArea.Invoices => await InvoiceChecks.RunAsync(db, cancellation),
            CheckArea.Ledger => await LedgerChecks.RunAsync(db, cancellation),
            CheckArea.Outbox => await OutboxChecks.RunAsync(db, now, cancellation),
            _ => throw new ArgumentOutOfRangeException(nameof(area), area, "No such check."),
        };
    }

    public async Task<IReadOnlyList<CheckFault>> RunAllAsync(CancellationToken cancellation = default)
    {
        var faults = new List<CheckFault>();
        foreach (var area in Enum.GetValues<CheckArea>()) faults.AddRange(await RunAsync(area, cancellation));
        return faults;
    }
}
