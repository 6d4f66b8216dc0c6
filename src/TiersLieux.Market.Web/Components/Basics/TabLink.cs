namespace TiersLieux.Market.Web.Components.Basics;

/// <summary>One view among several.</summary>
/// <param name="Count">How many wait there; null shows nothing.</param>
public sealed record TabLink(string Label, string Href, bool Selected = false, int? Count = null);
