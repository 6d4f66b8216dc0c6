using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TiersLieux.Market.Domain.Billing;
using TiersLieux.Market.Storage.Model;

namespace TiersLieux.Market.Storage.Billing;

/// <summary>
/// A document is append-only. Its parties are frozen with it as JSON; its lines and VAT are rows, because the ledger and returns add them up.
/// </summary>
internal sealed class InvoiceConfiguration : IEntityTypeConfiguration<Invoice>
{
    public void Configure(EntityTypeBuilder<Invoice> entity)
    {
        entity.ToTable("invoice");
        entity.HasKey(i => i.Id);
        entity.HasIndex(i => new { i.SellerId, i.Series, i.Year, i.Sequence }).IsUnique();
        entity.HasIndex(i => i.Number);
        entity.HasIndex(i => i.OrderId);
        entity.HasIndex(i => i.BuyerId);
        entity.Property<string>(OperationKey.Name);
        entity.HasIndex(OperationKey.Name).IsUnique();
        entity.Property(i => i.Seller).HasJson();
        entity.Property(i => i.Buyer).HasJson();
        entity.Property(i => i.DeliveryAddress).HasJson();
        entity.Property(i => i.Payee).HasJson();
        entity.Ignore(i => i.VatBreakdown);
        entity.Ignore(i => i.IsSelfBilled);
        entity.HasMany(i => i.Lines).WithOne().HasForeignKey("InvoiceId").IsRequired();
        entity.HasMany(i => i.VatRows).WithOne().HasForeignKey("InvoiceId").IsRequired();
        entity.HasMany(i => i.Deposits).WithOne().HasForeignKey("InvoiceId").IsRequired();
        entity.HasMany(i => i.Mentions).WithOne().HasForeignKey("InvoiceId").IsRequired();
        entity.Navigation(i => i.Lines).AutoInclude();
        entity.Navigation(i => i.VatRows).AutoInclude();
        entity.Navigation(i => i.Deposits).AutoInclude();
        entity.Navigation(i => i.Mentions).AutoInclude();
    }
}

internal sealed class InvoiceLineConfiguration : IEntityTypeConfiguration<InvoiceLine>
{
    public void Configure(EntityTypeBuilder<InvoiceLine> entity)
    {
        entity.ToTable("invoice_line");
        entity.HasKey(l => l.Id);
        entity.ComplexProperty(l => l.Vat);
    }
}

internal sealed class InvoiceVatConfiguration : IEntityTypeConfiguration<InvoiceVat>
{
    public void Configure(EntityTypeBuilder<InvoiceVat> entity)
    {
        entity.ToTable("invoice_vat");
        entity.HasKey(v => v.Id);
        entity.ComplexProperty(v => v.Vat);
    }
}

internal sealed class InvoiceDepositConfiguration : IEntityTypeConfiguration<InvoiceDeposit>
{
    public void Configure(EntityTypeBuilder<InvoiceDeposit> entity)
    {
        entity.ToTable("invoice_deposit");
        entity.HasKey(d => d.Id);
        entity.ComplexProperty(d => d.Vat);
        entity.Ignore(d => d.InclTax);
    }
}

internal sealed class InvoiceMentionConfiguration : IEntityTypeConfiguration<InvoiceMention>
{
    public void Configure(EntityTypeBuilder<InvoiceMention> entity)
    {
        entity.ToTable("invoice_mention");
        entity.HasKey(m => m.Id);
    }
}

internal sealed class NumberSeriesConfiguration : IEntityTypeConfiguration<NumberSeries>
{
    public void Configure(EntityTypeBuilder<NumberSeries> entity)
    {
        entity.ToTable("number_series");
        entity.HasKey(s => s.Id);
        entity.HasIndex(s => new { s.SellerId, s.Prefix, s.Year }).IsUnique();
        entity.Ignore(s => s.IsSelfBilled);
    }
}
