namespace TiersLieux.Market.Web.Components.Cards;

/// <summary>The figure in which a plan beats the others.</summary>
public enum PlanStrength
{
    Balance,
    Date,
    Price,
    Distance,
}
