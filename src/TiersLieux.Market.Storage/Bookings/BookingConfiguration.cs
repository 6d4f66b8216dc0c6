using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TiersLieux.Market.Domain.Bookings;
using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Storage.Model;

namespace TiersLieux.Market.Storage.Bookings;

internal sealed class BookingConfiguration : IEntityTypeConfiguration<Booking>
{
    public void Configure(EntityTypeBuilder<Booking> entity)
    {
        entity.ToTable("booking");
        entity.HasKey(b => b.Id);
        entity.HasIndex(b => b.Reference).IsUnique();
        entity.HasIndex(b => new { b.ResourceId, b.Start });
        entity.HasIndex(b => new { b.PersonId, b.Start });
        entity.HasIndex(b => b.HeldUntil);
        entity.Property(b => b.Price).HasJson();
        entity.Ignore(b => b.Time);
        entity.Ignore(b => b.InclTax);
        entity.Ignore(b => b.TakesTime);
        entity.HasOne<Resource>().WithMany().HasForeignKey(b => b.ResourceId);
    }
}
