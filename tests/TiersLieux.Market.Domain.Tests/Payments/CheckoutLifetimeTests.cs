using TiersLieux.Market.Domain.Payments;
using Xunit;

namespace TiersLieux.Market.Domain.Tests.Payments;

public sealed class CheckoutLifetimeTests
{
    private static readonly DateTime Now = new DateTime(2026, 11, 22, 12, 0, 0, DateTimeKind.Utc).AddMilliseconds(700);

    [Theory]
    [InlineData(5, 33)]
    [InlineData(60, 60)]
    [InlineData(60 * 48, 23 * 60)]
    public void The_page_closes_when_wanted_within_what_the_provider_takes(int wantedMinutes, int minutes) =>
        Assert.Equal(Now.AddMilliseconds(-700).AddMinutes(minutes), CheckoutLifetime.Expiry(Now, Now.AddMinutes(wantedMinutes)));

    [Fact]
    public void A_key_is_trusted_for_less_than_a_day()
    {
        var key = new OperationKey("k", Now);
        Assert.False(key.MayBeForgotten(Now.AddHours(22)));
        Assert.True(key.MayBeForgotten(Now.AddHours(23)));
    }
}
