using Microsoft.Extensions.DependencyInjection;
using TiersLieux.Market.Grains.Bookings;
using TiersLieux.Market.Grains.Capacity;
using TiersLieux.Market.Grains.Common;
using TiersLieux.Market.Grains.Mail;
using TiersLieux.Market.Grains.Orders;
using TiersLieux.Market.Grains.Payments;
using TiersLieux.Market.Grains.Treasury;
using TiersLieux.Market.Storage.Messaging;

namespace TiersLieux.Market.Grains;

public static class GrainsRegistration
{
    /// <summary>What the grains need beside storage and connectors, and what runs beside them.</summary>
    public static IServiceCollection AddMarketGrains(this IServiceCollection services)
    {
        services.AddSingleton<ActorDirectory>();
        services.AddSingleton<CapacityBoard>();
        services.AddSingleton<WorkShares>();
        services.AddSingleton<QuoteDesk>();
        services.AddSingleton<PayoutDesk>();
        services.AddSingleton<AccountDesk>();
        services.AddSingleton<IOutboxHandler, PaymentSucceededHandler>();
        services.AddSingleton<IOutboxHandler, TransferHandler>();
        services.AddSingleton<IOutboxHandler, RefundHandler>();
        services.AddSingleton<IOutboxHandler, MachineBrokenHandler>();
        services.AddSingleton<IOutboxHandler, StripeEventHandler>();
        services.AddBookings();
        services.AddTreasury();
        services.AddMails();
        services.AddSingleton<Improvement>();
        services.AddSingleton<ISweepStep>(provider => provider.GetRequiredService<Improvement>());
        services.AddSingleton<Sweep>();
        services.AddHostedService(provider => provider.GetRequiredService<Sweep>());
        return services;
    }
}
