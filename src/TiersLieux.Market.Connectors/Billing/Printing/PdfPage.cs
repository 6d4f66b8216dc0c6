using System.Globalization;
using System.Text;

namespace TiersLieux.Market.Connectors.Billing.Printing;

/// <summary>What is drawn on one page. Measures are points from the top left corner.</summary>
internal sealed class PdfPage(PdfFile file)
{
    /// <summary>How far a control point stands from a quarter circle's end, for radius 1.</summary>
    private const double Arc = 0.5523;

    private readonly StringBuilder content = new();

    public string Content => content.ToString();

    /// <summary>Draws one line of text whose top left corner is given.</summary>
    public void Text(string text, Font font, Colour colour, double x, double top)
    {
        if (text.Length == 0) return;
        content.Append(CultureInfo.InvariantCulture, $"BT {Fill(colour)} /{file.Use(font.Face)} {N(font.Size)} Tf {N(x)} {Up(top + font.Baseline)} Td <");
        foreach (var character in text.EnumerateRunes())
            content.Append(file.Glyph(font, character).ToString("X4", CultureInfo.InvariantCulture));
        content.Append("> Tj ET\n");
    }

    public void Line(double x1, double x2, double y, Colour colour, double thickness) =>
        content.Append(CultureInfo.InvariantCulture, $"{Stroke(colour)} {N(thickness)} w {N(x1)} {Up(y)} m {N(x2)} {Up(y)} l S\n");

    public void Rectangles(IEnumerable<(double X, double Y, double Width, double Height)> boxes, Colour colour)
    {
        content.Append(Fill(colour)).Append('\n');
        foreach (var (x, y, width, height) in boxes)
            content.Append(CultureInfo.InvariantCulture, $"{N(x)} {Up(y + height)} {N(width)} {N(height)} re\n");
        content.Append("f\n");
    }

    public void Rounded(double x, double y, double width, double height, double radius, Colour fill, Colour stroke)
    {
        var (left, right, top, bottom, bend) = (x, x + width, y, y + height, radius * (1 - Arc));
        content.Append(CultureInfo.InvariantCulture, $"{Fill(fill)} {Stroke(stroke)} 0.6 w {N(left + radius)} {Up(top)} m\n");
        Side(right - radius, top, right - bend, top, right, top + bend, right, top + radius);
        Side(right, bottom - radius, right, bottom - bend, right - bend, bottom, right - radius, bottom);
        Side(left + radius, bottom, left + bend, bottom, left, bottom - bend, left, bottom - radius);
        Side(left, top + radius, left, top + bend, left + bend, top, left + radius, top);
        content.Append("b\n");
    }

    private void Side(double x, double y, double x1, double y1, double x2, double y2, double x3, double y3) =>
        content.Append(CultureInfo.InvariantCulture, $"{N(x)} {Up(y)} l {N(x1)} {Up(y1)} {N(x2)} {Up(y2)} {N(x3)} {Up(y3)} c\n");

    private static string Fill(Colour c) => $"{Shade(c.Red)} {Shade(c.Green)} {Shade(c.Blue)} rg";

    private static string Stroke(Colour c) => $"{Shade(c.Red)} {Shade(c.Green)} {Shade(c.Blue)} RG";

    private static string Shade(byte value) => (value / 255d).ToString("0.###", CultureInfo.InvariantCulture);

    private static string Up(double y) => N(PdfFile.PageHeight - y);

    private static string N(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
