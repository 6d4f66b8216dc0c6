using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TiersLieux.Market.Storage.Messaging;
using TiersLieux.Market.Storage.Writing;
using TiersLieux.Market.Testing;
using Xunit;

namespace TiersLieux.Market.Storage.Tests.Messaging;

public class OutboxRelayTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [OnEachDatabase]
    public async Task A_message_is_handled_once_and_then_left_alone(MarketProvider provider)
    {
        var handler = new Handler(_ => null);
        await using var market = await CreateAsync(provider, handler);
        await market.Writer.WriteAsync(db => db.Add(new OutboxMessage("note", "1", "{}", Now(market))), Stop);
        var relay = market.Services.GetRequiredService<OutboxRelay>();
        Assert.Equal(1, await relay.RunOnceAsync(Stop));
        Assert.Equal(0, await relay.RunOnceAsync(Stop));
        Assert.Equal(["1"], handler.Seen);
    }

    [Theory]
    [OnEachDatabase]
    public async Task A_failing_message_backs_off_and_is_dead_after_twelve_attempts_until_replayed(MarketProvider provider)
    {
        var works = false;
        var handler = new Handler(_ => works ? null : new InvalidOperationException("no answer"));
        await using var market = await CreateAsync(provider, handler);
        await market.Writer.WriteAsync(db => db.Add(new OutboxMessage("note", "1", "{}", Now(market))), Stop);
        var relay = market.Services.GetRequiredService<OutboxRelay>();

        Assert.Equal(1, await relay.RunOnceAsync(Stop));
        Assert.Equal(0, await relay.RunOnceAsync(Stop)); // Not due yet.
        for (var attempt = 2; attempt <= OutboxRelay.MaxAttempts; attempt++)
        {
            market.Clock.Advance(TimeSpan.FromHours(1));
            Assert.Equal(1, await relay.RunOnceAsync(Stop));
        }

        market.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(0, await relay.RunOnceAsync(Stop));
        await using (var db = market.Database.CreateDbContext())
        {
            var dead = await db.Set<OutboxMessage>().SingleAsync(Stop);
            Assert.NotNull(dead.DeadAt);
            Assert.Equal("no answer", dead.LastError);
        }

        works = true;
        await market.Writer.WriteAsync(async (db, c) => (await db.Set<OutboxMessage>().SingleAsync(c)).Replay(Now(market)), Stop);
        Assert.Equal(1, await relay.RunOnceAsync(Stop));
        await using var after = market.Database.CreateDbContext();
        Assert.NotNull((await after.Set<OutboxMessage>().SingleAsync(Stop)).DoneAt);
    }

    [Theory]
    [OnEachDatabase]
    public async Task Two_relays_on_one_database_handle_each_message_once(MarketProvider provider)
    {
        var handler = new Handler(_ => null);
        await using var market = await CreateAsync(provider, handler);
        await market.Writer.WriteAsync(db =>
        {
            for (var i = 0; i < 30; i++) db.Add(new OutboxMessage("note", $"{i}", "{}", Now(market)));
        }, Stop);
        var relays = Enumerable.Range(0, 3).Select(_ => ActivatorUtilities.CreateInstance<OutboxRelay>(market.Services)).ToList();
        for (var round = 0; round < 3; round++) await Task.WhenAll(relays.Select(r => r.RunOnceAsync(Stop)));
        Assert.Equal(30, handler.Seen.Count);
        Assert.Equal(30, handler.Seen.Distinct().Count());
    }

    [Theory]
    [OnEachDatabase]
    public async Task A_killed_relay_gives_its_messages_back_when_the_lease_ends(MarketProvider provider)
    {
        var handler = new Handler(_ => null);
        await using var market = await CreateAsync(provider, handler);
        await market.Writer.WriteAsync(db =>
        {
            var leased = new OutboxMessage("note", "1", "{}", Now(market));
            leased.Lease(Now(market).AddSeconds(100));
            db.Add(leased);
        }, Stop);
        var relay = market.Services.GetRequiredService<OutboxRelay>();
        Assert.Equal(0, await relay.RunOnceAsync(Stop));
        market.Clock.Advance(TimeSpan.FromSeconds(101));
        Assert.Equal(1, await relay.RunOnceAsync(Stop));
    }

    private static DateTime Now(StorageFixture market) => market.Clock.GetUtcNow().UtcDateTime;

    private static Task<StorageFixture> CreateAsync(MarketProvider provider, Handler handler) =>
        StorageFixture.CreateAsync(provider, services => services.AddSingleton<IOutboxHandler>(handler));

    private sealed class Handler(Func<OutboxMessage, Exception?> answer) : IOutboxHandler
    {
        public ConcurrentQueue<string> Seen { get; } = [];

        public string Kind => "note";

        public Task HandleAsync(OutboxMessage message, CancellationToken cancellation)
        {
            Seen.Enqueue(message.Key);
            return answer(message) is { } failure ? Task.FromException(failure) : Task.CompletedTask;
        }
    }
}
