using TiersLieux.Market.Testing;
using TiersLieux.Market.Web.Tests.Stories;
using Xunit;

namespace TiersLieux.Market.Web.Tests.TwoPrograms;

/// <summary>Two programs serve one database, and one of them dies. What was begun at one is finished at the other.</summary>
public sealed class TwoProgramsTests
{
    private const string Machine = "hortillons-laser-1600";

    [Fact]
    public async Task An_order_begun_at_two_programs_is_finished_by_the_one_that_lives()
    {
        Assert.SkipWhen(OnEachDatabaseAttribute.QuickOnly, "Two programs share a PostgreSQL.");
        await using var markets = await TwoMarkets.StartAsync();
        var books = new StoryBooks(markets.Database, markets.Sandbox);
        try
        {
            // Requests in turn: each entity has been called through both before one of them goes.
            var story = new HttpStory(markets.InTurn, markets.Sandbox, markets.People);
            await story.OrderAsync();
            await story.PayDepositAsync();
            await story.DeclineOneAsync();
            await story.BookByCardAsync(Machine);

            markets.First.Kill();
            var rest = story.At(markets.Second);
            await rest.MakeAsync();
            await rest.ReceiveAsync();
            await rest.PayBalanceAsync();
            await rest.BookAsync(Machine, "account");
            await HttpStory.UntilAsync("nothing waits", books.NothingWaitsAsync);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new InvalidOperationException($"{exception.Message}\n{markets.Said()}", exception);
        }

        await books.CheckAsync();
    }
}
