namespace TiersLieux.Market.Web.Components.Drawings;

/// <summary>What a stretch of a day holds. What no block covers is closed.</summary>
public enum DayBlockKind
{
    Free,
    Busy,
    Mine,
    Maintenance,
    /// <summary>The time being chosen.</summary>
    Selected,
}

/// <summary>A stretch of a day, wall time in Paris.</summary>
/// <param name="Href">Where a free stretch is booked.</param>
/// <param name="Label">What it is; a free stretch says its start time without one.</param>
public sealed record DayBlock(TimeOnly Start, TimeOnly End, DayBlockKind Kind, string? Label = null, string? Href = null);

/// <summary>A resource over a day.</summary>
public sealed record DayRow(string Label, string? Detail, string Process, IReadOnlyList<DayBlock> Blocks, string? Href = null);
