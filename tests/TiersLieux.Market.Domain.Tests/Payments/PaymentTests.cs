using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Payments;
using Xunit;

namespace TiersLieux.Market.Domain.Tests.Payments;

public sealed class PaymentTests
{
    private static readonly DateTime Now = new(2026, 11, 22, 12, 0, 0, DateTimeKind.Utc);
    private static readonly PaidCharge Charge = new("pi_1", "ch_1", new Money(36000), null, null);

    [Fact]
    public void Its_key_is_its_own_id_and_stays()
    {
        var payment = Created();
        Assert.Equal($"payment-{payment.Id:N}", payment.IdempotencyKey);
        Assert.Equal(new OperationKey(payment.IdempotencyKey, Now), payment.Operation);
        Assert.Equal(PaymentState.Created, payment.State);
        Assert.Equal(Money.Zero, payment.Refundable);
    }

    [Fact]
    public void Nothing_to_pay_is_no_payment() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Payment.Create(PaymentSubject.Order, Guid.NewGuid(), PaymentPurpose.Deposit, Money.Zero, Now, Now));

    [Fact]
    public void It_is_started_paid_and_its_fee_told_later()
    {
        var payment = Created();
        Changed(payment.Start("cs_1", "http://x/cs_1"));
        Assert.Equal(PaymentState.Started, payment.State);
        Changed(payment.Succeed(Charge, Now));
        Assert.Equal((PaymentState.Succeeded, "ch_1", Now), (payment.State, payment.ChargeId, payment.SettledAt));
        Assert.Null(payment.Fee);
        Changed(payment.Succeed(Charge with { Fee = new Money(565) }, Now.AddMinutes(1)));
        Assert.Equal((new Money(565), Now), (payment.Fee, payment.SettledAt));
        Unchanged(payment.Succeed(Charge with { Fee = new Money(565) }, Now.AddMinutes(2)));
        Unchanged(payment.Succeed(Charge, Now.AddMinutes(2)));
        Assert.Equal(new Money(565), payment.Fee);
    }

    [Fact]
    public void A_second_page_for_the_same_payment_is_refused()
    {
        var payment = Created();
        Changed(payment.Start("cs_1", "u"));
        Unchanged(payment.Start("cs_1", "u"));
        Assert.Equal("payment-other-reference", Refused(payment.Start("cs_2", "u")));
        Assert.Equal("cs_1", payment.CheckoutSessionId);
    }

    [Fact]
    public void A_second_charge_is_refused()
    {
        var payment = Succeeded();
        Assert.Equal("payment-other-reference", Refused(payment.Succeed(Charge with { ChargeId = "ch_2" }, Now)));
        Assert.Equal("payment-other-reference", Refused(payment.Succeed(Charge with { PaymentIntentId = "pi_2" }, Now)));
        Assert.Equal("ch_1", payment.ChargeId);
    }

    [Fact]
    public void Another_amount_is_refused()
    {
        var payment = Created();
        Assert.Equal("payment-amount-differs", Refused(payment.Succeed(Charge with { Amount = new Money(35999) }, Now)));
        Assert.Equal(PaymentState.Created, payment.State);
    }

    [Fact]
    public void A_debit_is_processing_before_it_succeeds_or_fails()
    {
        var payment = Created();
        payment.Start("cs_1", "u");
        Changed(payment.Process("pi_1"));
        Unchanged(payment.Process("pi_1"));
        Assert.Equal("payment-state", Refused(payment.Cancel()));
        Changed(payment.Fail("account_closed"));
        Assert.Equal((PaymentState.Failed, "account_closed"), (payment.State, payment.FailureCode));
        Unchanged(payment.Fail("account_closed"));
    }

    [Fact]
    public void Late_news_does_not_undo_a_success()
    {
        var payment = Succeeded();
        Unchanged(payment.Process("pi_1"));
        Unchanged(payment.Fail("generic_decline"));
        Assert.Equal("payment-state", Refused(payment.Cancel()));
        Assert.Equal(PaymentState.Succeeded, payment.State);
    }

    [Fact]
    public void Money_that_comes_after_the_order_fell_is_not_denied()
    {
        var payment = Created();
        payment.Start("cs_1", "u");
        Changed(payment.Cancel());
        Unchanged(payment.Cancel());
        Changed(payment.Succeed(Charge, Now));
        Assert.Equal(PaymentState.Succeeded, payment.State);
        Assert.Equal(new Money(36000), payment.Refundable);
    }

    [Fact]
    public void A_page_that_opened_after_the_order_fell_is_known_so_that_it_can_be_closed()
    {
        var payment = Created();
        payment.Cancel();
        Changed(payment.Start("cs_1", "u"));
        Assert.Equal((PaymentState.Cancelled, "cs_1"), (payment.State, payment.CheckoutSessionId));
    }

    [Fact]
    public void Refunds_never_exceed_what_was_paid()
    {
        var payment = Succeeded();
        var first = Begun(payment.BeginRefund(new Money(20000), "annulation", Now));
        Assert.Equal(PaymentState.Refunding, payment.State);
        Assert.Equal("refund-too-large", NotBegun(payment.BeginRefund(new Money(16001), "annulation", Now)));
        Assert.Equal("refund-too-large", NotBegun(payment.BeginRefund(Money.Zero, "annulation", Now)));
        var second = Begun(payment.BeginRefund(new Money(16000), "annulation", Now));
        Assert.NotEqual(first.IdempotencyKey, second.IdempotencyKey);

        Changed(payment.RecordRefund(first, new RefundFacts("re_1", RefundState.Succeeded, first.Amount), Now));
        Assert.Equal((PaymentState.Refunding, new Money(20000), new Money(16000)), (payment.State, payment.Refunded, payment.RefundPending));
        Changed(payment.RecordRefund(second, new RefundFacts("re_2", RefundState.Succeeded, second.Amount), Now));
        Assert.Equal((PaymentState.Refunded, new Money(36000), Money.Zero), (payment.State, payment.Refunded, payment.RefundPending));
        Assert.Equal("payment-state", NotBegun(payment.BeginRefund(new Money(1), "encore", Now)));
    }

    [Fact]
    public void A_part_given_back_leaves_a_payment_that_succeeded()
    {
        var payment = Succeeded();
        var refund = Begun(payment.BeginRefund(new Money(100), "geste", Now));
        payment.RecordRefund(refund, new RefundFacts("re_1", RefundState.Succeeded, refund.Amount), Now);
        Assert.Equal((PaymentState.Succeeded, new Money(35900)), (payment.State, payment.Refundable));
    }

    [Fact]
    public void A_refund_sent_back_by_the_bank_can_be_made_again()
    {
        var payment = Succeeded();
        var refund = Begun(payment.BeginRefund(new Money(36000), "annulation", Now));
        payment.RecordRefund(refund, new RefundFacts("re_1", RefundState.Succeeded, refund.Amount), Now);
        Changed(payment.RecordRefund(refund, new RefundFacts("re_1", RefundState.Failed, refund.Amount, "lost_or_stolen_card"), Now));
        Assert.Equal((PaymentState.Succeeded, Money.Zero, Money.Zero), (payment.State, payment.Refunded, payment.RefundPending));
        Assert.Equal(("lost_or_stolen_card", RefundState.Failed), (refund.Problem, refund.State));
        Begun(payment.BeginRefund(new Money(36000), "annulation", Now));
    }

    [Fact]
    public void A_refund_that_fails_before_it_succeeded_frees_its_amount()
    {
        var payment = Succeeded();
        var refund = Begun(payment.BeginRefund(new Money(36000), "annulation", Now));
        Changed(payment.RecordRefund(refund, new RefundFacts("re_1", RefundState.Pending, refund.Amount), Now));
        Assert.Equal((PaymentState.Refunding, new Money(36000)), (payment.State, payment.RefundPending));
        Changed(payment.RecordRefund(refund, new RefundFacts("re_1", RefundState.Failed, refund.Amount), Now));
        Assert.Equal((PaymentState.Succeeded, Money.Zero, new Money(36000)), (payment.State, payment.RefundPending, payment.Refundable));
    }

    [Fact]
    public void The_same_news_of_a_refund_twice_or_late_counts_once()
    {
        var payment = Succeeded();
        var refund = Begun(payment.BeginRefund(new Money(100), "geste", Now));
        payment.RecordRefund(refund, new RefundFacts("re_1", RefundState.Succeeded, refund.Amount), Now);
        Unchanged(payment.RecordRefund(refund, new RefundFacts("re_1", RefundState.Succeeded, refund.Amount), Now));
        Unchanged(payment.RecordRefund(refund, new RefundFacts("re_1", RefundState.Pending, refund.Amount), Now));
        Refused(payment.RecordRefund(refund, new RefundFacts("re_9", RefundState.Failed, refund.Amount), Now));
        Refused(payment.RecordRefund(refund, new RefundFacts("re_1", RefundState.Failed, new Money(99)), Now));
        Assert.Equal(new Money(100), payment.Refunded);
    }

    [Fact]
    public void A_refund_put_off_goes_under_another_key()
    {
        var refund = Begun(Succeeded().BeginRefund(new Money(100), "geste", Now));
        Changed(refund.PutOff("balance_insufficient", refund.IdempotencyKey, Now.AddDays(1)));
        Assert.Equal($"refund-{refund.Id:N}-2", refund.IdempotencyKey);
        Assert.Equal(Now.AddDays(1), refund.Operation.Since);
    }

    /// <summary>Whatever comes in whatever order: state, amounts and charge never contradict each other.</summary>
    [Fact]
    public void No_order_of_events_makes_it_contradict_itself()
    {
        var random = new Random(4);
        for (var round = 0; round < 3000; round++)
        {
            var payment = Created();
            var refunds = new List<Refund>();
            for (var step = 0; step < 25; step++)
            {
                switch (random.Next(8))
                {
                    case 0: payment.Start("cs_" + random.Next(2), "u"); break;
                    case 1: payment.Process("pi_" + random.Next(1, 3)); break;
                    case 2: payment.Succeed(Charge with { ChargeId = "ch_" + random.Next(1, 3), Fee = random.Next(2) == 0 ? null : new Money(5) }, Now); break;
                    case 3: payment.Fail("x"); break;
                    case 4: payment.Cancel(); break;
                    case 5:
                        if (payment.BeginRefund(new Money(random.Next(0, 20000)), "m", Now) is RefundResult.Begun(var begun)) refunds.Add(begun);
                        break;
                    default:
                        if (refunds.Count == 0) break;
                        var refund = refunds[random.Next(refunds.Count)];
                        payment.RecordRefund(refund, new RefundFacts("re_" + refunds.IndexOf(refund), (RefundState)random.Next(1, 4), refund.Amount), Now);
                        break;
                }

                var settled = payment.State is PaymentState.Succeeded or PaymentState.Refunding or PaymentState.Refunded;
                Assert.Equal(settled, payment.ChargeId is not null);
                Assert.Equal(settled, payment.SettledAt is not null);
                Assert.Equal(refunds.Where(r => r.State == RefundState.Succeeded).Sum(r => r.Amount.Cents), payment.Refunded.Cents);
                Assert.Equal(refunds.Where(r => r.State is RefundState.Created or RefundState.Pending).Sum(r => r.Amount.Cents), payment.RefundPending.Cents);
                Assert.True(payment.Refundable.Cents >= 0);
                Assert.Equal(payment.State == PaymentState.Refunding, !payment.RefundPending.IsZero);
                Assert.Equal(payment.State == PaymentState.Refunded, payment.Refunded == payment.Amount);
            }
        }
    }

    private static Payment Created() =>
        Payment.Create(PaymentSubject.Order, Guid.NewGuid(), PaymentPurpose.Deposit, new Money(36000), Now.AddMinutes(33), Now);

    private static Payment Succeeded()
    {
        var payment = Created();
        payment.Start("cs_1", "u");
        Changed(payment.Succeed(Charge, Now));
        return payment;
    }

    private static void Changed(StateChange change) => Assert.IsType<StateChange.Changed>(change);

    private static void Unchanged(StateChange change) => Assert.IsType<StateChange.Unchanged>(change);

    private static string Refused(StateChange change) => Assert.IsType<StateChange.Refused>(change).Reason.Code;

    private static Refund Begun(RefundResult result) => Assert.IsType<RefundResult.Begun>(result).Refund;

    private static string NotBegun(RefundResult result) => Assert.IsType<RefundResult.Refused>(result).Reason.Code;
}
