using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace TiersLieux.Market.Connectors.Billing.Printing;

/// <summary>
/// A PDF 1.7 file (ISO 32000-1) of A4 pages with embedded TrueType subsets and text that can be searched and copied.
/// Small and our own because the PDF library that can be had here is AGPL or paid.
/// </summary>
internal sealed class PdfFile
{
    public const double PageWidth = 595;
    public const double PageHeight = 842;

    private readonly List<PdfPage> pages = [];
    private readonly Dictionary<TrueTypeFont, SortedDictionary<ushort, Rune>> used = [];
    private readonly List<byte[]> objects = [];

    public string Title { get; init; } = "";

    public string Author { get; init; } = "";

    public string Language { get; init; } = "fr";

    /// <summary>UTC.</summary>
    public DateTime Created { get; init; }

    public IReadOnlyList<PdfPage> Pages => pages;

    public PdfPage AddPage()
    {
        var page = new PdfPage(this);
        pages.Add(page);
        return page;
    }

    /// <summary>The resource name of a face, which is then embedded.</summary>
    public string Use(TrueTypeFont face)
    {
        used.TryAdd(face, []);
        return face.Name;
    }

    /// <summary>The glyph of a character, noted for the subset.</summary>
    public ushort Glyph(Font font, Rune character)
    {
        var glyph = font.Face.GlyphOf(character, font.Tabular);
        used[font.Face].TryAdd(glyph, character);
        return glyph;
    }

    public byte[] ToBytes()
    {
        objects.Clear();
        var catalog = Reserve();
        var tree = Reserve();
        var fonts = used.OrderBy(f => f.Key.Name, StringComparer.Ordinal)
            .Select(f => $"/{f.Key.Name} {Add(FontDictionary(f.Key, f.Value))} 0 R").ToList();
        var resources = Add($"<< /Font << {string.Join(' ', fonts)} >> >>");
        var kids = pages.Select(page =>
        {
            var content = AddStream(Encoding.ASCII.GetBytes(page.Content), "");
            return Add($"<< /Type /Page /Parent {tree} 0 R /MediaBox [0 0 {PageWidth} {PageHeight}] /Resources {resources} 0 R /Contents {content} 0 R >>");
        }).ToList();
        Set(tree, $"<< /Type /Pages /Count {kids.Count} /Kids [{string.Join(' ', kids.Select(k => $"{k} 0 R"))}] >>");
        Set(catalog, $"<< /Type /Catalog /Pages {tree} 0 R /Lang {TextString(Language)} /ViewerPreferences << /DisplayDocTitle true >> >>");
        var date = Created.ToString("'(D:'yyyyMMddHHmmss'Z)'", CultureInfo.InvariantCulture);
        var info = Add($"<< /Title {TextString(Title)} /Author {TextString(Author)} /Producer {TextString("TiersLieux.Market")} /CreationDate {date} /ModDate {date} >>");
        return Assemble(catalog, info);
    }

    private string FontDictionary(TrueTypeFont face, SortedDictionary<ushort, Rune> glyphs)
    {
        // The tag of a subset is six capitals, drawn from what it holds.
        var tag = string.Concat(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(',', glyphs.Keys))).Take(6).Select(b => (char)('A' + b % 26)));
        var name = $"{tag}+{face.Name}";
        var subset = face.Subset(glyphs.Keys);
        var program = AddStream(subset, $"/Length1 {subset.Length}");
        var descriptor = Add(
            $"<< /Type /FontDescriptor /FontName /{name} /Flags 32 /FontBBox [{string.Join(' ', face.Bounds)}] /ItalicAngle 0 /Ascent {face.Ascent} "
            + $"/Descent {face.Descent} /CapHeight {face.CapHeight} /StemV 80 /FontFile2 {program} 0 R >>");
        var widths = string.Join(' ', glyphs.Keys.Select(g => $"{g} [{face.AdvanceOf(g)}]"));
        var descendant = Add(
            $"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
            + $"/FontDescriptor {descriptor} 0 R /W [{widths}] /CIDToGIDMap /Identity >>");
        var toUnicode = AddStream(Encoding.ASCII.GetBytes(CharacterMap(glyphs)), "");
        return $"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H /DescendantFonts [{descendant} 0 R] /ToUnicode {toUnicode} 0 R >>";
    }

    /// <summary>Which character each glyph stands for, so that text can be searched, copied and read aloud.</summary>
    private static string CharacterMap(SortedDictionary<ushort, Rune> glyphs)
    {
        const int MostInBlock = 100;
        var map = new StringBuilder("/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
            + "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
            + "1 begincodespacerange <0000> <FFFF> endcodespacerange\n");
        foreach (var block in glyphs.Chunk(MostInBlock))
        {
            map.Append(CultureInfo.InvariantCulture, $"{block.Length} beginbfchar\n");
            foreach (var (glyph, character) in block)
                map.Append(CultureInfo.InvariantCulture, $"<{glyph:X4}> <{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(character.ToString()))}>\n");
            map.Append("endbfchar\n");
        }

        return map.Append("endcmap CMapName currentdict /CMap defineresource pop end end\n").ToString();
    }

    private byte[] Assemble(int catalog, int info)
    {
        using var file = new MemoryStream();
        void Write(string text) => file.Write(Encoding.ASCII.GetBytes(text));

        Write("%PDF-1.7\n");
        file.Write([(byte)'%', 0xE2, 0xE3, 0xCF, 0xD3, (byte)'\n']);
        var offsets = new long[objects.Count];
        for (var i = 0; i < objects.Count; i++)
        {
            offsets[i] = file.Length;
            Write($"{i + 1} 0 obj\n");
            file.Write(objects[i]);
            Write("\nendobj\n");
        }

        var id = Convert.ToHexString(SHA256.HashData(file.ToArray()).AsSpan(0, 16));
        var table = file.Length;
        Write($"xref\n0 {objects.Count + 1}\n0000000000 65535 f \n");
        foreach (var offset in offsets) Write(offset.ToString("0000000000", CultureInfo.InvariantCulture) + " 00000 n \n");
        Write($"trailer\n<< /Size {objects.Count + 1} /Root {catalog} 0 R /Info {info} 0 R /ID [<{id}> <{id}>] >>\nstartxref\n{table}\n%%EOF\n");
        return file.ToArray();
    }

    private int Reserve()
    {
        objects.Add([]);
        return objects.Count;
    }

    private void Set(int number, string body) => objects[number - 1] = Encoding.ASCII.GetBytes(body);

    private int Add(string body)
    {
        var number = Reserve();
        Set(number, body);
        return number;
    }

    private int AddStream(byte[] bytes, string entries)
    {
        using var packed = new MemoryStream();
        using (var deflate = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true)) deflate.Write(bytes);
        var number = Reserve();
        objects[number - 1] =
        [
            .. Encoding.ASCII.GetBytes($"<< /Filter /FlateDecode /Length {packed.Length} {entries} >>\nstream\n"),
            .. packed.ToArray(),
            .. "\nendstream"u8,
        ];
        return number;
    }

    /// <summary>UTF-16 with its mark, in hexadecimal: any character, nothing to escape.</summary>
    private static string TextString(string text) => $"<FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text))}>";
}
