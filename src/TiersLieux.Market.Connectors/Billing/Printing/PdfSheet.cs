namespace TiersLieux.Market.Connectors.Billing.Printing;

/// <summary>Where on the page the next thing goes, with text that wraps. Measures are points from the top left.</summary>
internal sealed class PdfSheet
{
    public const double Left = 51;
    public const double Right = 544;
    public const double Bottom = 776;

    private readonly PdfFile file;
    private readonly Action<PdfSheet> startOfNextPages;

    public PdfSheet(PdfFile file, Action<PdfSheet> startOfNextPages)
    {
        this.file = file;
        this.startOfNextPages = startOfNextPages;
        Page = file.AddPage();
    }

    public static Colour Ink { get; } = new(0x20, 0x29, 0x2B);

    public static Colour Muted { get; } = new(0x5F, 0x6B, 0x6D);

    public static Colour Rule { get; } = new(0xDD, 0xD5, 0xC7);

    public static Colour Paper { get; } = new(0xFB, 0xF8, 0xF3);

    public static Colour Accent { get; } = new(0xB8, 0x48, 0x2A);

    public PdfPage Page { get; private set; }

    /// <summary>Top of what comes next.</summary>
    public double Y { get; set; } = 45;

    /// <summary>Starts a new page unless this much height is left; says whether it did.</summary>
    public bool Need(double height)
    {
        if (Y + height <= Bottom) return false;
        Page = file.AddPage();
        startOfNextPages(this);
        return true;
    }

    /// <summary>Draws wrapped text and gives its height. What is set to the right is a column of figures.</summary>
    public double Text(string text, Font font, Colour colour, double x, double y, double width, bool right = false)
    {
        var top = y;
        if (right) font = font with { Tabular = true };
        foreach (var line in Wrap(text, font, width))
        {
            Page.Text(line, font, colour, right ? x + width - font.Width(line) : x, top);
            top += font.LineHeight;
        }

        return top - y;
    }

    public static double HeightOf(string text, Font font, double width) => Wrap(text, font, width).Count * font.LineHeight;

    public void Line(double y, double from = Left, double to = Right, double thickness = 0.6) => Page.Line(from, to, y, Rule, thickness);

    /// <summary>Cuts at spaces; a word wider than the column is cut where it must be.</summary>
    private static List<string> Wrap(string text, Font font, double width)
    {
        var lines = new List<string>();
        foreach (var paragraph in Printable(text).Split('\n'))
        {
            var line = "";
            foreach (var word in paragraph.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                var joined = line.Length == 0 ? word : line + " " + word;
                if (Fits(joined, font, width))
                {
                    line = joined;
                    continue;
                }

                if (line.Length > 0) lines.Add(line);
                line = word;
                while (!Fits(line, font, width) && line.Length > 1)
                {
                    var cut = line.Length - 1;
                    while (cut > 1 && !Fits(line[..cut], font, width)) cut--;
                    lines.Add(line[..cut]);
                    line = line[cut..];
                }
            }

            lines.Add(line);
        }

        return lines;
    }

    private static bool Fits(string text, Font font, double width) => font.Width(text) <= width + 0.01;

    /// <summary>The faces have no narrow no-break space and no control characters.</summary>
    private static string Printable(string text) =>
        string.Concat(text.Replace('\u202f', '\u00a0').Where(c => c == '\n' || !char.IsControl(c)));
}
