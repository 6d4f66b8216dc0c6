using TiersLieux.Market.Domain.Payments;
using Xunit;

namespace TiersLieux.Market.Domain.Tests.Payments;

public sealed class PaymentStatesTests
{
    [Fact]
    public void A_payment_moves_as_written() => Assert.Equal(
        """
        Created: Started Processing Succeeded Failed Cancelled
        Started: Processing Succeeded Failed Cancelled
        Processing: Succeeded Failed
        Succeeded: Refunding
        Failed: Processing Succeeded Cancelled
        Cancelled: Processing Succeeded
        Refunding: Succeeded Refunded
        Refunded: Succeeded
        """,
        Table(PaymentStates.Payment));

    [Fact]
    public void A_refund_moves_as_written() => Assert.Equal(
        """
        Created: Pending Succeeded Failed
        Pending: Succeeded Failed
        Succeeded: Failed
        Failed:
        """,
        Table(PaymentStates.Refund));

    [Fact]
    public void A_transfer_moves_as_written() => Assert.Equal(
        """
        Created: Paid Abandoned
        Paid: Reversed
        Reversed:
        Abandoned:
        """,
        Table(PaymentStates.Transfer));

    [Fact]
    public void A_reversal_moves_as_written() => Assert.Equal(
        """
        Created: Done Abandoned
        Done:
        Abandoned:
        """,
        Table(PaymentStates.Reversal));

    [Fact]
    public void A_payout_moves_as_written() => Assert.Equal(
        """
        Pending: InTransit Paid Failed Cancelled
        InTransit: Paid Failed Cancelled
        Paid: Failed
        Failed:
        Cancelled:
        """,
        Table(PaymentStates.Payout));

    [Fact]
    public void Every_state_can_be_reached()
    {
        AllReached(PaymentStates.Payment);
        AllReached(PaymentStates.Refund);
        AllReached(PaymentStates.Transfer);
        AllReached(PaymentStates.Reversal);
        AllReached(PaymentStates.Payout);
    }

    private static void AllReached<TState>(StateTable<TState> table)
        where TState : struct, Enum => Assert.All(Enum.GetValues<TState>().Skip(1), s => Assert.Contains(table.Moves, m => m.To.Equals(s)));

    private static string Table<TState>(StateTable<TState> table)
        where TState : struct, Enum
    {
        var states = Enum.GetValues<TState>();
        return string.Join('\n', states.Select(from => $"{from}: {string.Join(' ', states.Where(to => table.Allows(from, to)))}".TrimEnd()));
    }
}
