using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Storage.Model;

namespace TiersLieux.Market.Storage;

/// <summary>
/// The domain's classes as rows, on SQLite or PostgreSQL. Mappings are one configuration per class in the folder of its area;
/// names are snake_case, enums and days are text a person can read, money is whole cents of euro.
/// </summary>
public sealed class MarketDbContext(DbContextOptions<MarketDbContext> options)
    : IdentityUserContext<IdentityUser<Guid>, Guid>(options)
{
    private List<Action>? _afterCommit;

    /// <summary>Runs once the unit of work that owns this context is durable; not at all when it is not.</summary>
    public void AfterCommit(Action action) => (_afterCommit ??= []).Add(action);

    internal IReadOnlyList<Action> TakeAfterCommit()
    {
        var taken = _afterCommit;
        _afterCommit = null;
        return taken ?? [];
    }

    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        // Every change of a row moves its version on, so that whoever read it before finds out.
        ChangeTracker.DetectChanges();
        foreach (var entry in ChangeTracker.Entries().Where(e => e.State == EntityState.Modified))
        {
            if (entry.Metadata.FindProperty("Version") is { IsConcurrencyToken: true } version)
                entry.Property(version).CurrentValue = (int)entry.Property(version).OriginalValue! + 1;
        }

        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configuration)
    {
        configuration.Properties<DateTime>().HaveConversion<UtcDateTimeConverter>();
        configuration.Properties<Money>().HaveConversion<MoneyConverter>();
        configuration.Properties<Domain.Capacity.WeeklyHours>().HaveConversion<WeeklyHoursConverter>();
        configuration.Properties<decimal>().HavePrecision(18, 6);
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(MarketDbContext).Assembly);
        ModelConventions.Apply(builder);
    }
}
