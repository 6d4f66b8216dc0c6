using System.Diagnostics;

namespace TiersLieux.Market.Grains.Common;

/// <summary>
/// Every place between two durable steps where a kill must do no harm, by name. A test starts the program with TLM_KILL_AT=name, which ends it there
/// as kill -9 would, starts it again and looks at what became of the order. In production the variable is not set and passing costs a comparison.
/// </summary>
public static class KillPoints
{
    public const string OrderRecorded = "order.recorded";
    public const string OneMachineHeld = "order.one-machine-held";
    public const string AllHeld = "order.all-held";
    public const string PaymentRecorded = "payment.recorded";
    public const string CheckoutOpenedAtProvider = "payment.checkout-opened-at-provider";
    public const string CheckoutStored = "payment.checkout-stored";
    public const string WebhookStored = "payment.webhook-stored";
    public const string PaymentSucceeded = "payment.succeeded";
    public const string OrderCancelled = "order.cancelled";
    public const string DepositInvoiced = "order.deposit-invoiced";
    public const string DepositPaid = "order.deposit-paid";
    public const string OneMachineConfirmed = "order.one-machine-confirmed";
    public const string OrderConfirmed = "order.confirmed";
    public const string WorkOrderDeclined = "work-order.declined";
    public const string ReplacementHeld = "work-order.replacement-held";
    public const string Replanned = "work-order.replanned";
    public const string MachineDown = "machine.down";
    public const string MachineBroken = "order.machine-broken";
    public const string LaterDateFound = "order.later-date-found";
    public const string LaterDateHeld = "order.later-date-held";
    public const string LaterDateAnswered = "order.later-date-answered";
    public const string WorkOrderDone = "work-order.done";
    public const string Delivered = "order.delivered";
    public const string Received = "order.received";
    public const string FinalInvoiced = "order.final-invoiced";
    public const string OneWorkshopInvoiced = "order.one-workshop-invoiced";
    public const string BalancePaid = "order.balance-paid";
    public const string TransferRecorded = "transfer.recorded";
    public const string TransferMadeAtProvider = "transfer.made-at-provider";
    public const string TransferStored = "transfer.stored";
    public const string BookingRecorded = "booking.recorded";
    public const string BookingPaid = "booking.paid";
    public const string BookingInvoiced = "booking.invoiced";
    public const string BookingCancelled = "booking.cancelled";
    public const string RefundRecorded = "refund.recorded";
    public const string RefundMadeAtProvider = "refund.made-at-provider";
    public const string RefundStored = "refund.stored";
    public const string PayoutStored = "payout.stored";

    private static readonly string? Armed = Environment.GetEnvironmentVariable("TLM_KILL_AT");

    /// <summary>All names, in the order in which the story of the test that visits each comes by: one order given up, one made, bookings, the payout.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        OrderCancelled, OrderRecorded, OneMachineHeld, AllHeld, PaymentRecorded, CheckoutOpenedAtProvider, CheckoutStored, WebhookStored, PaymentSucceeded,
        DepositInvoiced, DepositPaid, OneMachineConfirmed, OrderConfirmed, WorkOrderDeclined, Replanned, ReplacementHeld,
        MachineDown, MachineBroken, LaterDateFound, LaterDateHeld, LaterDateAnswered, WorkOrderDone, Delivered, Received,
        FinalInvoiced, OneWorkshopInvoiced, BalancePaid, TransferRecorded, TransferMadeAtProvider, TransferStored,
        BookingRecorded, BookingPaid, BookingInvoiced, BookingCancelled, RefundRecorded, RefundMadeAtProvider, RefundStored, PayoutStored,
    ];

    public static void Pass(string point)
    {
        if (Armed is null || !string.Equals(Armed, point, StringComparison.Ordinal)) return;
        using var self = Process.GetCurrentProcess();
        self.Kill(); // SIGKILL: no handler, no flush, no goodbye.
        Thread.Sleep(Timeout.Infinite);
    }
}
