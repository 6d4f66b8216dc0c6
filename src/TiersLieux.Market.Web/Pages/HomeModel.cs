using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Web.Components.Drawings;

namespace TiersLieux.Market.Web.Pages;

/// <summary>What the home page shows, ready to be written.</summary>
/// <param name="Processes">Process and number of offers, the most offered first.</param>
/// <param name="ThisWeek">What workshops are making now.</param>
/// <param name="Offers">A choice from the catalogue.</param>
/// <param name="DemoAccounts">Accounts to try, only while the demo data are loaded; empty otherwise.</param>
public sealed record HomeModel(
    int Workshops,
    int Machines,
    int Places,
    IReadOnlyList<MapPoint> Points,
    IReadOnlyList<(string Process, int Offers)> Processes,
    IReadOnlyList<HomeWork> ThisWeek,
    IReadOnlyList<HomeOffer> Offers,
    IReadOnlyList<HomeAccount> DemoAccounts);

/// <summary>A lot being made.</summary>
/// <param name="Share">Done, between 0 and 1.</param>
public sealed record HomeWork(decimal Quantity, string What, string Workshop, string Commune, string Process, DateOnly Due, decimal Share);

/// <summary>An offer of the catalogue.</summary>
public sealed record HomeOffer(Text Title, string Href, Text Where, string Process, IReadOnlyList<string> OtherProcesses, Money? Price, Text PriceNote, DateOnly? Soonest);

/// <summary>Where the home page gets what it shows.</summary>
public interface IHomeData
{
    Task<HomeModel> ReadAsync(DateOnly today, CancellationToken cancellation);
}

/// <summary>An account of the demonstration.</summary>
/// <param name="Does">What one does with it: « commander 40 bancs ».</param>
public sealed record HomeAccount(string Email, Text Role, Text Does, string Icon);
