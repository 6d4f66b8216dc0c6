using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TiersLieux.Market.Domain.Treasury;

namespace TiersLieux.Market.Storage.Treasury;

internal sealed class BankStatementConfiguration : IEntityTypeConfiguration<BankStatement>
{
    public void Configure(EntityTypeBuilder<BankStatement> entity)
    {
        entity.ToTable("bank_statement");
        entity.HasKey(s => s.Id);
        entity.HasIndex(s => new { s.EntityId, s.AccountIban, s.ClosingDate });
        entity.HasMany(s => s.Lines).WithOne().HasForeignKey("StatementId").IsRequired();
    }
}

internal sealed class BankLineConfiguration : IEntityTypeConfiguration<BankLine>
{
    public void Configure(EntityTypeBuilder<BankLine> entity)
    {
        entity.ToTable("bank_line");
        entity.HasKey(l => l.Id);
        entity.HasIndex(l => new { l.AccountIban, l.ContentHash }).IsUnique();
        entity.HasIndex(l => new { l.EntityId, l.State });
    }
}

internal sealed class MatchConfiguration : IEntityTypeConfiguration<Match>
{
    public void Configure(EntityTypeBuilder<Match> entity)
    {
        entity.ToTable("bank_match");
        entity.HasKey(m => m.Id);
        entity.Ignore(m => m.IsUndone);
        // Two people on one line: the second finds it taken. The same for a candidate.
        entity.HasIndex(m => m.BankLineId).IsUnique().HasFilter("undone_at IS NULL");
        entity.HasIndex(m => new { m.CandidateKind, m.CandidateId }).IsUnique().HasFilter("undone_at IS NULL");
        entity.HasOne<BankLine>().WithMany().HasForeignKey(m => m.BankLineId);
    }
}
