namespace TiersLieux.Market.Web.Components.Drawings;

/// <summary>One line of a Gantt: a workshop or a machine.</summary>
public sealed record GanttRow(string Label, string? Detail, IReadOnlyList<GanttBar> Bars);

/// <summary>An operation on a line.</summary>
/// <param name="Start">UTC.</param>
/// <param name="End">UTC.</param>
/// <param name="Process">Gives the mark and the tint.</param>
public sealed record GanttBar(DateTime Start, DateTime End, string Label, string Process, string? Href = null);
