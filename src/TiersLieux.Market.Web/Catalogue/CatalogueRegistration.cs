using TiersLieux.Market.Web.Pages;

namespace TiersLieux.Market.Web.Catalogue;

public static class CatalogueRegistration
{
    /// <summary>The catalogue in memory, its upkeep, and who may list and publish.</summary>
    public static IServiceCollection AddMarketCatalogue(this IServiceCollection services)
    {
        services.AddSingleton<OfferCatalogue>();
        services.AddSingleton<NetworkReader>();
        services.AddSingleton<OfferSheetReader>();
        services.AddSingleton<ListingDesk>();
        services.AddScoped<IHomeData, HomeReader>();
        services.AddHostedService<CatalogueUpkeep>();
        return services;
    }
}
