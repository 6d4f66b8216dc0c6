using System.Reflection;
using TiersLieux.Market.Storage;
using Xunit.Sdk;
using Xunit.v3;

namespace TiersLieux.Market.Testing;

/// <summary>Runs a theory once on SQLite and once on PostgreSQL; its first parameter is the provider. With TLM_TEST_QUICK=1 on SQLite only.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnEachDatabaseAttribute : DataAttribute
{
    public static bool QuickOnly => Environment.GetEnvironmentVariable("TLM_TEST_QUICK") == "1";

    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker)
    {
        IReadOnlyCollection<ITheoryDataRow> rows = QuickOnly
            ? [new TheoryDataRow(MarketProvider.Sqlite)]
            : [new TheoryDataRow(MarketProvider.Sqlite), new TheoryDataRow(MarketProvider.PostgreSql)];
        return ValueTask.FromResult(rows);
    }

    public override bool SupportsDiscoveryEnumeration() => true;
}
