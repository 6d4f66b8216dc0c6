using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Domain.Payments;
using TiersLieux.Market.Grains.Common;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Storage.Writing;

namespace TiersLieux.Market.Grains.Payments;

/// <summary>The workshops' own accounts at the provider: opened once, read again whenever something may have changed.</summary>
public sealed class AccountDesk(IDbContextFactory<MarketDbContext> databases, IMarketWriter writer, IPaymentGateway gateway, TimeProvider clock)
{
    /// <summary>The organisation's account, opened at the provider if it has none yet.</summary>
    public async Task<Outcome<string>> OpenAsync(Guid organisationId, CancellationToken cancellation)
    {
        var account = await writer.WriteAsync(async (db, c) =>
        {
            var known = await db.Set<ConnectedAccount>().FirstOrDefaultAsync(a => a.OrganisationId == organisationId, c);
            if (known is null) db.Add(known = ConnectedAccount.Create(organisationId, clock.UtcNow()));
            return known;
        }, cancellation);
        if (account.StripeId is { } existing) return Outcome<string>.Done(existing);

        await using var read = await databases.CreateDbContextAsync(cancellation);
        var organisation = await read.Set<Organisation>().AsNoTracking().FirstAsync(o => o.Id == organisationId, cancellation);
        switch (await gateway.CreateAccount(new AccountRequest(account.Operation, organisationId, organisation.Name, organisation.Email), cancellation))
        {
            case GatewayResult<AccountFacts>.Done(var facts):
                await UpdateAsync(organisationId, facts, cancellation);
                return Outcome<string>.Done(facts.AccountId);
            case GatewayResult<AccountFacts>.Refused(var reason, _):
                return Outcome<string>.Refused(reason);
            case GatewayResult<AccountFacts>.Unavailable(var reason, _, _):
                return Outcome<string>.Refused(reason);
            default:
                throw new InvalidOperationException("Opening an account is never declined.");
        }
    }

    /// <summary>Reads the account again: coming back from the provider's form proves nothing.</summary>
    public async Task ReadAsync(string accountId, CancellationToken cancellation)
    {
        await using var read = await databases.CreateDbContextAsync(cancellation);
        var known = await read.Set<ConnectedAccount>().AsNoTracking().FirstOrDefaultAsync(a => a.StripeId == accountId, cancellation);
        if (known is null) return;
        switch (await gateway.ReadAccount(accountId, cancellation))
        {
            case GatewayResult<AccountFacts>.Done(var facts):
                await UpdateAsync(known.OrganisationId, facts, cancellation);
                return;
            case GatewayResult<AccountFacts>.Unavailable(var reason, _, _):
                throw new PaymentProviderUnavailableException(reason.English);
            default:
                return;
        }
    }

    private Task UpdateAsync(Guid organisationId, AccountFacts facts, CancellationToken cancellation) => writer.WriteAsync(
        async (db, c) => (await db.Set<ConnectedAccount>().FirstAsync(a => a.OrganisationId == organisationId, c)).Update(facts, clock.UtcNow()), cancellation);
}
