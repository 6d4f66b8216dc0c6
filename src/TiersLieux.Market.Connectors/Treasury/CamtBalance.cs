using System.Xml.Linq;

using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Connectors.Treasury;

/// <summary>One balance of a statement.</summary>
/// <param name="Code">OPBD opening, PRCD previous closing, CLBD closing, ITBD interim of a statement in several pages.</param>
internal sealed record CamtBalance(string Code, Money Amount, DateOnly Date)
{
    public static CamtBalance Of(XElement element) => new(
        element.TextOf("Tp", "CdOrPrtry", "Cd") ?? "",
        CamtValue.Signed(element),
        CamtValue.Date(element.Child("Dt")) ?? throw new StatementFault(element.Line(), "statement-date", "La date d'un solde manque.", "The date of a balance is missing."));

    public static CamtBalance? Opening(List<CamtBalance> balances) =>
        balances.Where(b => b.Code == "OPBD").MinBy(b => b.Date)
        ?? balances.Where(b => b.Code == "PRCD").MinBy(b => b.Date)
        ?? balances.Find(b => b.Code == "ITBD");

    public static CamtBalance? Closing(List<CamtBalance> balances) =>
        balances.Where(b => b.Code == "CLBD").MaxBy(b => b.Date)
        ?? balances.FindLast(b => b.Code == "ITBD");
}
