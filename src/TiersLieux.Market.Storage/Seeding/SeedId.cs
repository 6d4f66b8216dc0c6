using System.Security.Cryptography;
using System.Text;

namespace TiersLieux.Market.Storage.Seeding;

/// <summary>Ids of seeded rows follow from table and code (UUID version 8, a hash), so that they are the same in every installation.</summary>
internal static class SeedId
{
    public static Guid Of(string table, string key)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"TiersLieux.Market seed/{table}/{key}"));
        var bytes = hash.AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
