using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Storage.Model;

namespace TiersLieux.Market.Storage.Network;

internal sealed class OrganisationConfiguration : IEntityTypeConfiguration<Organisation>
{
    public void Configure(EntityTypeBuilder<Organisation> entity)
    {
        entity.ToTable("organisation");
        entity.HasKey(o => o.Id);
        entity.HasIndex(o => o.Code).IsUnique();
        entity.ComplexProperty(o => o.Address);
    }
}

internal sealed class PlaceConfiguration : IEntityTypeConfiguration<Place>
{
    public void Configure(EntityTypeBuilder<Place> entity)
    {
        entity.ToTable("place");
        entity.HasKey(p => p.Id);
        entity.HasIndex(p => p.Code).IsUnique();
        entity.ComplexProperty(p => p.Address);
        entity.Ignore(p => p.Position);
        entity.Property(p => p.Description).HasJson();
        entity.HasOne<Circle>().WithMany().HasForeignKey(p => p.CircleId);
        entity.HasOne<Organisation>().WithMany().HasForeignKey(p => p.OrganisationId);
    }
}

internal sealed class CircleConfiguration : IEntityTypeConfiguration<Circle>
{
    public void Configure(EntityTypeBuilder<Circle> entity)
    {
        entity.ToTable("circle");
        entity.HasKey(c => c.Id);
        entity.HasIndex(c => c.Code).IsUnique();
        entity.Property(c => c.Name).HasJson();
    }
}

internal sealed class CommuneConfiguration : IEntityTypeConfiguration<Commune>
{
    public void Configure(EntityTypeBuilder<Commune> entity)
    {
        entity.ToTable("commune");
        entity.HasKey(c => c.Insee);
        entity.Ignore(c => c.Position);
    }
}

internal sealed class PersonConfiguration : IEntityTypeConfiguration<Person>
{
    public void Configure(EntityTypeBuilder<Person> entity)
    {
        entity.ToTable("person");
        entity.HasKey(p => p.Id);
        entity.HasIndex(p => p.Email).IsUnique();
        entity.HasOne<Organisation>().WithMany().HasForeignKey(p => p.OrganisationId);
    }
}

internal sealed class RoleGrantConfiguration : IEntityTypeConfiguration<RoleGrant>
{
    public void Configure(EntityTypeBuilder<RoleGrant> entity)
    {
        entity.ToTable("role_grant");
        entity.HasKey(r => r.Id);
        entity.HasOne<Person>().WithMany().HasForeignKey(r => r.PersonId);
    }
}

internal sealed class MembershipConfiguration : IEntityTypeConfiguration<Membership>
{
    public void Configure(EntityTypeBuilder<Membership> entity)
    {
        entity.ToTable("membership");
        entity.HasKey(m => m.Id);
        entity.HasIndex(m => new { m.PersonId, m.PlaceId });
        entity.HasOne<Person>().WithMany().HasForeignKey(m => m.PersonId);
        entity.HasOne<Place>().WithMany().HasForeignKey(m => m.PlaceId);
    }
}

internal sealed class CredentialConfiguration : IEntityTypeConfiguration<Credential>
{
    public void Configure(EntityTypeBuilder<Credential> entity)
    {
        entity.ToTable("credential");
        entity.HasKey(c => c.Id);
        entity.HasIndex(c => new { c.PersonId, c.Kind });
        entity.HasOne<Person>().WithMany().HasForeignKey(c => c.PersonId);
        entity.HasOne<Place>().WithMany().HasForeignKey(c => c.GrantedByPlaceId);
    }
}

internal sealed class CredentialKindConfiguration : IEntityTypeConfiguration<CredentialKind>
{
    public void Configure(EntityTypeBuilder<CredentialKind> entity)
    {
        entity.ToTable("credential_kind");
        entity.HasKey(k => k.Code);
        entity.Property(k => k.Name).HasJson();
    }
}
