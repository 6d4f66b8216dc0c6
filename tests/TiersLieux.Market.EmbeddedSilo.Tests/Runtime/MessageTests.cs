using TiersLieux.Market.EmbeddedSilo.Tests.Grains;

namespace TiersLieux.Market.EmbeddedSilo.Tests.Runtime;

/// <summary>Orleans: arguments and results are values; what arrives equals what was sent.</summary>
public sealed class MessageTests
{
    /// <summary>Orleans: records, values, collections, a closed family of records, and a surrogate for a type that knows no Orleans.</summary>
    [Fact]
    public async Task A_message_arrives_whole()
    {
        await using var silo = await TestSilo.StartAsync();
        var sent = Hold.Example;

        var received = await silo.Grains.GetGrain<ICounterGrain>("a").Echo(sent);

        Assert.Equal(sent, received with { Lines = sent.Lines, Seats = sent.Seats });
        Assert.Equal(sent.Lines, received.Lines);
        Assert.Equal(sent.Seats, received.Seats);
    }
}
