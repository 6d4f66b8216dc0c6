using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Connectors.Payments;
using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Domain.Payments;
using TiersLieux.Market.Grains.Payments;
using TiersLieux.Market.Storage;

namespace TiersLieux.Market.Web.Hosting;

/// <summary>
/// Registers the demo's fictitious workshops at the Sandbox, so that shares can be paid from the first minute. With any other payment server it does
/// nothing: real workshops register themselves.
/// </summary>
public sealed partial class DemoAccounts(
    IDbContextFactory<MarketDbContext> databases, AccountDesk accounts, StripeOptions stripe, MarketSettings settings, IHttpClientFactory http, ILogger<DemoAccounts> logger) : BackgroundService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!settings.LoadDemo || stripe.Live || stripe.SecretKey != "sk_test_sandbox") return;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RegisterAsync(stoppingToken);
                return;
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogWaiting(exception.Message);
                await Task.Delay(Patience, stoppingToken);
            }
        }
    }

    private async Task RegisterAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var organisations = await db.Set<Organisation>().AsNoTracking()
            .Where(o => o.IsFictitious && db.Set<Workshop>().Any(w => w.OrganisationId == o.Id) && !db.Set<ConnectedAccount>().Any(a => a.OrganisationId == o.Id && a.Transfers == CapabilityState.Active))
            .Select(o => o.Id).ToListAsync(cancellation);
        using var sandbox = http.CreateClient();
        foreach (var organisation in organisations)
        {
            var opened = await accounts.OpenAsync(organisation, cancellation);
            if (opened.Value is not { } account) throw new InvalidOperationException(opened.Refusal!.English);
            using var answer = await sandbox.PostAsJsonAsync(new Uri(stripe.BaseUrl, $"/sandbox/accounts/{account}/transfers"), new { status = "active" }, cancellation);
            answer.EnsureSuccessStatusCode();
            await accounts.ReadAsync(account, cancellation);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The demo workshops are not registered at the Sandbox yet: {Reason}")]
    private partial void LogWaiting(string reason);
}
