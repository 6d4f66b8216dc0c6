using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TiersLieux.Market.Domain.Ledger;
using TiersLieux.Market.Storage.Model;

namespace TiersLieux.Market.Storage.Ledger;

internal sealed class AccountConfiguration : IEntityTypeConfiguration<Account>
{
    public void Configure(EntityTypeBuilder<Account> entity)
    {
        entity.ToTable("account");
        entity.HasKey(a => a.Id);
        entity.HasIndex(a => a.Code).IsUnique();
    }
}

internal sealed class JournalEntryConfiguration : IEntityTypeConfiguration<JournalEntry>
{
    public void Configure(EntityTypeBuilder<JournalEntry> entity)
    {
        entity.ToTable("journal_entry");
        entity.HasKey(e => e.Id);
        entity.HasIndex(e => new { e.EntityId, e.Journal, e.Year, e.Number }).IsUnique();
        entity.HasIndex(e => e.DocumentId);
        entity.Property<string>(OperationKey.Name);
        entity.HasIndex(OperationKey.Name).IsUnique();
        entity.Ignore(e => e.TotalDebit);
        entity.Ignore(e => e.TotalCredit);
        entity.Ignore(e => e.IsBalanced);
        entity.HasMany(e => e.Lines).WithOne().HasForeignKey("EntryId").IsRequired();
        entity.Navigation(e => e.Lines).AutoInclude();
    }
}

internal sealed class JournalLineConfiguration : IEntityTypeConfiguration<JournalLine>
{
    public void Configure(EntityTypeBuilder<JournalLine> entity)
    {
        entity.ToTable("journal_line", table =>
            table.HasCheckConstraint("ck_journal_line_side", "debit >= 0 AND credit >= 0 AND (debit = 0 OR credit = 0)"));
        entity.HasKey(l => l.Id);
        entity.HasIndex(l => l.Account);
        entity.ComplexProperty(l => l.Axes);
        entity.Ignore(l => l.Balance);
    }
}

internal sealed class JournalSequenceConfiguration : IEntityTypeConfiguration<JournalSequence>
{
    public void Configure(EntityTypeBuilder<JournalSequence> entity)
    {
        entity.ToTable("journal_sequence");
        entity.HasKey(s => s.Id);
        entity.HasIndex(s => new { s.EntityId, s.Journal, s.Year }).IsUnique();
    }
}
