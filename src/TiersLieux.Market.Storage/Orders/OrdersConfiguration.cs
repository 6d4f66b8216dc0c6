using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Orders;
using TiersLieux.Market.Storage.Model;

namespace TiersLieux.Market.Storage.Orders;

internal sealed class QuoteConfiguration : IEntityTypeConfiguration<Quote>
{
    public void Configure(EntityTypeBuilder<Quote> entity)
    {
        entity.ToTable("quote");
        entity.HasKey(q => q.Id);
        entity.HasIndex(q => q.Number).IsUnique();
        entity.Property(q => q.Lines).HasJson();
        entity.Property(q => q.Plans).HasJson();
    }
}

internal sealed class OrderConfiguration : IEntityTypeConfiguration<Order>
{
    public void Configure(EntityTypeBuilder<Order> entity)
    {
        entity.ToTable("order");
        entity.HasKey(o => o.Id);
        entity.HasIndex(o => o.Number).IsUnique();
        entity.HasIndex(o => o.DueAt);
        entity.HasIndex(o => o.PersonId);
        entity.Property(o => o.Lines).HasJson();
        entity.Property(o => o.Plan).HasJson();
        entity.Property(o => o.LaterDate).HasJson();
        entity.ComplexProperty(o => o.DeliverTo);
        entity.Ignore(o => o.LiveWorkOrders);
        entity.HasMany(o => o.WorkOrders).WithOne().HasForeignKey(w => w.OrderId);
        entity.Navigation(o => o.WorkOrders).UsePropertyAccessMode(PropertyAccessMode.Field);
        entity.HasOne<Quote>().WithMany().HasForeignKey(o => o.QuoteId);
    }
}

internal sealed class WorkOrderConfiguration : IEntityTypeConfiguration<WorkOrder>
{
    public void Configure(EntityTypeBuilder<WorkOrder> entity)
    {
        entity.ToTable("work_order");
        entity.HasKey(w => w.Id);
        entity.HasIndex(w => w.Number).IsUnique();
        entity.HasIndex(w => new { w.WorkshopId, w.State });
        entity.HasIndex(w => w.AnswerBy);
        entity.Property(w => w.Operations).HasJson();
        entity.Ignore(w => w.IsLive);
        entity.Ignore(w => w.NeedsReplacement);
        entity.Ignore(w => w.HasBegun);
        entity.HasOne<Workshop>().WithMany().HasForeignKey(w => w.WorkshopId);
    }
}

internal sealed class OrderEventConfiguration : IEntityTypeConfiguration<OrderEvent>
{
    public void Configure(EntityTypeBuilder<OrderEvent> entity)
    {
        entity.ToTable("order_event");
        entity.HasKey(e => e.Id);
        entity.HasIndex(e => new { e.OrderId, e.At });
        entity.Property(e => e.Text).HasJson();
    }
}

internal sealed class DeliveryNoteConfiguration : IEntityTypeConfiguration<DeliveryNote>
{
    public void Configure(EntityTypeBuilder<DeliveryNote> entity)
    {
        entity.ToTable("delivery_note");
        entity.HasKey(d => d.Id);
        entity.HasIndex(d => d.Number).IsUnique();
        entity.HasIndex(d => d.OrderId);
        entity.Property(d => d.Lines).HasJson();
    }
}
