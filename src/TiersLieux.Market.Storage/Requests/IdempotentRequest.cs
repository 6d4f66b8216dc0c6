using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TiersLieux.Market.Storage.Requests;

/// <summary>The answer given to a POST with an Idempotency-Key, so that the same key and body get the same answer.</summary>
public sealed class IdempotentRequest
{
    private IdempotentRequest() { }

    public IdempotentRequest(string caller, string key, string bodyHash, int status, string? contentType, string body, string? location, DateTime now)
    {
        Caller = caller;
        Key = key;
        BodyHash = bodyHash;
        Status = status;
        ContentType = contentType;
        Body = body;
        Location = location;
        CreatedAt = now;
    }

    public string Caller { get; private set; } = "";

    public string Key { get; private set; } = "";

    /// <summary>SHA-256 of method, path and body, hex.</summary>
    public string BodyHash { get; private set; } = "";

    public int Status { get; private set; }

    public string? ContentType { get; private set; }

    public string Body { get; private set; } = "";

    public string? Location { get; private set; }

    public DateTime CreatedAt { get; private set; }
}

internal sealed class IdempotentRequestConfiguration : IEntityTypeConfiguration<IdempotentRequest>
{
    public void Configure(EntityTypeBuilder<IdempotentRequest> entity)
    {
        entity.ToTable("idempotent_request");
        entity.HasKey(r => new { r.Caller, r.Key });
        entity.HasIndex(r => r.CreatedAt);
    }
}
