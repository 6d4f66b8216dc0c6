using TiersLieux.Market.Grains.Common;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Testing;
using TiersLieux.Market.Web.Tests.Stories;
using Xunit;

namespace TiersLieux.Market.Web.Tests.Kill;

/// <summary>
/// One story dies at every second point there is, one after the other: each life ends where the recovery from the death before has led. The other points are
/// visited on PostgreSQL; with TLM_TEST_FULL=1 all are on both.
/// </summary>
public sealed class KillOnSqliteTests
{
    [Fact]
    public Task A_market_that_dies_at_one_point_after_another_does_no_harm() => KillTests.TellAsync(MarketProvider.Sqlite, KillTests.Share(0));
}

/// <summary>The same on PostgreSQL; a class of its own, so that the two run side by side.</summary>
public sealed class KillOnPostgreSqlTests
{
    [Fact]
    public Task A_market_that_dies_at_one_point_after_another_does_no_harm()
    {
        Assert.SkipWhen(OnEachDatabaseAttribute.QuickOnly, "PostgreSQL is left out of a quick run.");
        return KillTests.TellAsync(MarketProvider.PostgreSql, KillTests.Share(1));
    }
}

/// <summary>The program is killed between any two durable steps, as by kill -9, and started again. Nobody may notice more than a pause.</summary>
public sealed class KillTests
{
    private const string Machine = "hortillons-laser-1600";

    /// <summary>Where a call by the customer, a workshop or a member is cut off whose work goes on without them.</summary>
    private static readonly string[] CutOff =
    [
        KillPoints.OrderCancelled, KillPoints.OrderRecorded, KillPoints.OneMachineHeld, KillPoints.AllHeld, KillPoints.WorkOrderDeclined, KillPoints.Replanned,
        KillPoints.ReplacementHeld, KillPoints.MachineDown, KillPoints.LaterDateFound, KillPoints.LaterDateHeld, KillPoints.LaterDateAnswered, KillPoints.WorkOrderDone, KillPoints.Delivered, KillPoints.Received, KillPoints.FinalInvoiced, KillPoints.OneWorkshopInvoiced,
        KillPoints.BookingCancelled,
    ];

    private static bool IsFull => Environment.GetEnvironmentVariable("TLM_TEST_FULL") == "1";

    /// <summary>The points of one of the two databases; all when the run is full, or when there is no other database to visit the rest.</summary>
    internal static IReadOnlyList<string> Share(int half) => IsFull || OnEachDatabaseAttribute.QuickOnly ? KillPoints.All : [.. KillPoints.All.Where((_, i) => i % 2 == half)];

    public static TheoryData<string> Points => [.. KillPoints.All];

    /// <summary>The sweep alone brings to an end what was begun: the caller who asks again when all rests finds it done.</summary>
    [Fact]
    public Task What_was_cut_off_is_finished_without_anybody_asking_again() => TellAsync(
        MarketProvider.Sqlite,
        IsFull ? CutOff : [KillPoints.OrderCancelled, KillPoints.WorkOrderDeclined],
        callersWait: true);

    /// <summary>Each point by itself, with all recovery after it undisturbed.</summary>
    [Theory]
    [MemberData(nameof(Points))]
    public async Task A_kill_at_one_point_does_no_harm(string point)
    {
        Assert.SkipUnless(IsFull, "One by one only with TLM_TEST_FULL=1; all in turn always.");
        await TellAsync(MarketProvider.Sqlite, [point]);
    }

    internal static async Task TellAsync(MarketProvider provider, IReadOnlyList<string> points, bool callersWait = false)
    {
        await using var market = await KillableMarket.StartAsync(provider, points, callersWait);
        var story = new HttpStory(market, market.Sandbox, market.People);
        var books = new StoryBooks(market.Database, market.Sandbox);
        try
        {
            await story.OrderAndCancelAsync();
            await story.OrderAsync();
            await story.PayDepositAsync();
            await story.DeclineOneAsync();
            if (callersWait && !IsFull)
            {
                // What comes after the last point is told by the others.
                await market.SettleAsync(() => Task.FromResult(market.Visited.Count == points.Count));
                Assert.Equal(points, market.Visited);
                return;
            }

            await story.BreakAsync();
            await story.MakeAsync();
            await story.ReceiveAsync();
            await story.PayBalanceAsync();
            await story.BookByCardAndCancelAsync(Machine);
            await story.BookByCardAsync(Machine);
            await story.BookAsync(Machine, "account");
            await story.PayOutAsync();
            await market.SettleAsync(async () => market.Visited.Count == points.Count && await books.NothingWaitsAsync());
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new InvalidOperationException($"After {string.Join(", ", market.Visited)}: {exception.Message}\n{market.Said()}", exception);
        }

        Assert.Equal(points, market.Visited);
        await books.CheckAsync();
    }
}
