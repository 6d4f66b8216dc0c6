using Microsoft.Extensions.Options;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Payments;
using TiersLieux.Market.Grains.Common;
using TiersLieux.Market.Grains.Payments;

namespace TiersLieux.Market.Web.Orders;

/// <summary>Takes a workshop to the payment provider's form, where it gives what it needs to be paid.</summary>
public sealed class PaymentAccounts(AccountDesk desk, IPaymentGateway gateway, IOptions<PublicAddress> address, TimeProvider clock)
{
    /// <summary>The address of the form; a new link each time, as each serves once.</summary>
    public async Task<Outcome<string>> StartAsync(Guid organisationId, CancellationToken cancellation)
    {
        var opened = await desk.OpenAsync(organisationId, cancellation);
        if (!opened.IsDone) return opened;
        var request = new OnboardingRequest(
            new OperationKey($"onboarding-{Guid.CreateVersion7():N}", clock.UtcNow()),
            opened.Value!,
            new Uri(address.Value.Root, "/atelier?compte=retour"),
            new Uri(address.Value.Root, "/atelier?compte=lien"));
        return await gateway.StartOnboarding(request, cancellation) switch
        {
            GatewayResult<OnboardingLink>.Done(var link) => Outcome<string>.Done(link.Url),
            GatewayResult<OnboardingLink>.Refused(var reason, _) => Outcome<string>.Refused(reason),
            GatewayResult<OnboardingLink>.Unavailable(var reason, _, _) => Outcome<string>.Refused(reason),
            _ => throw new InvalidOperationException("A link is never declined."),
        };
    }

    /// <summary>Asks the provider how the account stands: coming back from its form proves nothing.</summary>
    public async Task<bool> RefreshAsync(string accountId, CancellationToken cancellation)
    {
        try
        {
            await desk.ReadAsync(accountId, cancellation);
            return true;
        }
        catch (PaymentProviderUnavailableException)
        {
            return false;
        }
    }
}
