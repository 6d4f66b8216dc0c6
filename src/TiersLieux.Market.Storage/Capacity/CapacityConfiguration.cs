using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TiersLieux.Market.Domain.Bookings;
using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Catalogue;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Storage.Model;

namespace TiersLieux.Market.Storage.Capacity;

internal sealed class WorkshopConfiguration : IEntityTypeConfiguration<Workshop>
{
    public void Configure(EntityTypeBuilder<Workshop> entity)
    {
        entity.ToTable("workshop");
        entity.HasKey(w => w.Id);
        entity.HasIndex(w => w.Code).IsUnique();
        entity.Property(w => w.Description).HasJson();
        entity.Property(w => w.Speciality).HasJson();
        entity.HasOne<Place>().WithMany().HasForeignKey(w => w.PlaceId);
        entity.HasOne<Organisation>().WithMany().HasForeignKey(w => w.OrganisationId);
    }
}

internal sealed class ResourceConfiguration : IEntityTypeConfiguration<Resource>
{
    public void Configure(EntityTypeBuilder<Resource> entity)
    {
        entity.ToTable("resource");
        entity.HasKey(r => r.Id);
        entity.HasIndex(r => r.Code).IsUnique();
        entity.Property<List<Capability>>("_capabilities").HasColumnName("capabilities").HasJson();
        entity.Ignore(r => r.Capabilities);
        entity.Property(r => r.Tariff).HasJson();
        entity.HasOne<Place>().WithMany().HasForeignKey(r => r.PlaceId);
        entity.HasOne<Workshop>().WithMany().HasForeignKey(r => r.WorkshopId);
        entity.HasOne<Resource>().WithMany().HasForeignKey(r => r.ParentId);
    }
}

internal sealed class OccupationConfiguration : IEntityTypeConfiguration<Occupation>
{
    public void Configure(EntityTypeBuilder<Occupation> entity)
    {
        entity.ToTable("occupation", table => table.HasCheckConstraint("ck_occupation_forward", "start < \"end\""));
        entity.HasKey(o => o.Id);
        entity.HasIndex(o => new { o.ResourceId, o.Seat, o.Start });
        entity.HasIndex(o => o.OwnerId);
        entity.Ignore(o => o.Time);
        entity.HasOne<Resource>().WithMany().HasForeignKey(o => o.ResourceId);
    }
}

internal sealed class ClosureConfiguration : IEntityTypeConfiguration<Closure>
{
    public void Configure(EntityTypeBuilder<Closure> entity)
    {
        entity.ToTable("closure");
        entity.HasKey(c => c.Id);
        entity.HasIndex(c => c.PlaceId);
    }
}

internal sealed class WorkshopDayConfiguration : IEntityTypeConfiguration<WorkshopDay>
{
    public void Configure(EntityTypeBuilder<WorkshopDay> entity)
    {
        entity.ToTable("workshop_day", table =>
            table.HasCheckConstraint("ck_workshop_day_capacity", "promised_minutes >= 0 AND promised_minutes <= capacity_minutes"));
        entity.HasKey(d => new { d.WorkshopId, d.Day });
        entity.HasOne<Workshop>().WithMany().HasForeignKey(d => d.WorkshopId);
    }
}

internal sealed class PeopleHoldConfiguration : IEntityTypeConfiguration<PeopleHold>
{
    public void Configure(EntityTypeBuilder<PeopleHold> entity)
    {
        entity.ToTable("people_hold");
        entity.HasKey(p => p.Id);
        entity.HasIndex(p => p.OwnerId);
        entity.HasIndex(p => new { p.WorkshopId, p.Day });
    }
}

internal sealed class SessionSeriesConfiguration : IEntityTypeConfiguration<SessionSeries>
{
    public void Configure(EntityTypeBuilder<SessionSeries> entity)
    {
        entity.ToTable("session_series");
        entity.HasKey(s => s.Id);
        entity.HasIndex(s => s.OfferId);
        entity.HasOne<Offer>().WithMany().HasForeignKey(s => s.OfferId);
        entity.HasOne<Resource>().WithMany().HasForeignKey(s => s.ResourceId);
        entity.HasOne<Person>().WithMany().HasForeignKey(s => s.TrainerId);
    }
}
