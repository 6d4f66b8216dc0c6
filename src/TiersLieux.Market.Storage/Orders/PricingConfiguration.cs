using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TiersLieux.Market.Domain.Catalogue;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Domain.Orders.Pricing;
using TiersLieux.Market.Storage.Model;

namespace TiersLieux.Market.Storage.Orders;

internal sealed class FeeConfiguration : IEntityTypeConfiguration<FeeRow>
{
    public void Configure(EntityTypeBuilder<FeeRow> entity)
    {
        entity.ToTable("fee");
        entity.HasKey(f => f.Id);
        entity.HasIndex(f => new { f.Code, f.ValidFrom }).IsUnique();
        entity.Property(f => f.Name).HasJson();
        entity.Property(f => f.Steps).HasJson();
        entity.HasOne<Organisation>().WithMany().HasForeignKey(f => f.BeneficiaryId);
        entity.HasOne<Circle>().WithMany().HasForeignKey(f => f.CircleId);
    }
}

internal sealed class TransportConfiguration : IEntityTypeConfiguration<TransportRow>
{
    public void Configure(EntityTypeBuilder<TransportRow> entity)
    {
        entity.ToTable("transport_band");
        entity.HasKey(t => t.Id);
        entity.HasIndex(t => new { t.ValidFrom, t.UpToKg }).IsUnique();
    }
}

internal sealed class EmissionConfiguration : IEntityTypeConfiguration<EmissionRow>
{
    public void Configure(EntityTypeBuilder<EmissionRow> entity)
    {
        entity.ToTable("emission_factor");
        entity.HasKey(e => e.Id);
        entity.HasIndex(e => e.Code).IsUnique();
        entity.Property(e => e.Name).HasJson();
    }
}

internal sealed class MaterialPriceConfiguration : IEntityTypeConfiguration<MaterialPriceRow>
{
    public void Configure(EntityTypeBuilder<MaterialPriceRow> entity)
    {
        entity.ToTable("material_price");
        entity.HasKey(m => m.Id);
        entity.HasIndex(m => new { m.Material, m.ValidFrom }).IsUnique();
        entity.HasOne<Material>().WithMany().HasForeignKey(m => m.Material);
    }
}
