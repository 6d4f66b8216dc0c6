using System.Data.Common;
using System.Reflection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using TiersLieux.Market.Grains.Checks;
using TiersLieux.Market.Storage;
using Xunit;

namespace TiersLieux.Market.Web.Tests.Checks;

/// <summary>
/// A row broken by hand for each kind of fault that the checks know, in the database of a story that is over. Each is broken in a transaction of its own,
/// looked at from within, and rolled back. The database's own guards are taken off first, as somebody with its password could.
/// </summary>
internal sealed class BrokenRows(MarketDatabase database)
{
    private const string Past = "2026-01-01 00:00:00+00";

    private static readonly IReadOnlyList<(string Code, string Sql)> Cases =
    [
        (FaultCode.Overlap, $"INSERT INTO occupation (id, resource_id, seat, start, \"end\", kind, owner_id) SELECT '{Guid.Empty}', resource_id, seat, start, \"end\", kind, owner_id FROM occupation WHERE kind = 'Booking' LIMIT 1"),
        (FaultCode.BookingWithoutOccupation, "DELETE FROM occupation WHERE kind = 'Booking'"),
        (FaultCode.WorkWithoutOccupation, "DELETE FROM occupation WHERE kind = 'Reservation'"),
        (FaultCode.OccupationWithoutOwner, $"UPDATE occupation SET owner_id = '{Guid.Empty}' WHERE kind = 'Reservation'"),
        (FaultCode.HoldPastDeadline, $"UPDATE occupation SET kind = 'Hold', deadline = '{Past}' WHERE kind = 'Reservation'"),
        (FaultCode.HoldPastDeadline, $"UPDATE booking SET state = 'Held', held_until = '{Past}' WHERE state = 'Booked'"),
        (FaultCode.HoldPastDeadline, $"UPDATE people_hold SET deadline = '{Past}'"),
        (FaultCode.PeopleSum, "UPDATE workshop_day SET promised_minutes = promised_minutes - 1 WHERE promised_minutes > 0"),
        (FaultCode.PeopleOverCapacity, "UPDATE workshop_day SET capacity_minutes = promised_minutes - 1 WHERE promised_minutes > 0"),

        (FaultCode.InvoiceAltered, "UPDATE invoice SET incl_tax = incl_tax + 1 WHERE sequence = 1"),
        (FaultCode.NumberGap, "UPDATE invoice SET sequence = 1000 WHERE sequence = 1"),
        (FaultCode.NumberDuplicate, "DROP INDEX ix_invoice_seller_id_series_year_sequence; UPDATE invoice SET sequence = 1"),
        (FaultCode.SealChainBroken, "UPDATE invoice SET previous_seal = 'x' WHERE sequence = 2"),
        (FaultCode.CounterOff, "UPDATE number_series SET next_number = next_number + 1"),
        (FaultCode.InvoiceWithoutEntry, Unposted("final-invoice")),
        (FaultCode.InvoicePostedTwice, Twice("final-invoice")),
        (FaultCode.EntryWithoutDocument, "UPDATE journal_entry SET document_id = NULL WHERE event_code = 'transfer'"),
        (FaultCode.OrderWithoutDepositInvoice, "UPDATE invoice SET operation_key = NULL WHERE operation_key LIKE 'deposit:%'"),
        (FaultCode.OrderWithoutInvoice, "UPDATE invoice SET operation_key = NULL WHERE operation_key LIKE 'final:%'"),
        (FaultCode.WorkWithoutInvoice, "UPDATE invoice SET operation_key = NULL WHERE operation_key LIKE 'self-billed:%'"),
        (FaultCode.BookingWithoutInvoice, "UPDATE booking SET invoice_id = NULL, state = 'Billed' WHERE invoice_id IS NOT NULL"),

        (FaultCode.EntryUnbalanced, "UPDATE journal_line SET debit = debit + 1 WHERE debit > 0"),
        (FaultCode.EntryUnposted, "UPDATE journal_entry SET posted = (1 = 0) WHERE event_code = 'transfer'"),
        (FaultCode.LedgerUnbalanced, "UPDATE journal_line SET credit = credit + 1 WHERE account = '5171' AND credit > 0"),
        (FaultCode.JournalGap, "UPDATE journal_sequence SET next_number = next_number + 1"),
        (FaultCode.PaymentNotPosted, Unposted("deposit-payment")),
        (FaultCode.PaymentPostedTwice, Twice("invoice-payment")),
        (FaultCode.FeeNotPosted, Unposted("stripe-fee")),
        (FaultCode.FeePostedTwice, Twice("stripe-fee")),
        (FaultCode.RefundNotPosted, Unposted("refund")),
        (FaultCode.RefundPostedTwice, Twice("refund")),
        (FaultCode.TransferNotPosted, Unposted("transfer")),
        (FaultCode.TransferPostedTwice, Twice("transfer")),
        (FaultCode.PayoutNotPosted, Unposted("payout-left")),
        (FaultCode.PayoutPostedTwice, Twice("payout-left")),
        (FaultCode.StripeBalance, "UPDATE journal_line SET account = '471' WHERE account = '5171' AND debit > 0"),
        (FaultCode.MatchWithoutEntry, "UPDATE journal_entry SET operation_key = NULL WHERE operation_key LIKE 'bankline:%'"),
        (FaultCode.LineAndMatchDisagree, "UPDATE bank_line SET state = 'Open'"),

        (FaultCode.MessageOverdue, $"UPDATE outbox SET done_at = NULL, due_at = '{Past}'"),
        (FaultCode.MessageDead, $"UPDATE outbox SET done_at = NULL, dead_at = '{Past}', last_error = 'refused'"),
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async Task AreFoundAsync()
    {
        var known = typeof(FaultCode).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (string)f.GetRawConstantValue()!);
        Assert.Equal(known.Order(StringComparer.Ordinal), Cases.Select(c => c.Code).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        foreach (var (code, sql) in Cases) await IsFoundAsync(code, sql);
        Assert.Empty(await new MarketChecks(database, TimeProvider.System).RunAllAsync(Token));
    }

    private async Task IsFoundAsync(string code, string sql)
    {
        await using DbConnection connection = database.Provider == MarketProvider.PostgreSql
            ? new NpgsqlConnection(database.ConnectionString)
            : new SqliteConnection(new SqliteConnectionStringBuilder(database.ConnectionString) { ForeignKeys = false, Pooling = false }.ToString());
        await connection.OpenAsync(Token);
        await using var transaction = await connection.BeginTransactionAsync(Token);
        var checks = new MarketChecks(new Within(transaction), TimeProvider.System);
        await GuardsOffAsync(transaction);
        Assert.True(await ExecuteAsync(transaction, sql) > 0, $"Nothing to break for {code}: {sql}");
        var faults = (await checks.RunAllAsync(Token)).Where(f => f.Code == code).ToList();
        Assert.True(faults.Count > 0, $"{code} was not found after {sql}");
        Assert.All(faults, f => Assert.NotEmpty(f.Where));
        Assert.All(faults, f => Assert.NotEqual(f.What.French, f.What.English));
        await transaction.RollbackAsync(Token);
    }

    private static async Task GuardsOffAsync(DbTransaction transaction)
    {
        if (transaction is NpgsqlTransaction)
        {
            await ExecuteAsync(transaction, "SET LOCAL session_replication_role = replica"); // No triggers, no foreign keys.
            await ExecuteAsync(transaction, "ALTER TABLE occupation DROP CONSTRAINT ex_occupation_overlap");
            await ExecuteAsync(transaction, "ALTER TABLE workshop_day DROP CONSTRAINT ck_workshop_day_capacity");
            return;
        }

        await ExecuteAsync(transaction, "PRAGMA ignore_check_constraints = 1");
        var triggers = new List<string>();
        await using (var command = transaction.Connection!.CreateCommand())
        {
            command.Transaction = transaction;
            command.CommandText = "SELECT name FROM sqlite_master WHERE type = 'trigger'";
            await using var reader = await command.ExecuteReaderAsync(Token);
            while (await reader.ReadAsync(Token)) triggers.Add(reader.GetString(0));
        }

        foreach (var trigger in triggers) await ExecuteAsync(transaction, $"DROP TRIGGER {trigger}");
    }

    private static async Task<int> ExecuteAsync(DbTransaction transaction, string sql)
    {
        await using var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        return await command.ExecuteNonQueryAsync(Token);
    }

    private static string Unposted(string code) => $"UPDATE journal_entry SET event_code = 'broken' WHERE event_code = '{code}'";

    /// <summary>Another entry says that it is of the same document as one of this code.</summary>
    private static string Twice(string code) =>
        $"""
         UPDATE journal_entry SET event_code = '{code}', document_id = (SELECT document_id FROM journal_entry WHERE event_code = '{code}' LIMIT 1)
         WHERE id = (SELECT id FROM journal_entry WHERE event_code = 'self-billed-invoice' LIMIT 1)
         """;

    /// <summary>Contexts that see what their transaction sees.</summary>
    private sealed class Within(DbTransaction transaction) : IDbContextFactory<MarketDbContext>
    {
        public MarketDbContext CreateDbContext()
        {
            var options = new DbContextOptionsBuilder<MarketDbContext>();
            if (transaction.Connection is NpgsqlConnection postgres) options.UseNpgsql(postgres);
            else options.UseSqlite(transaction.Connection!);
            var context = new MarketDbContext(options.Options);
            context.Database.UseTransaction(transaction);
            return context;
        }
    }
}
