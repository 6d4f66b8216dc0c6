using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Catalogue.Search;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Storage;

namespace TiersLieux.Market.Grains.Orders;

/// <summary>Geocoding without a service: a commune by code, or by postal code and name as people write it.</summary>
public static class CommuneSearch
{
    public static async Task<Commune?> FindAsync(MarketDbContext db, string? insee, string? postalCode, string? city, CancellationToken cancellation)
    {
        if (!string.IsNullOrWhiteSpace(insee))
            return await db.Set<Commune>().AsNoTracking().FirstOrDefaultAsync(c => c.Insee == insee.Trim(), cancellation);

        var code = postalCode?.Trim() ?? "";
        var name = Plain(city ?? "");
        // "59000 Lille" in the field of the name: people write what stands on an envelope.
        if (name.Split(' ', 2) is [{ Length: 5 } first, .. var rest] && first.All(char.IsAsciiDigit))
        {
            if (code.Length == 0) code = first;
            name = rest.Length > 0 ? rest[0] : "";
        }

        if (code.Length == 0 && name.Length == 0) return null;
        var candidates = code.Length > 0
            ? await db.Set<Commune>().AsNoTracking().Where(c => c.PostalCodes.Contains(code)).ToListAsync(cancellation)
            : (await db.Set<Commune>().AsNoTracking().ToListAsync(cancellation)).FindAll(c => Plain(c.Name) == name);
        candidates = candidates.FindAll(c => code.Length == 0 || c.PostalCodes.Split(' ').Contains(code));
        if (name.Length == 0) return candidates.Count > 0 ? candidates[0] : null;
        return candidates.Find(c => Plain(c.Name) == name)
            ?? candidates.Find(c => Plain(c.Name).StartsWith(name, StringComparison.Ordinal) || name.StartsWith(Plain(c.Name), StringComparison.Ordinal))
            ?? candidates.Find(c => Resembles(Plain(c.Name), name));
    }

    /// <summary>A slip of the pen, not another town: the first word is the same but for a letter or two.</summary>
    private static bool Resembles(string known, string written)
    {
        var (first, asked) = (known.Split(' ')[0], written.Split(' ')[0]);
        return Spelling.Within(first, asked, Spelling.Allowed(first.Length));
    }

    /// <summary>Lower case, without accents, hyphens or apostrophes; st and ste in full.</summary>
    internal static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text.Trim().Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark) continue;
            if (char.IsLetterOrDigit(c)) plain.Append(char.ToLowerInvariant(c));
            else if (plain.Length > 0 && plain[^1] != ' ') plain.Append(' ');
        }

        var words = plain.ToString().Replace("œ", "oe", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return string.Join(' ', words.Select(w => w switch { "st" => "saint", "ste" => "sainte", _ => w }));
    }
}
