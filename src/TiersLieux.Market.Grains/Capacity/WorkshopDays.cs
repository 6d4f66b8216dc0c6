using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Storage;

namespace TiersLieux.Market.Grains.Capacity;

internal static class WorkshopDays
{
    /// <summary>The row of a day; its capacity is the workshop's, none when it is shut.</summary>
    public static async Task<WorkshopDay> FindAsync(MarketDbContext db, Guid workshopId, DateOnly date, CancellationToken cancellation)
    {
        if (await db.Set<WorkshopDay>().FindAsync([workshopId, date], cancellation) is { } known) return known;
        var workshop = await db.Set<Workshop>().AsNoTracking().FirstAsync(w => w.Id == workshopId, cancellation);
        var day = new WorkshopDay(workshopId, date, workshop.PeopleMinutesOn(date));
        db.Add(day);
        return day;
    }
}
