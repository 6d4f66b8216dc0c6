using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Treasury;

using Xunit;

namespace TiersLieux.Market.Domain.Tests.Treasury;

public sealed class StatementImportTests
{
    private static readonly DateOnly Monday = new(2026, 11, 23);
    private static readonly Guid Entity = Guid.CreateVersion7();

    private readonly HashSet<string> hashes = new(StringComparer.Ordinal);
    private readonly HashSet<string> statements = new(StringComparer.Ordinal);

    [Fact]
    public void Same_file_twice_brings_nothing_the_second_time()
    {
        var data = Statement("1", Line(100_00, "A"), Line(-5_00, "B"));

        var first = Import(data);
        var second = Import(data);

        Assert.Equal((2, 2, 0), (first.Read, first.New, first.AlreadyKnown));
        Assert.Equal((2, 0, 2), (second.Read, second.New, second.AlreadyKnown));
        Assert.Empty(second.Statements);
    }

    [Fact]
    public void Overlapping_file_brings_only_what_is_new()
    {
        Import(Statement("1", Line(100_00, "A"), Line(-5_00, "B")));

        var overlap = Import(Statement("2", Line(-5_00, "B"), Line(7_00, "C")));

        Assert.Equal((1, 1), (overlap.New, overlap.AlreadyKnown));
        Assert.Equal("C", Assert.Single(overlap.Statements[0].Lines).Text);
    }

    [Fact]
    public void Two_equal_payments_on_one_day_are_two_payments()
    {
        var data = Statement("1", Line(20_00, "COTISATION"), Line(20_00, "COTISATION"));

        Assert.Equal(2, Import(data).New);
        Assert.Equal(0, Import(data).New);
        Assert.Equal((1, 2), (Import(Statement("2", Line(20_00, "COTISATION"), Line(20_00, "COTISATION"), Line(20_00, "COTISATION"))) is var o ? (o.New, o.AlreadyKnown) : default));
    }

    [Fact]
    public void Statement_without_movements_is_kept_once()
    {
        Assert.Single(Import(Statement("9")).Statements);
        Assert.Empty(Import(Statement("9")).Statements);
    }

    [Fact]
    public void Same_movement_on_another_account_is_another_movement()
    {
        Import(Statement("1", Line(100_00, "A")));

        Assert.Equal(1, Import(Statement("1", Line(100_00, "A")) with { AccountIban = "FR7610000000000000000000002" }).New);
    }

    private ImportOutcome Import(StatementData data)
    {
        var outcome = StatementImport.Merge(Entity, [data], hashes, statements, "camt.053", "releve.xml", DateTime.UnixEpoch);
        hashes.UnionWith(outcome.Statements.SelectMany(s => s.Lines).Select(l => l.ContentHash));
        statements.Add(StatementImport.KeyOf(data));
        return outcome;
    }

    private static StatementLine Line(long cents, string text) => new(new Money(cents), Monday, text);

    private static StatementData Statement(string reference, params StatementLine[] lines) =>
        new("FR7610000000000000000000001", reference, Monday, Money.Zero, Monday, new Money(lines.Sum(l => l.Amount.Cents)), lines);
}
