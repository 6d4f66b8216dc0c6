using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Storage.Access;
using TiersLieux.Market.Storage.Writing;

namespace TiersLieux.Market.Web.Access;

public abstract record ApiTokenResult
{
    private ApiTokenResult()
    {
    }

    /// <param name="Token">Shown once: only its hash is kept.</param>
    public sealed record Created(string Token) : ApiTokenResult;

    public sealed record Refused(Reason Reason) : ApiTokenResult;
}

/// <summary>Makes and finds the keys of programs.</summary>
public sealed class ApiTokens(IDbContextFactory<MarketDbContext> databases, IMarketWriter writer, TimeProvider clock)
{
    private const string Prefix = "tlm_";

    public async Task<ApiTokenResult> CreateAsync(string email, IEnumerable<string> scopes, CancellationToken cancellation = default)
    {
        var asked = scopes.Select(s => s.Trim()).Where(s => s.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        if (asked.Find(s => !TokenScopes.All.Contains(s)) is { } wrong)
        {
            var known = string.Join(", ", TokenScopes.All);
            return Refuse("scope", "scope-unknown", $"« {wrong} » n'est pas un droit. Choisissez parmi : {known}.", $"\"{wrong}\" is not a scope. Choose from: {known}.");
        }

        await using var db = await databases.CreateDbContextAsync(cancellation);
        var wanted = email.Trim().ToLowerInvariant();
        var person = await db.Set<Person>().AsNoTracking().FirstOrDefaultAsync(p => p.Email == wanted, cancellation);
        if (person is null) return Refuse("user", "person-unknown", $"Personne n'a l'adresse {email}.", $"Nobody has the address {email}.");

        var token = Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        await writer.WriteAsync(write => write.Add(new ApiToken(Guid.CreateVersion7(), Hash(token), person.Id, string.Join(' ', asked), clock.UtcNow())), cancellation);
        return new ApiTokenResult.Created(token);
    }

    /// <summary>The token's row, unless it is unknown or revoked.</summary>
    public async Task<ApiToken?> FindAsync(string token, CancellationToken cancellation = default)
    {
        if (!token.StartsWith(Prefix, StringComparison.Ordinal)) return null;
        var hash = Hash(token);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.Set<ApiToken>().AsNoTracking().FirstOrDefaultAsync(t => t.Hash == hash && t.RevokedAt == null, cancellation);
    }

    private static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    private static ApiTokenResult.Refused Refuse(string field, string code, string french, string english) => new(new Reason(code, french, english) { Field = field });
}
