using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Payments;
using Xunit;

namespace TiersLieux.Market.Domain.Tests.Payments;

public sealed class WorkshopTransferTests
{
    private static readonly DateTime Now = new(2026, 11, 22, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void It_is_paid_once()
    {
        var transfer = Created();
        Assert.Equal($"transfer-{transfer.Id:N}", transfer.IdempotencyKey);
        Assert.IsType<StateChange.Changed>(transfer.Complete("tr_1", Now));
        Assert.IsType<StateChange.Unchanged>(transfer.Complete("tr_1", Now.AddDays(1)));
        Assert.Equal("payment-other-reference", Refused(transfer.Complete("tr_2", Now)));
        Assert.Equal((TransferState.Paid, Now), (transfer.State, transfer.SettledAt));
    }

    [Fact]
    public void Put_off_it_goes_under_another_key_and_says_why()
    {
        var transfer = Created();
        transfer.PutOff("insufficient_capabilities_for_transfer", transfer.IdempotencyKey, Now.AddHours(5));
        Assert.Equal(($"transfer-{transfer.Id:N}-2", "insufficient_capabilities_for_transfer", TransferState.Created), (transfer.IdempotencyKey, transfer.Problem, transfer.State));
        Assert.Equal(Now.AddHours(5), transfer.Operation.Since);
        transfer.Complete("tr_1", Now);
        Assert.Null(transfer.Problem);
        Assert.Equal("payment-state", Refused(transfer.PutOff("x", transfer.IdempotencyKey, Now)));
    }

    [Fact]
    public void Abandoned_it_cannot_be_paid()
    {
        var transfer = Created();
        Assert.IsType<StateChange.Changed>(transfer.Abandon("account_closed"));
        Assert.IsType<StateChange.Unchanged>(transfer.Abandon("account_closed"));
        Assert.Equal("payment-state", Refused(transfer.Complete("tr_1", Now)));
        Assert.Equal(Money.Zero, transfer.Reversible);
    }

    [Fact]
    public void Reversals_never_exceed_the_transfer()
    {
        var transfer = Created();
        Assert.Equal("reversal-too-large", NotBegun(transfer.BeginReversal(new Money(1), Now)));
        transfer.Complete("tr_1", Now);
        var first = Begun(transfer.BeginReversal(new Money(27600), Now));
        Assert.Equal(("tr_1", $"reversal-{first.Id:N}"), (first.TransferStripeId, first.IdempotencyKey));
        Assert.Equal("reversal-too-large", NotBegun(transfer.BeginReversal(new Money(36801), Now)));
        Assert.IsType<StateChange.Changed>(transfer.CompleteReversal(first, "trr_1", Now));
        Assert.IsType<StateChange.Unchanged>(transfer.CompleteReversal(first, "trr_1", Now));
        Assert.Equal((TransferState.Paid, new Money(27600), new Money(36800)), (transfer.State, transfer.Reversed, transfer.Reversible));

        var rest = Begun(transfer.BeginReversal(new Money(36800), Now));
        transfer.CompleteReversal(rest, "trr_2", Now);
        Assert.Equal((TransferState.Reversed, new Money(64400), Money.Zero), (transfer.State, transfer.Reversed, transfer.ReversalPending));
    }

    [Fact]
    public void A_reversal_given_up_frees_its_amount()
    {
        var transfer = Created();
        transfer.Complete("tr_1", Now);
        var reversal = Begun(transfer.BeginReversal(new Money(64400), Now));
        Assert.IsType<StateChange.Changed>(transfer.AbandonReversal(reversal, "balance_insufficient"));
        Assert.IsType<StateChange.Unchanged>(transfer.AbandonReversal(reversal, "balance_insufficient"));
        Assert.Equal("payment-state", Refused(transfer.CompleteReversal(reversal, "trr_1", Now)));
        Assert.Equal(new Money(64400), transfer.Reversible);
    }

    [Fact]
    public void Anothers_reversal_is_a_fault_of_the_program()
    {
        var one = Created();
        var other = Created();
        one.Complete("tr_1", Now);
        other.Complete("tr_2", Now);
        Assert.Throws<ArgumentException>(() => other.CompleteReversal(Begun(one.BeginReversal(new Money(1), Now)), "trr_1", Now));
    }

    private static WorkshopTransfer Created() =>
        WorkshopTransfer.Create(Guid.NewGuid(), "CMD-1", Guid.NewGuid(), "acct_a", new ShareOfCharge(Guid.NewGuid(), "ch_1", new Money(64400)), Now);

    private static string Refused(StateChange change) => Assert.IsType<StateChange.Refused>(change).Reason.Code;

    private static TransferReversal Begun(ReversalResult result) => Assert.IsType<ReversalResult.Begun>(result).Reversal;

    private static string NotBegun(ReversalResult result) => Assert.IsType<ReversalResult.Refused>(result).Reason.Code;
}
