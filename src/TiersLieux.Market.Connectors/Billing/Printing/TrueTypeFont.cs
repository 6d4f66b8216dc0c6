using System.Buffers.Binary;
using System.Text;

namespace TiersLieux.Market.Connectors.Billing.Printing;

/// <summary>A TrueType face (OpenType specification, tables head, hhea, hmtx, maxp, cmap, loca, glyf, GSUB): measures, glyphs, subsets.</summary>
internal sealed class TrueTypeFont
{
    private static readonly string[] Kept = ["cvt ", "fpgm", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "prep"];

    private readonly byte[] file;
    private readonly Dictionary<string, (int Offset, int Length)> tables = new(StringComparer.Ordinal);
    private readonly Dictionary<int, ushort> glyphs = [];
    private readonly Dictionary<int, ushort> tabularFigures = [];
    private readonly int longMetrics;
    private readonly bool longOffsets;

    public TrueTypeFont(string name, byte[] file)
    {
        this.file = file;
        Name = name;
        for (var i = 0; i < U16(4); i++)
        {
            var record = 12 + 16 * i;
            tables[Encoding.ASCII.GetString(file, record, 4)] = ((int)U32(record + 8), (int)U32(record + 12));
        }

        var head = tables["head"].Offset;
        UnitsPerEm = U16(head + 18);
        Bounds = [.. Enumerable.Range(0, 4).Select(i => Scaled(S16(head + 36 + 2 * i)))];
        longOffsets = U16(head + 50) == 1;
        var hhea = tables["hhea"].Offset;
        Ascent = Scaled(S16(hhea + 4));
        Descent = Scaled(S16(hhea + 6));
        longMetrics = U16(hhea + 34);
        GlyphCount = U16(tables["maxp"].Offset + 4);
        var os2 = tables["OS/2"].Offset;
        CapHeight = Scaled(S16(os2 + 88));
        ReadCharacterMap();
        ReadTabularFigures();
    }

    public string Name { get; }

    public int UnitsPerEm { get; }

    public int GlyphCount { get; }

    /// <summary>All measures are in thousandths of the type size, as PDF has them.</summary>
    public int Ascent { get; }

    public int Descent { get; }

    public int CapHeight { get; }

    public int[] Bounds { get; }

    /// <summary>The glyph of a character; 0, the empty box, when the face has none.</summary>
    /// <param name="tabular">Figures of equal width, where the face has them.</param>
    public ushort GlyphOf(Rune character, bool tabular) =>
        tabular && tabularFigures.TryGetValue(character.Value, out var figure) ? figure : glyphs.GetValueOrDefault(character.Value);

    public int AdvanceOf(ushort glyph) => Scaled(U16(tables["hmtx"].Offset + 4 * Math.Min(glyph, longMetrics - 1)));

    public double Width(string text, double size, bool tabular)
    {
        var width = 0L;
        foreach (var character in text.EnumerateRunes()) width += AdvanceOf(GlyphOf(character, tabular));
        return width * size / 1000;
    }

    /// <summary>The face with the outlines of these glyphs alone; glyph numbers stay what they are.</summary>
    public byte[] Subset(IEnumerable<ushort> used)
    {
        var wanted = new SortedSet<ushort>(used) { 0 };
        var pending = new Queue<ushort>(wanted);
        while (pending.TryDequeue(out var glyph))
            foreach (var part in PartsOf(glyph))
                if (wanted.Add(part)) pending.Enqueue(part);

        var outlines = new MemoryStream();
        var offsets = new byte[4 * (GlyphCount + 1)];
        for (var glyph = 0; glyph <= GlyphCount; glyph++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(offsets.AsSpan(4 * glyph), (uint)outlines.Length);
            if (glyph == GlyphCount || !wanted.Contains((ushort)glyph)) continue;
            var (start, end) = OutlineOf(glyph);
            outlines.Write(file, start, end - start);
            while (outlines.Length % 4 != 0) outlines.WriteByte(0);
        }

        return Assemble(new Dictionary<string, byte[]>(StringComparer.Ordinal) { ["glyf"] = outlines.ToArray(), ["loca"] = offsets });
    }

    private byte[] Assemble(Dictionary<string, byte[]> changed)
    {
        var content = Kept.Where(tables.ContainsKey)
            .Select(tag => (Tag: tag, Bytes: changed.GetValueOrDefault(tag) ?? file.AsSpan(tables[tag].Offset, tables[tag].Length).ToArray())).ToList();
        var head = content.Find(t => t.Tag == "head").Bytes;
        BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(8), 0);
        BinaryPrimitives.WriteInt16BigEndian(head.AsSpan(50), 1);

        var power = (int)Math.Log2(content.Count);
        var result = new byte[12 + 16 * content.Count + content.Sum(t => (t.Bytes.Length + 3) & ~3)];
        BinaryPrimitives.WriteUInt32BigEndian(result, 0x00010000);
        BinaryPrimitives.WriteUInt16BigEndian(result.AsSpan(4), (ushort)content.Count);
        BinaryPrimitives.WriteUInt16BigEndian(result.AsSpan(6), (ushort)(16 << power));
        BinaryPrimitives.WriteUInt16BigEndian(result.AsSpan(8), (ushort)power);
        BinaryPrimitives.WriteUInt16BigEndian(result.AsSpan(10), (ushort)(16 * content.Count - (16 << power)));
        var at = 12 + 16 * content.Count;
        var headAt = 0;
        for (var i = 0; i < content.Count; i++)
        {
            var (tag, bytes) = content[i];
            bytes.CopyTo(result, at);
            var padded = (bytes.Length + 3) & ~3;
            var record = result.AsSpan(12 + 16 * i);
            Encoding.ASCII.GetBytes(tag, record);
            BinaryPrimitives.WriteUInt32BigEndian(record[4..], Checksum(result.AsSpan(at, padded)));
            BinaryPrimitives.WriteUInt32BigEndian(record[8..], (uint)at);
            BinaryPrimitives.WriteUInt32BigEndian(record[12..], (uint)bytes.Length);
            if (tag == "head") headAt = at;
            at += padded;
        }

        BinaryPrimitives.WriteUInt32BigEndian(result.AsSpan(headAt + 8), 0xB1B0AFBA - Checksum(result));
        return result;
    }

    /// <summary>The glyphs that a composite glyph is drawn from.</summary>
    private IEnumerable<ushort> PartsOf(ushort glyph)
    {
        const int WordArguments = 1, OneScale = 8, More = 32, TwoScales = 64, Matrix = 128;
        var (start, end) = OutlineOf(glyph);
        if (end - start < 10 || S16(start) >= 0) yield break;
        var at = start + 10;
        int flags;
        do
        {
            flags = U16(at);
            yield return U16(at + 2);
            at += 4 + ((flags & WordArguments) != 0 ? 4 : 2);
            at += (flags & OneScale) != 0 ? 2 : (flags & TwoScales) != 0 ? 4 : (flags & Matrix) != 0 ? 8 : 0;
        }
        while ((flags & More) != 0);
    }

    private (int Start, int End) OutlineOf(int glyph)
    {
        var loca = tables["loca"].Offset;
        var glyf = tables["glyf"].Offset;
        return longOffsets
            ? (glyf + (int)U32(loca + 4 * glyph), glyf + (int)U32(loca + 4 * glyph + 4))
            : (glyf + 2 * U16(loca + 2 * glyph), glyf + 2 * U16(loca + 2 * glyph + 2));
    }

    /// <summary>The Unicode subtable of format 4, which covers the basic plane.</summary>
    private void ReadCharacterMap()
    {
        var cmap = tables["cmap"].Offset;
        for (var i = 0; i < U16(cmap + 2); i++)
        {
            var table = cmap + (int)U32(cmap + 4 + 8 * i + 4);
            if (U16(table) != 4) continue;
            var segments = U16(table + 6) / 2;
            for (var s = 0; s < segments; s++)
            {
                var end = U16(table + 14 + 2 * s);
                var start = U16(table + 16 + 2 * segments + 2 * s);
                var delta = S16(table + 16 + 4 * segments + 2 * s);
                var rangeAt = table + 16 + 6 * segments + 2 * s;
                var range = U16(rangeAt);
                for (var code = (int)start; code <= end && code != 0xFFFF; code++)
                {
                    var glyph = range == 0 ? code : U16(rangeAt + range + 2 * (code - start));
                    if (range == 0 || glyph != 0) glyphs[code] = (ushort)(glyph + delta);
                }
            }

            return;
        }

        throw new InvalidOperationException($"The font {Name} has no character map of format 4.");
    }

    /// <summary>
    /// The figures of equal width, where the face has them (feature tnum of its GSUB table): in columns, amounts line
    /// up digit under digit.
    /// </summary>
    private void ReadTabularFigures()
    {
        if (!tables.TryGetValue("GSUB", out var table)) return;
        var features = table.Offset + U16(table.Offset + 6);
        var lookups = table.Offset + U16(table.Offset + 8);
        for (var i = 0; i < U16(features); i++)
        {
            var record = features + 2 + 6 * i;
            if (Encoding.ASCII.GetString(file, record, 4) != "tnum") continue;
            var feature = features + U16(record + 4);
            for (var j = 0; j < U16(feature + 2); j++)
            {
                var lookup = lookups + U16(lookups + 2 + 2 * U16(feature + 4 + 2 * j));
                if (U16(lookup) != 1) continue;
                for (var k = 0; k < U16(lookup + 4); k++) ApplySubstitution(lookup + U16(lookup + 6 + 2 * k));
            }

            return;
        }
    }

    /// <summary>One single-substitution subtable, applied to the ten figures.</summary>
    private void ApplySubstitution(int subtable)
    {
        for (var figure = (int)'0'; figure <= '9'; figure++)
        {
            var glyph = glyphs[figure];
            if (CoverageIndex(subtable + U16(subtable + 2), glyph) is not { } index) continue;
            tabularFigures[figure] = U16(subtable) == 1 ? (ushort)(glyph + S16(subtable + 4)) : U16(subtable + 6 + 2 * index);
        }
    }

    private int? CoverageIndex(int coverage, ushort glyph)
    {
        for (var i = 0; i < U16(coverage + 2); i++)
        {
            if (U16(coverage) == 1)
            {
                if (U16(coverage + 4 + 2 * i) == glyph) return i;
                continue;
            }

            var range = coverage + 4 + 6 * i;
            if (glyph >= U16(range) && glyph <= U16(range + 2)) return U16(range + 4) + glyph - U16(range);
        }

        return null;
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var sum = 0u;
        for (var i = 0; i < bytes.Length; i += 4) sum = unchecked(sum + BinaryPrimitives.ReadUInt32BigEndian(bytes[i..]));
        return sum;
    }

    private int Scaled(int units) => (int)Math.Round(units * 1000d / UnitsPerEm, MidpointRounding.AwayFromZero);

    private ushort U16(int at) => BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(at));

    private short S16(int at) => BinaryPrimitives.ReadInt16BigEndian(file.AsSpan(at));

    private uint U32(int at) => BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at));
}
