namespace TiersLieux.Market.Domain.Ledger;

/// <summary>Analytic axes of a ledger line, each optional.</summary>
public sealed record Axes
{
    public Guid? CircleId { get; init; }

    public Guid? PlaceId { get; init; }

    public Guid? ProjectId { get; init; }

    public Guid? FunderId { get; init; }
}
