namespace TiersLieux.Market.Connectors.Billing.Printing;

/// <summary>The faces of printed documents, from resources of this assembly: nothing depends on the machine's fonts.</summary>
internal static class Typeface
{
    public static TrueTypeFont Heading { get; } = Load("Fraunces_600SemiBold");

    public static TrueTypeFont Text { get; } = Load("PublicSans_400Regular");

    public static TrueTypeFont Strong { get; } = Load("PublicSans_600SemiBold");

    private static TrueTypeFont Load(string name)
    {
        using var resource = typeof(Typeface).Assembly.GetManifestResourceStream($"Fonts/{name}.ttf")
            ?? throw new InvalidOperationException($"The font {name} is not in the assembly.");
        var bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        return new TrueTypeFont(name.Replace("_", "-", StringComparison.Ordinal), bytes);
    }
}

/// <summary>A face at a size in points.</summary>
/// <param name="Tabular">With figures of equal width, for columns.</param>
internal sealed record Font(TrueTypeFont Face, double Size, bool Tabular = false)
{
    private const double Leading = 1.32;

    public double LineHeight => Size * Leading;

    /// <summary>From the top of a line to the baseline, capitals standing in the middle.</summary>
    public double Baseline => (LineHeight + Face.CapHeight * Size / 1000) / 2;

    public static Font Heading(double size) => new(Typeface.Heading, size);

    public static Font Text(double size) => new(Typeface.Text, size);

    public static Font Strong(double size) => new(Typeface.Strong, size);

    public double Width(string text) => Face.Width(text, Size, Tabular);
}

internal readonly record struct Colour(byte Red, byte Green, byte Blue);
