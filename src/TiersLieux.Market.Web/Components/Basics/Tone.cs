namespace TiersLieux.Market.Web.Components.Basics;

/// <summary>What a colour says. The words beside it always say it too.</summary>
public enum Tone
{
    Neutral,
    /// <summary>Done, free, matched.</summary>
    Good,
    /// <summary>Somebody is waited for.</summary>
    Waiting,
    /// <summary>Refused, late, does not match.</summary>
    Problem,
    Info,
    Accent,
}

internal static class Tones
{
    public static string Class(this Tone tone) => tone switch
    {
        Tone.Good => "good",
        Tone.Waiting => "waiting",
        Tone.Problem => "problem",
        Tone.Info => "info",
        Tone.Accent => "accent",
        _ => "neutral",
    };

    public static string Icon(this Tone tone) => tone switch
    {
        Tone.Good => "circle-check",
        Tone.Waiting => "hourglass",
        Tone.Problem => "circle-alert",
        _ => "info",
    };
}
