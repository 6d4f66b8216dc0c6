using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TiersLieux.Market.Domain.Network;

namespace TiersLieux.Market.Storage.Access;

/// <summary>A key that a program uses in a person's name. Only its hash is kept: a copy of the database opens nothing.</summary>
public sealed class ApiToken
{
    private ApiToken() { }

    public ApiToken(Guid id, string hash, Guid personId, string scopes, DateTime now)
    {
        Id = id;
        Hash = hash;
        PersonId = personId;
        Scopes = scopes;
        CreatedAt = now;
    }

    public Guid Id { get; private set; }

    /// <summary>SHA-256 of the token, hex. The token is random enough (32 bytes) to need no salt.</summary>
    public string Hash { get; private set; } = "";

    public Guid PersonId { get; private set; }

    /// <summary>What it may do, separated by spaces.</summary>
    public string Scopes { get; private set; } = "";

    public DateTime CreatedAt { get; private set; }

    /// <summary>From when on it opens nothing.</summary>
    public DateTime? RevokedAt { get; private set; }

    public void Revoke(DateTime now) => RevokedAt ??= now;
}

internal sealed class ApiTokenConfiguration : IEntityTypeConfiguration<ApiToken>
{
    public void Configure(EntityTypeBuilder<ApiToken> entity)
    {
        entity.ToTable("api_token");
        entity.HasKey(t => t.Id);
        entity.Property(t => t.Id).ValueGeneratedNever();
        entity.HasIndex(t => t.Hash).IsUnique();
        entity.HasIndex(t => t.PersonId);
        entity.HasOne<Person>().WithMany().HasForeignKey(t => t.PersonId);
    }
}
