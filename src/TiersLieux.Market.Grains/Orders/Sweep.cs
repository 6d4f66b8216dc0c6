using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Orders;
using TiersLieux.Market.Domain.Payments;
using TiersLieux.Market.Grains.Payments;
using TiersLieux.Market.Storage;

namespace TiersLieux.Market.Grains.Orders;

/// <summary>
/// Finds what is past its time and has its grain look at it: orders with a step begun and not finished, holds that ran out, answers that did not come,
/// payments whose webhook never came. Safe to run twice, in several programs, at any moment.
/// </summary>
public sealed partial class Sweep(
    IGrainFactory grains, IDbContextFactory<MarketDbContext> databases, IEnumerable<ISweepStep> steps, TimeProvider clock, ILogger<Sweep> logger) : BackgroundService
{
    private const int AtATime = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>A payment page that was opened this long ago and of which nothing was heard is looked up.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(2);

    public async Task RunOnceAsync(CancellationToken cancellation)
    {
        var now = clock.UtcNow();
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var orders = await db.Set<Order>().Where(o => o.DueAt <= now).OrderBy(o => o.DueAt).Select(o => o.Id).Take(AtATime).ToListAsync(cancellation);
        foreach (var id in orders) await TryAsync("order", id, () => grains.GetGrain<IOrderGrain>(id).Continue());

        var silentSince = now - Silence;
        var payments = await db.Set<Payment>()
            .Where(p => (p.State == PaymentState.Started || p.State == PaymentState.Processing) && p.CreatedAt <= silentSince && p.ExpiresAt <= now)
            .Select(p => p.Id).Take(AtATime).ToListAsync(cancellation);
        foreach (var id in payments) await TryAsync("payment", id, () => grains.GetGrain<IPaymentGrain>(id).Refresh());
        foreach (var step in steps) await TryAsync(step.GetType().Name, Guid.Empty, () => step.RunAsync(cancellation));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await TryAsync("sweep", Guid.Empty, () => RunOnceAsync(stoppingToken));
            try
            {
                await Task.Delay(Pause, stoppingToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task TryAsync(string what, Guid id, Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (OperationCanceledException)
        {
            // Stopping; what is left is due at the next start.
        }
        catch (Exception exception)
        {
            LogFailed(exception, what, id);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The sweep failed on {What} {Id}; it tries again.")]
    private partial void LogFailed(Exception exception, string what, Guid id);
}

/// <summary>What another area wants swept.</summary>
public interface ISweepStep
{
    Task RunAsync(CancellationToken cancellation);
}
