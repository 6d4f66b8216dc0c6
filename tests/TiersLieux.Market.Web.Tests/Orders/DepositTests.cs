using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TiersLieux.Market.Domain.Billing;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Orders;
using TiersLieux.Market.Domain.Payments;
using TiersLieux.Market.Grains.Checks;
using TiersLieux.Market.Grains.Orders;
using TiersLieux.Market.Grains.Payments;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Storage.Writing;
using TiersLieux.Market.Testing;
using TiersLieux.Market.Web.Tests.Hosting;
using Xunit;

namespace TiersLieux.Market.Web.Tests.Orders;

/// <summary>Deposits that come twice, too late, or never.</summary>
public sealed class DepositTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [OnEachDatabase]
    public async Task A_second_deposit_is_given_back_and_the_first_counts(MarketProvider provider)
    {
        await using var market = await RunningMarket.StartAsync(provider);
        var placed = await PlacedOrder.BenchesAsync(market, 2);
        var (order, buyer) = (await placed.ReadAsync(), placed.Buyer);
        var first = (await market.Grains.GetGrain<IOrderGrain>(order.Id).Pay(buyer)).Value!;
        // A second page, as two programs could open it in one moment.
        var second = await RecordAsync(market, order, DateTime.UtcNow.AddHours(1));
        var page = (await market.Grains.GetGrain<IPaymentGrain>(second).Open()).Value!;
        await market.PayByCardAsync(first);
        await market.UntilAsync("the first counts", db => db.Set<Order>().AnyAsync(o => o.Id == order.Id && o.State == OrderState.InProduction, Token));

        await market.PayByCardAsync(page);
        await market.UntilAsync("the second is given back", db => db.Set<Invoice>().AnyAsync(i => i.OrderId == order.Id && i.Kind == DocumentKind.DepositCreditNote, Token));
        await using var db = market.Read();
        Assert.Equal(PaymentState.Refunded, (await db.Set<Payment>().SingleAsync(p => p.Id == second, Token)).State);
        Assert.Equal(order.Deposit.Cents, (await db.Set<Payment>().Where(p => p.SubjectId == order.Id).ToListAsync(Token)).Sum(p => (p.Amount - p.Refunded).Cents));
        Assert.Empty(await market.Services.GetRequiredService<MarketChecks>().RunAllAsync(Token));
    }

    /// <summary>The provider wants a page to be open for half an hour at least, so it refuses one that was recorded and never opened until shortly before its end.</summary>
    [Fact]
    public async Task A_page_that_was_never_opened_keeps_nothing_for_ever()
    {
        await using var market = await RunningMarket.StartAsync(MarketProvider.Sqlite);
        var placed = await PlacedOrder.BenchesAsync(market, 2);
        var (order, buyer) = (await placed.ReadAsync(), placed.Buyer);
        var old = await RecordAsync(market, order, DateTime.UtcNow.AddMinutes(5));
        var page = await market.Grains.GetGrain<IOrderGrain>(order.Id).Pay(buyer);
        Assert.True(page.IsDone, page.Refusal?.English); // The old one is given up, another is opened.

        var forgotten = await RecordAsync(market, order, DateTime.UtcNow.AddMinutes(5));
        Assert.True(await market.Grains.GetGrain<IPaymentGrain>(forgotten).Close());
        await using var db = market.Read();
        Assert.Equal([PaymentState.Cancelled, PaymentState.Cancelled], await db.Set<Payment>().Where(p => p.Id == old || p.Id == forgotten).Select(p => p.State).ToListAsync(Token));
        Assert.True((await market.Grains.GetGrain<IOrderGrain>(order.Id).Cancel(buyer)).IsDone);
    }

    private static async Task<Guid> RecordAsync(RunningMarket market, Order order, DateTime until)
    {
        var payment = Payment.Create(PaymentSubject.Order, order.Id, PaymentPurpose.Deposit, order.Deposit, until, ParisTime.ToMicroseconds(DateTime.UtcNow));
        await market.Services.GetRequiredService<IMarketWriter>().WriteAsync(db => db.Add(payment), Token);
        return payment.Id;
    }
}
