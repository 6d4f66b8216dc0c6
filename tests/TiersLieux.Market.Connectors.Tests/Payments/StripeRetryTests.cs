using TiersLieux.Market.Connectors.Payments;
using Xunit;

namespace TiersLieux.Market.Connectors.Tests.Payments;

public sealed class StripeRetryTests
{
    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 4)]
    [InlineData(4, 5)]
    [InlineData(9, 5)]
    public void The_pause_doubles_up_to_five_seconds(int retry, double seconds)
    {
        Assert.Equal(TimeSpan.FromSeconds(seconds), StripeRetry.Delay(retry, 0));
        Assert.Equal(TimeSpan.FromSeconds(seconds * 0.75), StripeRetry.Delay(retry, 1));
    }

    [Theory]
    [InlineData(200, null, false)]
    [InlineData(400, null, false)]
    [InlineData(402, null, false)]
    [InlineData(404, null, false)]
    [InlineData(409, null, true)]
    [InlineData(429, null, false)]
    [InlineData(500, null, true)]
    [InlineData(599, null, true)]
    [InlineData(429, "true", true)]
    [InlineData(400, "true", true)]
    [InlineData(500, "false", false)]
    [InlineData(409, "false", false)]
    public void The_server_has_the_first_word_on_retries(int status, string? header, bool expected) =>
        Assert.Equal(expected, StripeRetry.Worthwhile(status, header));
}
