using Microsoft.AspNetCore.Components;

namespace TiersLieux.Market.Web.Components.Drawings;

/// <summary>Where an entry of a story stands.</summary>
public enum TimelineState
{
    Done,
    Now,
    Next,
    Problem,
}

/// <summary>One entry of a story.</summary>
/// <param name="When">Already written for people.</param>
/// <param name="Process">Its mark, while not done.</param>
/// <param name="Content">A form or a list below: what I must do.</param>
public sealed record TimelineEntry(
    TimelineState State,
    string Title,
    string? When = null,
    string? Who = null,
    string? Note = null,
    string? Href = null,
    string? Process = null,
    RenderFragment? Content = null);
