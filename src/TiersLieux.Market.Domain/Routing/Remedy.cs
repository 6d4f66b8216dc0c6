using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Orders.Pricing;

namespace TiersLieux.Market.Domain.Routing;

/// <summary>What of a request would have to change.</summary>
public enum RemedyKind
{
    LaterDate,
    MoreLots,
    OtherMaterial,
    SmallerQuantity,
}

/// <summary>A change that makes possible what is not possible as asked. It was tried, all other lines left as they are.</summary>
/// <param name="Date">Of <see cref="RemedyKind.LaterDate"/>: the earliest delivery (Paris).</param>
/// <param name="Lots">Of <see cref="RemedyKind.MoreLots"/>: how many lots the line must be allowed.</param>
/// <param name="Material">Of <see cref="RemedyKind.OtherMaterial"/>: its code.</param>
/// <param name="Quantity">Of <see cref="RemedyKind.SmallerQuantity"/>: the most found possible.</param>
public sealed record Remedy(RemedyKind Kind, DateOnly? Date, int? Lots, string? Material, decimal? Quantity, Text Text)
{
    internal static Remedy LaterDate(DateOnly date) => new(RemedyKind.LaterDate, date, null, null, null,
        new Text($"Livraison à partir du {Wording.Fr(date)}.", $"Delivery from {Wording.En(date)} on."));

    internal static Remedy MoreLots(int lots) => new(RemedyKind.MoreLots, null, lots, null, null,
        new Text($"Fabrication en {lots} lots.", $"Making it in {lots} lots."));

    internal static Remedy OtherMaterial(string code) => new(RemedyKind.OtherMaterial, null, null, code, null,
        new Text($"Matière « {code} ».", $"Material \"{code}\"."));

    internal static Remedy SmallerQuantity(decimal quantity) => new(RemedyKind.SmallerQuantity, null, null, null, quantity,
        new Text($"Quantité de {Wording.Fr(quantity)} au plus.", $"A quantity of {Wording.En(quantity)} at most."));
}
