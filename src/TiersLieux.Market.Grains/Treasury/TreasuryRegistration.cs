using Microsoft.Extensions.DependencyInjection;
using TiersLieux.Market.Grains.Checks;

namespace TiersLieux.Market.Grains.Treasury;

public static class TreasuryRegistration
{
    /// <summary>The treasurer's side. Whoever puts the program together adds the readers of bank files (<see cref="Domain.Treasury.IStatementReader"/>).</summary>
    public static IServiceCollection AddTreasury(this IServiceCollection services) => services.AddSingleton<TreasuryDesk>().AddSingleton<MarketChecks>();
}
