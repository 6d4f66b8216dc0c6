using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TiersLieux.Market.Domain.Payments;
using TiersLieux.Market.Storage.Model;

namespace TiersLieux.Market.Storage.Payments;

internal sealed class PaymentConfiguration : IEntityTypeConfiguration<Payment>
{
    public void Configure(EntityTypeBuilder<Payment> entity)
    {
        entity.ToTable("payment");
        entity.HasKey(p => p.Id);
        entity.HasIndex(p => new { p.Subject, p.SubjectId });
        entity.HasIndex(p => p.IdempotencyKey).IsUnique();
        entity.HasIndex(p => p.CheckoutSessionId).IsUnique();
        entity.HasIndex(p => p.ChargeId).IsUnique();
        entity.Ignore(p => p.Operation);
        entity.Ignore(p => p.Refundable);
    }
}

internal sealed class WorkshopTransferConfiguration : IEntityTypeConfiguration<WorkshopTransfer>
{
    public void Configure(EntityTypeBuilder<WorkshopTransfer> entity)
    {
        entity.ToTable("workshop_transfer");
        entity.HasKey(t => t.Id);
        entity.HasIndex(t => t.OrderId);
        entity.HasIndex(t => t.IdempotencyKey).IsUnique();
        entity.HasIndex(t => t.StripeId).IsUnique();
        entity.Ignore(t => t.Operation);
        entity.Ignore(t => t.Reversible);
        // The self-billed invoice it pays: what the ledger posts it against.
        entity.Property<Guid>("InvoiceId");
        entity.HasIndex("InvoiceId");
    }
}

internal sealed class TransferReversalConfiguration : IEntityTypeConfiguration<TransferReversal>
{
    public void Configure(EntityTypeBuilder<TransferReversal> entity)
    {
        entity.ToTable("transfer_reversal");
        entity.HasKey(r => r.Id);
        entity.HasIndex(r => r.IdempotencyKey).IsUnique();
        entity.Ignore(r => r.Operation);
        entity.HasOne<WorkshopTransfer>().WithMany().HasForeignKey(r => r.TransferId);
    }
}

internal sealed class RefundConfiguration : IEntityTypeConfiguration<Refund>
{
    public void Configure(EntityTypeBuilder<Refund> entity)
    {
        entity.ToTable("refund");
        entity.HasKey(r => r.Id);
        entity.HasIndex(r => r.IdempotencyKey).IsUnique();
        entity.HasIndex(r => r.StripeId).IsUnique();
        entity.Ignore(r => r.Operation);
        entity.HasOne<Payment>().WithMany().HasForeignKey(r => r.PaymentId);
    }
}

internal sealed class PayoutConfiguration : IEntityTypeConfiguration<Payout>
{
    public void Configure(EntityTypeBuilder<Payout> entity)
    {
        entity.ToTable("payout");
        entity.HasKey(p => p.Id);
        entity.HasIndex(p => p.StripeId).IsUnique();
        entity.Ignore(p => p.Unexplained);
        entity.HasMany(p => p.Lines).WithOne().HasForeignKey(l => l.PayoutId);
        entity.Navigation(p => p.Lines).AutoInclude();
    }
}

internal sealed class PayoutLineConfiguration : IEntityTypeConfiguration<PayoutLine>
{
    public void Configure(EntityTypeBuilder<PayoutLine> entity)
    {
        entity.ToTable("payout_line");
        entity.HasKey(l => l.Id);
        entity.HasIndex(l => l.BalanceTransactionId).IsUnique();
        entity.Ignore(l => l.Kind);
    }
}

internal sealed class ConnectedAccountConfiguration : IEntityTypeConfiguration<ConnectedAccount>
{
    public void Configure(EntityTypeBuilder<ConnectedAccount> entity)
    {
        entity.ToTable("connected_account");
        entity.HasKey(a => a.Id);
        entity.HasIndex(a => a.OrganisationId).IsUnique();
        entity.HasIndex(a => a.StripeId).IsUnique();
        entity.Property(a => a.RequirementsDue).HasJson();
        entity.Ignore(a => a.Operation);
        entity.Ignore(a => a.CanReceive);
    }
}
