using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TiersLieux.Market.Domain.Catalogue;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Storage.Model;

namespace TiersLieux.Market.Storage.Catalogue;

internal sealed class ProcessConfiguration : IEntityTypeConfiguration<Process>
{
    public void Configure(EntityTypeBuilder<Process> entity)
    {
        entity.ToTable("process");
        entity.HasKey(p => p.Code);
        entity.Property(p => p.Name).HasJson();
    }
}

internal sealed class MaterialConfiguration : IEntityTypeConfiguration<Material>
{
    public void Configure(EntityTypeBuilder<Material> entity)
    {
        entity.ToTable("material");
        entity.HasKey(m => m.Code);
        entity.Property(m => m.Name).HasJson();
    }
}

internal sealed class FiliereConfiguration : IEntityTypeConfiguration<Filiere>
{
    public void Configure(EntityTypeBuilder<Filiere> entity)
    {
        entity.ToTable("filiere");
        entity.HasKey(f => f.Code);
        entity.Property(f => f.Name).HasJson();
    }
}

internal sealed class OfferConfiguration : IEntityTypeConfiguration<Offer>
{
    public void Configure(EntityTypeBuilder<Offer> entity)
    {
        entity.ToTable("offer");
        entity.HasKey(o => o.Id);
        entity.HasIndex(o => o.Code).IsUnique();
        entity.HasIndex(o => o.State);
        entity.Property(o => o.Title).HasJson();
        entity.Property(o => o.Description).HasJson();
        entity.Property(o => o.Origin).HasJson();
        entity.Property<List<OfferOperation>>("_routing").HasColumnName("routing").HasJson();
        entity.Property<List<QuantityBreak>>("_breaks").HasColumnName("prices").HasJson();
        entity.Ignore(o => o.Routing);
        entity.Ignore(o => o.Prices);
        entity.HasOne<Organisation>().WithMany().HasForeignKey(o => o.SellerOrganisationId);
        entity.HasOne<Circle>().WithMany().HasForeignKey(o => o.CircleId);
        entity.HasOne<Place>().WithMany().HasForeignKey(o => o.PlaceId);
    }
}
