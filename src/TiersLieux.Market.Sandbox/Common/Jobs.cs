using TiersLieux.Market.Sandbox.Ledger;
using TiersLieux.Market.Sandbox.Payments;
using TiersLieux.Market.Sandbox.Treasury;

namespace TiersLieux.Market.Sandbox.Common;

/// <summary>
/// What happens by itself when its time comes: funds become available, a direct debit settles, a session expires,
/// a payout arrives. Each step looks at its object first, so running it twice changes nothing.
/// </summary>
internal static class Jobs
{
    public const string FundsAvailable = "funds_available";
    public const string DebitSettles = "debit_settles";
    public const string SessionExpires = "session_expires";
    public const string PayoutArrives = "payout_arrives";
    public const string RefundFails = "refund_fails";

    public static bool AnyDue(Work work) => work.Scalar("SELECT EXISTS (SELECT 1 FROM jobs WHERE due <= $a)", work.Clock.Now) == 1;

    public static void RunDue(Work work)
    {
        while (true)
        {
            var due = work.Rows(
                "SELECT id, due, kind, ref FROM jobs WHERE due <= $a ORDER BY due, id LIMIT 100",
                r => (Id: r.GetInt64(0), Due: r.GetInt64(1), Kind: r.GetString(2), Reference: r.GetString(3)),
                work.Clock.Now);
            if (due.Count == 0)
                break;
            foreach (var job in due)
            {
                work.Execute("DELETE FROM jobs WHERE id = $a", job.Id);
                work.Now = job.Due;
                switch (job.Kind)
                {
                    case FundsAvailable:
                        Balances.MakeAvailable(work, job.Reference);
                        break;
                    case DebitSettles:
                        DirectDebits.Settle(work, job.Reference);
                        break;
                    case SessionExpires:
                        CheckoutSessions.ExpireIfOpen(work, job.Reference);
                        break;
                    case PayoutArrives:
                        Payouts.MarkPaid(work, job.Reference);
                        break;
                    case RefundFails:
                        Refunds.Fail(work, job.Reference);
                        break;
                    default:
                        throw new InvalidOperationException($"Unknown job {job.Kind}.");
                }
            }
        }
        work.UseClock();
    }
}
