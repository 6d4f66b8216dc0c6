using TiersLieux.Market.Grains.Checks;
using TiersLieux.Market.Grains.Tests.Treasury;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Storage.Messaging;
using TiersLieux.Market.Storage.Writing;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Testing;
using Xunit;

namespace TiersLieux.Market.Grains.Tests.Checks;

/// <summary>Messages that are stuck, and their replay. What the other checks find is tested on the rows of a whole story, in Web.Tests.</summary>
public sealed class MarketChecksTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [OnEachDatabase]
    public async Task Stuck_messages_are_found(MarketProvider provider)
    {
        await using var market = await TreasuryMarket.CreateAsync(provider);
        await market.Writer.WriteAsync(db => { db.Add(new OutboxMessage("mail", "a", "{}", market.Clock.UtcNow())); }, Stop);
        Assert.Empty(await market.Checks.RunAsync(CheckArea.Outbox, Stop));
        market.Clock.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal(["message-overdue"], await CodesAsync(market, CheckArea.Outbox));
        await market.ExecuteAsync("UPDATE outbox SET dead_at = due_at, attempts = 12, last_error = 'refused'");
        var fault = Assert.Single(await market.Checks.RunAsync(CheckArea.Outbox, Stop));
        Assert.Equal(("message-dead", "mail a"), (fault.Code, fault.Where));

        var id = (await market.RowsAsync<OutboxMessage>()).Single().Id;
        Assert.Equal("not-allowed", (await market.Desk.ReplayAsync(await market.Actors.FindAsync(market.Buyer, Stop), id, Stop)).Refusal!.Code);
        Assert.True((await market.Desk.ReplayAsync(await market.Actors.FindAsync(market.Treasurer, Stop), id, Stop)).IsDone);
        Assert.Empty(await market.Checks.RunAsync(CheckArea.Outbox, Stop));
    }

    private static async Task<List<string>> CodesAsync(TreasuryMarket market, CheckArea area) => [.. (await market.Checks.RunAsync(area, Stop)).Select(f => f.Code)];
}
