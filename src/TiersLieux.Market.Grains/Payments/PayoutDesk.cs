using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Payments;
using TiersLieux.Market.Grains.Billing;
using TiersLieux.Market.Grains.Common;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Storage.Writing;

namespace TiersLieux.Market.Grains.Payments;

/// <summary>Takes a payout of the provider apart, links each movement to what it is of, and has it posted.</summary>
public sealed class PayoutDesk(
    IGrainFactory grains, IDbContextFactory<MarketDbContext> databases, IMarketWriter writer, IPaymentGateway gateway, SaleDocuments documents, TimeProvider clock)
{
    public async Task ReadAsync(string payoutId, CancellationToken cancellation)
    {
        var facts = Settled(await gateway.ReadPayout(payoutId, null, cancellation));
        var contents = await gateway.ListPayoutContents(payoutId, null, cancellation) switch
        {
            GatewayResult<IReadOnlyList<BalanceTransaction>>.Done(var list) => list,
            GatewayResult<IReadOnlyList<BalanceTransaction>>.Unavailable(var reason, _, _) => throw new PaymentProviderUnavailableException(reason.English),
            _ => null, // Only of automatic payouts can the provider say what they are made of.
        };
        var id = await writer.WriteAsync(async (db, c) =>
        {
            var payout = await db.Set<Payout>().FirstOrDefaultAsync(p => p.StripeId == payoutId, c);
            if (payout is null) db.Add(payout = Payout.Of(facts, null));
            else payout.Update(facts);
            if (contents is not null) payout.SetContents(contents, clock.UtcNow());
            var sources = payout.Lines.Select(l => l.SourceId).OfType<string>().ToArray();
            var charges = await db.Set<Payment>().Where(p => sources.Contains(p.ChargeId!)).Select(p => new { Key = p.ChargeId!, p.Id }).ToListAsync(c);
            var transfers = await db.Set<WorkshopTransfer>().Where(t => sources.Contains(t.StripeId!)).Select(t => new { Key = t.StripeId!, t.Id }).ToListAsync(c);
            var refunds = await db.Set<Refund>().Where(r => sources.Contains(r.StripeId!)).Select(r => new { Key = r.StripeId!, r.Id }).ToListAsync(c);
            payout.Link(charges.Select(x => (x.Key, new MovementLink(MovementSubject.Payment, x.Id)))
                .Concat(transfers.Select(x => (x.Key, new MovementLink(MovementSubject.Transfer, x.Id))))
                .Concat(refunds.Select(x => (x.Key, new MovementLink(MovementSubject.Refund, x.Id))))
                .ToDictionary(x => x.Key, x => x.Item2, StringComparer.Ordinal));
            return payout.Id;
        }, cancellation);
        KillPoints.Pass(KillPoints.PayoutStored);
        await using var read = await databases.CreateDbContextAsync(cancellation);
        await grains.GetGrain<IBooksGrain>(await documents.LeadIdAsync(read)).RecordPayout(id);
    }

    private static PayoutFacts Settled(GatewayResult<PayoutFacts> result) => result switch
    {
        GatewayResult<PayoutFacts>.Done(var facts) => facts,
        GatewayResult<PayoutFacts>.Unavailable(var reason, _, _) => throw new PaymentProviderUnavailableException(reason.English),
        _ => throw new InvalidOperationException("The provider does not know its own payout."),
    };
}
