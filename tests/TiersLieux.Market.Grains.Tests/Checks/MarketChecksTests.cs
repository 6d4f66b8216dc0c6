using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Billing;
using TiersLieux.Market.Grains.Checks;
using TiersLieux.Market.Grains.Tests.Treasury;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Storage.Messaging;
using TiersLieux.Market.Storage.Writing;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Testing;
using Xunit;

namespace TiersLieux.Market.Grains.Tests.Checks;

/// <summary>For each kind of check a row is broken by hand, its guard taken off first, and the fault is found.</summary>
public sealed class MarketChecksTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [OnEachDatabase]
    public async Task Time_broken_by_hand_is_found(MarketProvider provider)
    {
        await using var market = await StoryAsync(provider);
        await GuardsOffAsync(market, provider);
        await FoundAsync(market, CheckArea.Bookings, "booking-without-occupation", "UPDATE occupation SET start = (SELECT min(start) FROM occupation WHERE owner_id = (SELECT id FROM booking ORDER BY reference LIMIT 1)) WHERE owner_id = (SELECT id FROM booking ORDER BY reference DESC LIMIT 1)");
        Assert.Contains("overlap", await CodesAsync(market, CheckArea.Bookings));
        await FoundAsync(market, CheckArea.Bookings, "occupation-without-owner", $"UPDATE occupation SET owner_id = '{Guid.Empty}' WHERE owner_id = (SELECT id FROM booking ORDER BY reference LIMIT 1)");
        await FoundAsync(market, CheckArea.Bookings, "hold-past-deadline", "UPDATE occupation SET kind = 'Hold', deadline = '2026-11-01 00:00:00' WHERE owner_id = (SELECT id FROM booking ORDER BY reference DESC LIMIT 1)");
        await FoundAsync(market, CheckArea.Bookings, "people-sum", "INSERT INTO workshop_day (workshop_id, day, capacity_minutes, promised_minutes, version) SELECT id, '2026-11-24', 100, 60, 0 FROM workshop ORDER BY code LIMIT 1");
        await FoundAsync(market, CheckArea.Bookings, "people-over-capacity", "UPDATE workshop_day SET promised_minutes = 200");
    }

    [Theory]
    [OnEachDatabase]
    public async Task Documents_broken_by_hand_are_found(MarketProvider provider)
    {
        await using var market = await StoryAsync(provider);
        await GuardsOffAsync(market, provider);
        await FoundAsync(market, CheckArea.Invoices, "counter-off", "UPDATE number_series SET next_number = next_number + 1");
        await FoundAsync(market, CheckArea.Invoices, "invoice-altered", "UPDATE invoice SET incl_tax = incl_tax + 1 WHERE sequence = 1");
        await market.ExecuteAsync("UPDATE invoice SET incl_tax = incl_tax - 1 WHERE sequence = 1");
        await FoundAsync(market, CheckArea.Invoices, "seal-chain-broken", "UPDATE invoice SET previous_seal = 'x' WHERE sequence = 2");
        await FoundAsync(market, CheckArea.Invoices, "number-gap", "UPDATE invoice SET sequence = 9 WHERE sequence = 1");
        await FoundAsync(market, CheckArea.Invoices, "number-duplicate", "DROP INDEX ix_invoice_seller_id_series_year_sequence", "UPDATE invoice SET sequence = 1");
        await FoundAsync(market, CheckArea.Invoices, "booking-without-invoice", "UPDATE booking SET invoice_id = NULL, state = 'Billed' WHERE reference = 'RES-2026-000001'");
        await FoundAsync(market, CheckArea.Invoices, "invoice-without-entry", $"UPDATE journal_entry SET document_id = '{Guid.Empty}' WHERE event_code = 'booking-invoice' AND number = 1");
        Assert.Contains("entry-without-document", await CodesAsync(market, CheckArea.Invoices));
    }

    [Theory]
    [OnEachDatabase]
    public async Task A_ledger_broken_by_hand_is_found(MarketProvider provider)
    {
        await using var market = await StoryAsync(provider);
        await GuardsOffAsync(market, provider);
        await FoundAsync(market, CheckArea.Ledger, "entry-unposted", "UPDATE journal_entry SET posted = (1 = 0) WHERE event_code = 'payout-left'");
        await FoundAsync(market, CheckArea.Ledger, "stripe-balance", "UPDATE journal_line SET account = '471' WHERE account = '5171' AND debit > 0");
        await FoundAsync(market, CheckArea.Ledger, "entry-unbalanced", "UPDATE journal_line SET debit = debit + 1 WHERE account = '411' AND debit > 0");
        Assert.Contains("ledger-unbalanced", await CodesAsync(market, CheckArea.Ledger));
        await FoundAsync(market, CheckArea.Ledger, "payment-not-posted", "UPDATE journal_entry SET event_code = 'x' WHERE event_code = 'invoice-payment'");
        await FoundAsync(market, CheckArea.Ledger, "fee-not-posted", "UPDATE journal_entry SET event_code = 'x' WHERE event_code = 'stripe-fee'");
        await FoundAsync(market, CheckArea.Ledger, "payout-not-posted", "UPDATE journal_entry SET event_code = 'x' WHERE event_code = 'payout-left'");
        await FoundAsync(market, CheckArea.Ledger, "line-and-match-disagree", "UPDATE bank_line SET state = 'Open'");
        await FoundAsync(market, CheckArea.Ledger, "match-without-entry", "UPDATE journal_entry SET operation_key = 'x' WHERE operation_key LIKE 'bankline:%'");
        await FoundAsync(market, CheckArea.Ledger, "journal-gap", "DELETE FROM journal_line WHERE entry_id IN (SELECT id FROM journal_entry WHERE journal = 'VE' AND number = 1)", "DELETE FROM journal_entry WHERE journal = 'VE' AND number = 1");
    }

    [Theory]
    [OnEachDatabase]
    public async Task Stuck_messages_are_found(MarketProvider provider)
    {
        await using var market = await TreasuryMarket.CreateAsync(provider);
        await market.Writer.WriteAsync(db => { db.Add(new OutboxMessage("mail", "a", "{}", market.Clock.UtcNow())); }, Stop);
        Assert.Empty(await market.Checks.RunAsync(CheckArea.Outbox, Stop));
        market.Clock.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal(["message-overdue"], await CodesAsync(market, CheckArea.Outbox));
        await market.ExecuteAsync("UPDATE outbox SET dead_at = due_at, attempts = 12, last_error = 'refused'");
        var fault = Assert.Single(await market.Checks.RunAsync(CheckArea.Outbox, Stop));
        Assert.Equal(("message-dead", "mail a"), (fault.Code, fault.Where));

        var id = (await market.RowsAsync<OutboxMessage>()).Single().Id;
        Assert.Equal("not-allowed", (await market.Desk.ReplayAsync(await market.Actors.FindAsync(market.Buyer, Stop), id, Stop)).Refusal!.Code);
        Assert.True((await market.Desk.ReplayAsync(await market.Actors.FindAsync(market.Treasurer, Stop), id, Stop)).IsDone);
        Assert.Empty(await market.Checks.RunAsync(CheckArea.Outbox, Stop));
    }

    /// <summary>Two bookings paid by card, one payout on the bank's statement: a whole story, without a fault.</summary>
    private static async Task<TreasuryMarket> StoryAsync(MarketProvider provider)
    {
        var market = await TreasuryMarket.CreateAsync(provider);
        var (_, first) = await market.BillAsync(byCard: true);
        var (_, second) = await market.BillAsync(byCard: true, exclTax: 7000);
        var payout = await market.PayOutAsync("po_story", first!, second!);
        Assert.Equal(1, (await market.ImportAsync((payout.Amount.Cents, "VIR SEPA STRIPE po_story"))).Matched);
        // Mail of the story waits in the outbox of a test without a relay; that is not what is looked at.
        await market.ExecuteAsync("DELETE FROM outbox");
        Assert.Empty(await market.Checks.RunAllAsync(Stop));
        Assert.Equal(2, (await market.RowsAsync<Invoice>()).Count);
        return market;
    }

    private static async Task FoundAsync(TreasuryMarket market, CheckArea area, string code, params string[] sql)
    {
        Assert.DoesNotContain(code, await CodesAsync(market, area));
        foreach (var statement in sql) await market.ExecuteAsync(statement);
        var faults = await market.Checks.RunAsync(area, Stop);
        var fault = faults.FirstOrDefault(f => f.Code == code);
        Assert.True(fault is not null, $"{code} not among {string.Join(", ", faults.Select(f => f.Code))}");
        Assert.NotEmpty(fault.Where);
        Assert.NotEqual(fault.What.French, fault.What.English);
    }

    private static async Task<List<string>> CodesAsync(TreasuryMarket market, CheckArea area) => [.. (await market.Checks.RunAsync(area, Stop)).Select(f => f.Code)];

    /// <summary>Takes the database's own guards off, as somebody with its password could.</summary>
    private static async Task GuardsOffAsync(TreasuryMarket market, MarketProvider provider)
    {
        if (provider == MarketProvider.Sqlite)
        {
            await using var db = market.Read();
            var triggers = await db.Database.SqlQuery<string>($"SELECT name AS \"Value\" FROM sqlite_master WHERE type = 'trigger'").ToListAsync(Stop);
            foreach (var trigger in triggers) await market.ExecuteAsync($"DROP TRIGGER {trigger}");
            return;
        }

        await market.ExecuteAsync("ALTER TABLE occupation DROP CONSTRAINT ex_occupation_overlap");
        await market.ExecuteAsync("ALTER TABLE workshop_day DROP CONSTRAINT ck_workshop_day_capacity");
        foreach (var table in new[] { "invoice", "journal_entry", "journal_line" }) await market.ExecuteAsync($"ALTER TABLE {table} DISABLE TRIGGER USER");
    }
}
