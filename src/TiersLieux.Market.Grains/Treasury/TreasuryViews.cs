using TiersLieux.Market.Domain.Billing;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Ledger;
using TiersLieux.Market.Domain.Payments;
using TiersLieux.Market.Domain.Treasury;

namespace TiersLieux.Market.Grains.Treasury;

/// <summary>An account with what went in and out.</summary>
public sealed record AccountTotal(string Account, string Label, Money Debit, Money Credit)
{
    /// <summary>Debit less credit.</summary>
    public Money Balance => Debit - Credit;
}

/// <summary>What the treasurer's first page shows.</summary>
/// <param name="Suggested">Of the open lines, those with a suggestion.</param>
/// <param name="OnItsWay">Payouts that left the provider and are not on a statement yet.</param>
public sealed record TreasuryOverview(
    int OpenLines, int Suggested, int DeadMessages, int UnpaidInvoices, Money UnpaidAmount, IReadOnlyList<Payout> OnItsWay, IReadOnlyList<AccountTotal> Accounts, BankStatement? LastStatement)
{
    /// <summary>Nothing waits for the treasurer.</summary>
    public bool AllMatched => OpenLines == 0 && DeadMessages == 0;

    public Money BalanceOf(string account) => Accounts.FirstOrDefault(a => a.Account == account)?.Balance ?? Money.Zero;
}

/// <summary>A thing that treasury pages link to.</summary>
public sealed record Related(RelatedKind Kind, string Label, string Key);

public enum RelatedKind
{
    Order,
    Booking,
    Invoice,
    Payout,
    BankLine,
    Other,
}

/// <summary>A matched line with what it pays.</summary>
public sealed record MatchedLine(BankLine Line, Match Match, Related? With);

public sealed record ReconciliationView(IReadOnlyList<LineProposal> Open, IReadOnlyList<MatchedLine> Matched, int MatchedCount);

/// <param name="Movements">Closing less opening: what moved between the two days.</param>
/// <param name="Lines">Movements that this file was the first to bring.</param>
public sealed record StatementRow(BankStatement Statement, Money Movements, int Lines, int OpenLines);

/// <summary>A movement of a payout with the order or booking it is of.</summary>
public sealed record PayoutMovement(PayoutLine Line, Related? Of, Related? Invoice);

public sealed record PayoutView(Payout Payout, IReadOnlyList<PayoutMovement> Movements, MatchedLine? OnBank);

/// <param name="Document">What the entry comes from.</param>
/// <param name="Order">The order behind it, where there is one.</param>
public sealed record EntryRow(JournalEntry Entry, Related? Document, Related? Order);

public sealed record JournalFilter(string? Journal, string? Account, string? Order, Guid? DocumentId);

public sealed record InvoiceRow(Invoice Invoice, Money? Due, Related? Order);

/// <param name="Pages">At least 1.</param>
public sealed record Paged<T>(IReadOnlyList<T> Items, int Page, int Pages, int Count);

