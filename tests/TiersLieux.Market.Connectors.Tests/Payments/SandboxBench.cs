using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Payments;
using TiersLieux.Market.Sandbox;
using Xunit;

namespace TiersLieux.Market.Connectors.Tests.Payments;

/// <summary>The real Sandbox on a free port, the product's gateway pointed at it, and a customer with a browser.</summary>
internal sealed class SandboxBench : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sandbox-").FullName;
    private readonly WebApplication _sandbox;
    private readonly HttpClient _browser;

    private SandboxBench(Uri? webhooks)
    {
        _sandbox = SandboxHost.Build(new SandboxOptions { DataFolder = _folder, WebhookUrl = webhooks?.ToString() ?? "", Time = new Noon() });
        _browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
    }

    public GatewayFixture Market { get; private set; } = null!;

    public IPaymentGateway Gateway => Market.Gateway;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<SandboxBench> Start(Uri? webhooks = null)
    {
        var bench = new SandboxBench(webhooks);
        await bench._sandbox.StartAsync(Cancellation);
        bench._browser.BaseAddress = new Uri(bench._sandbox.Urls.Single());
        bench.Market = new GatewayFixture(bench._browser.BaseAddress);
        return bench;
    }

    /// <summary>The market as after a restart: nothing remembered but what was stored.</summary>
    public async Task Restart()
    {
        await Market.DisposeAsync();
        Market = new GatewayFixture(_browser.BaseAddress!);
    }

    public Payment NewPayment(long cents)
    {
        var now = Market.Clock.UtcNow();
        return Payment.Create(PaymentSubject.Order, Guid.NewGuid(), PaymentPurpose.Deposit, new Money(cents), CheckoutLifetime.Expiry(now, now), now);
    }

    public static CheckoutRequest Request(Payment payment, PaymentMeans means = PaymentMeans.Card) => new(
        payment.Operation,
        payment.Id,
        "CMD-2026-000123",
        [new CheckoutLine("Acompte : 40 bancs", payment.Amount)],
        "achats@ville.invalid",
        new Uri("https://market.invalid/pay/ok"),
        new Uri("https://market.invalid/pay"),
        payment.ExpiresAt,
        means);

    public async Task<Payment> Started(long cents, PaymentMeans means = PaymentMeans.Card)
    {
        var payment = NewPayment(cents);
        var page = Done(await Gateway.StartCheckout(Request(payment, means), Cancellation));
        Assert.IsType<StateChange.Changed>(payment.Start(page.SessionId, page.Url));
        return payment;
    }

    public async Task<Payment> Paid(long cents, string card = "4242424242424242")
    {
        var payment = await Started(cents);
        Assert.Equal("https://market.invalid/pay/ok", (await PayByCard(payment, card))?.ToString());
        var facts = Done(await Gateway.ReadCheckout(payment.CheckoutSessionId!, Cancellation));
        Assert.IsType<StateChange.Changed>(payment.Succeed(facts.Charge!, Market.Clock.UtcNow()));
        return payment;
    }

    /// <summary>Fills in the payment page; returns where the browser is sent, or null when it stays.</summary>
    public Task<Uri?> PayByCard(Payment payment, string number) => Submit(new Uri(payment.CheckoutUrl!), new()
    {
        ["means"] = "card",
        ["cardNumber"] = number,
        ["cardExpiry"] = "12/44",
        ["cardCvc"] = "123",
        ["billingName"] = "Cliente Fictive",
    });

    public Task<Uri?> PayByDebit(Payment payment, string iban) => Submit(new Uri(payment.CheckoutUrl!), new()
    {
        ["means"] = "sepa_debit",
        ["iban"] = iban,
        ["billingName"] = "Cliente Fictive",
    });

    public Task<Uri?> AnswerBank(Uri challenge, bool authorise) => Submit(challenge, new() { ["outcome"] = authorise ? "authorise" : "refuse" });

    /// <summary>A workshop whose account may receive transfers.</summary>
    public async Task<string> Workshop(string name)
    {
        var account = ConnectedAccount.Create(Guid.NewGuid(), Market.Clock.UtcNow());
        var facts = Done(await Gateway.CreateAccount(new AccountRequest(account.Operation, account.OrganisationId, name, "atelier@demo.invalid"), Cancellation));
        account.Update(facts, Market.Clock.UtcNow());
        Assert.False(account.CanReceive);
        await Control($"/sandbox/accounts/{facts.AccountId}/transfers", new { status = "active" });
        account.Update(Done(await Gateway.ReadAccount(facts.AccountId, Cancellation)), Market.Clock.UtcNow());
        Assert.True(account.CanReceive);
        return facts.AccountId;
    }

    public WorkshopTransfer NewTransfer(Payment payment, string account, long cents) => WorkshopTransfer.Create(
        payment.SubjectId, "CMD-2026-000123", Guid.NewGuid(), account, new ShareOfCharge(payment.Id, payment.ChargeId!, new Money(cents)), Market.Clock.UtcNow());

    public static TransferRequest Request(WorkshopTransfer transfer) =>
        new(transfer.Operation, transfer.Id, transfer.AccountId, transfer.Amount, transfer.SourceChargeId, transfer.TransferGroup);

    /// <summary>What the outside world does: time, faults, the bank.</summary>
    public async Task<JsonElement> Control(string path, object body)
    {
        using var response = await _browser.PostAsJsonAsync(path, body, Cancellation);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
    }

    public async Task<JsonElement> Look(string path) => await _browser.GetFromJsonAsync<JsonElement>(path, Cancellation);

    public Task Advance(string duration) => Control("/sandbox/clock", new { advance = duration });

    public static T Done<T>(GatewayResult<T> result) => Assert.IsType<GatewayResult<T>.Done>(result).Value;

    public async ValueTask DisposeAsync()
    {
        await Market.DisposeAsync();
        _browser.Dispose();
        await _sandbox.StopAsync(CancellationToken.None);
        await _sandbox.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>It is always noon on the day of the test; pauses and deliveries of the Sandbox take their real time.</summary>
    private sealed class Noon : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(GatewayFixture.Noon);
    }

    private async Task<Uri?> Submit(Uri page, Dictionary<string, string> fields)
    {
        using var form = new FormUrlEncodedContent(fields);
        using var response = await _browser.PostAsync(page, form, Cancellation);
        return response.Headers.Location;
    }
}
