using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Domain.Orders;
using TiersLieux.Market.Storage;

namespace TiersLieux.Market.Grains.Capacity;

/// <summary>
/// How much work each workshop has had lately, against what its machines entitle it to: 1 is its share, 0 nothing. Quotes prefer, among plans of nearly one
/// price, those of workshops below their share. Counted anew every few minutes, for it is a tendency, not an account.
/// </summary>
public sealed class WorkShares(IDbContextFactory<MarketDbContext> databases, TimeProvider clock)
{
    /// <summary>Work that ended longer ago is forgotten.</summary>
    private static readonly TimeSpan Lately = TimeSpan.FromDays(90);

    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);

    private readonly SemaphoreSlim _counting = new(1, 1);
    private volatile Counted? _counted;

    /// <summary>By workshop; empty while nobody has had any.</summary>
    public async ValueTask<IReadOnlyDictionary<Guid, decimal>> CurrentAsync(CancellationToken cancellation = default)
    {
        var now = clock.UtcNow();
        if (_counted is { } known && now < known.Until) return known.Shares;
        await _counting.WaitAsync(cancellation);
        try
        {
            if (_counted is { } meanwhile && now < meanwhile.Until) return meanwhile.Shares;
            var shares = await CountAsync(now, cancellation);
            _counted = new Counted(shares, now + Fresh);
            return shares;
        }
        finally
        {
            _counting.Release();
        }
    }

    private async Task<IReadOnlyDictionary<Guid, decimal>> CountAsync(DateTime now, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var places = await db.Set<Place>().AsNoTracking().Where(p => p.Status == PlaceStatus.Active && p.Hours != null).ToDictionaryAsync(p => p.Id, p => p.Hours!, cancellation);
        var machines = await db.Set<Resource>().AsNoTracking().Where(r => r.WorkshopId != null && r.Kind == ResourceKind.Machine).ToListAsync(cancellation);
        // Hours a week in which the machines may produce.
        var capacity = machines.Where(m => places.ContainsKey(m.PlaceId)).GroupBy(m => m.WorkshopId!.Value)
            .ToDictionary(workshop => workshop.Key, workshop => workshop.Sum(m => Math.Max(0, (decimal)places[m.PlaceId].Intersect(m.Hours ?? WeeklyHours.Always).PerWeek.TotalHours - m.MemberHoursPerWeek)));
        var since = now - Lately;
        var work = new Dictionary<Guid, decimal>();
        var given = db.Set<WorkOrder>().AsNoTracking()
            .Where(w => w.End > since && (w.State == WorkOrderState.Proposed || w.State == WorkOrderState.Accepted || w.State == WorkOrderState.InProgress || w.State == WorkOrderState.Done))
            .Select(w => new { w.WorkshopId, w.Operations });
        await foreach (var one in given.AsAsyncEnumerable().WithCancellation(cancellation))
            work[one.WorkshopId] = work.GetValueOrDefault(one.WorkshopId) + one.Operations.SelectMany(o => o.Segments).Sum(s => (decimal)s.Length.TotalHours);

        var (allWork, allCapacity) = (work.Values.Sum(), capacity.Values.Sum());
        if (allWork == 0 || allCapacity == 0) return FrozenDictionary<Guid, decimal>.Empty;
        return capacity.Where(workshop => workshop.Value > 0)
            .ToFrozenDictionary(workshop => workshop.Key, workshop => Math.Round(work.GetValueOrDefault(workshop.Key) / allWork / (workshop.Value / allCapacity), 3));
    }

    private sealed record Counted(IReadOnlyDictionary<Guid, decimal> Shares, DateTime Until);
}
