using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using TiersLieux.Market.Domain.Catalogue;
using TiersLieux.Market.Storage;

namespace TiersLieux.Market.Web.Hosting;

/// <summary>Ready means: the database answers and its schema is there.</summary>
internal sealed class DatabaseHealth(IDbContextFactory<MarketDbContext> databases) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            await db.Set<Process>().AnyAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception exception)
        {
            return HealthCheckResult.Unhealthy("The database does not answer.", exception);
        }
    }
}

internal static class HealthEndpoints
{
    public static void MapMarketHealth(this WebApplication app)
    {
        // Live: the process answers. Ready: it can work.
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks("/health/ready");
    }
}
