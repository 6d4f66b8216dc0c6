using System.Text.Json;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Payments;

namespace TiersLieux.Market.Connectors.Payments;

/// <summary>
/// The gateway over Stripe's REST API: charges on the platform, then separate transfers from them. What Stripe has kept of an
/// operation whose key it may have forgotten is looked for before the operation is sent again (metadata <c>operation</c>).
/// </summary>
public sealed class StripePaymentGateway(StripeClient client, TimeProvider clock) : IPaymentGateway
{
    private const string Metadata = "metadata[operation]";

    public async Task<GatewayResult<CheckoutPage>> StartCheckout(CheckoutRequest request, CancellationToken cancellation = default)
    {
        var form = new StripeForm()
            .Set("mode", "payment")
            .Set("client_reference_id", request.PaymentId.ToString())
            .Set("customer_email", request.CustomerEmail)
            .Set("success_url", request.SuccessUrl.AbsoluteUri)
            .Set("cancel_url", request.CancelUrl.AbsoluteUri)
            .Set("expires_at", request.ExpiresAt)
            .Set("locale", request.Language)
            .Set("payment_intent_data[transfer_group]", request.OrderReference)
            .Set("payment_intent_data[description]", request.OrderReference)
            .Set("payment_intent_data[metadata][payment]", request.PaymentId.ToString())
            .Set("metadata[payment]", request.PaymentId.ToString())
            .Set(Metadata, request.Key.Value);
        var means = 0;
        if (request.Means.HasFlag(PaymentMeans.Card)) form.Set($"payment_method_types[{means++}]", "card");
        if (request.Means.HasFlag(PaymentMeans.SepaDebit)) form.Set($"payment_method_types[{means}]", "sepa_debit");
        for (var i = 0; i < request.Lines.Count; i++)
        {
            var line = request.Lines[i];
            form.Set($"line_items[{i}][quantity]", 1)
                .Set($"line_items[{i}][price_data][currency]", Currency(line.Amount))
                .Set($"line_items[{i}][price_data][unit_amount]", line.Amount.Cents)
                .Set($"line_items[{i}][price_data][product_data][name]", line.Label);
        }

        return Read(await client.Post("/v1/checkout/sessions", form, request.Key.Value, cancellation: cancellation), true, s => new CheckoutPage(s.Text("id"), s.Text("url")));
    }

    public async Task<GatewayResult<CheckoutFacts>> ReadCheckout(string sessionId, CancellationToken cancellation = default)
    {
        var query = new StripeForm().Set("expand[0]", "payment_intent.latest_charge.balance_transaction");
        return Read(await client.Get($"/v1/checkout/sessions/{Path(sessionId)}", query, cancellation: cancellation), false, StripeFacts.Checkout);
    }

    public async Task<GatewayResult<CheckoutFacts>> CloseCheckout(string sessionId, CancellationToken cancellation = default)
    {
        var answer = await client.Post($"/v1/checkout/sessions/{Path(sessionId)}/expire", new StripeForm(), $"close-{sessionId}", cancellation: cancellation);

        // Refused means that it is not open any more; how it ended is what the caller needs.
        return Read(answer, true, s => s.Text("id")) switch
        {
            GatewayResult<string>.Unavailable u => new GatewayResult<CheckoutFacts>.Unavailable(u.Reason, u.OutcomeUnknown, u.RetryAfter),
            _ => await ReadCheckout(sessionId, cancellation),
        };
    }

    public Task<GatewayResult<TransferFacts>> Transfer(TransferRequest request, CancellationToken cancellation = default)
    {
        var form = new StripeForm()
            .Set("amount", request.Amount.Cents)
            .Set("currency", Currency(request.Amount))
            .Set("destination", request.AccountId)
            .Set("source_transaction", request.SourceChargeId)
            .Set("transfer_group", request.OrderReference)
            .Set("metadata[transfer]", request.TransferId.ToString())
            .Set(Metadata, request.Key.Value);
        var others = new StripeForm().Set("transfer_group", request.OrderReference);
        return Once("/v1/transfers", form, "/v1/transfers", others, request.Key, StripeFacts.Transfer, cancellation);
    }

    public Task<GatewayResult<ReversalFacts>> ReverseTransfer(ReversalRequest request, CancellationToken cancellation = default)
    {
        var path = $"/v1/transfers/{Path(request.TransferId)}/reversals";
        var form = new StripeForm()
            .Set("amount", request.Amount.Cents)
            .Set("metadata[reversal]", request.ReversalId.ToString())
            .Set(Metadata, request.Key.Value);
        return Once(path, form, path, new StripeForm(), request.Key, StripeFacts.Reversal, cancellation);
    }

    public Task<GatewayResult<RefundFacts>> Refund(RefundRequest request, CancellationToken cancellation = default)
    {
        var form = new StripeForm()
            .Set("charge", request.ChargeId)
            .Set("amount", request.Amount.Cents)
            .Set("metadata[refund]", request.RefundId.ToString())
            .Set(Metadata, request.Key.Value);
        var others = new StripeForm().Set("charge", request.ChargeId);
        return Once("/v1/refunds", form, "/v1/refunds", others, request.Key, StripeFacts.Refund, cancellation);
    }

    public async Task<GatewayResult<RefundFacts>> ReadRefund(string refundId, CancellationToken cancellation = default) =>
        Read(await client.Get($"/v1/refunds/{Path(refundId)}", cancellation: cancellation), false, StripeFacts.Refund);

    public async Task<GatewayResult<PayoutFacts>> ReadPayout(string payoutId, string? account = null, CancellationToken cancellation = default) =>
        Read(await client.Get($"/v1/payouts/{Path(payoutId)}", account: account, cancellation: cancellation), false, StripeFacts.Payout);

    public Task<GatewayResult<IReadOnlyList<PayoutFacts>>> ListPayouts(DateTime since, string? account = null, CancellationToken cancellation = default) =>
        List("/v1/payouts", new StripeForm().Set("created[gte]", since), account, StripeFacts.Payout, cancellation);

    public Task<GatewayResult<IReadOnlyList<BalanceTransaction>>> ListPayoutContents(string payoutId, string? account = null, CancellationToken cancellation = default) =>
        List("/v1/balance_transactions", new StripeForm().Set("payout", payoutId), account, StripeFacts.Movement, cancellation);

    public Task<GatewayResult<IReadOnlyList<BalanceTransaction>>> ListBalanceTransactions(DateTime since, string? account = null, CancellationToken cancellation = default) =>
        List("/v1/balance_transactions", new StripeForm().Set("created[gte]", since), account, StripeFacts.Movement, cancellation);

    public async Task<GatewayResult<BalanceFacts>> ReadBalance(string? account = null, CancellationToken cancellation = default) =>
        Read(await client.Get("/v1/balance", account: account, cancellation: cancellation), false, StripeFacts.Balance);

    public Task<GatewayResult<AccountFacts>> CreateAccount(AccountRequest request, CancellationToken cancellation = default)
    {
        var form = new StripeForm()
            .Set("type", "express")
            .Set("country", "FR")
            .Set("email", request.Email)
            .Set("capabilities[transfers][requested]", true)
            .Set("business_profile[name]", request.LegalName)
            .Set("metadata[organisation]", request.OrganisationId.ToString())
            .Set(Metadata, request.Key.Value);
        return Once("/v1/accounts", form, "/v1/accounts", new StripeForm(), request.Key, StripeFacts.Account, cancellation);
    }

    public async Task<GatewayResult<AccountFacts>> ReadAccount(string accountId, CancellationToken cancellation = default) =>
        Read(await client.Get($"/v1/accounts/{Path(accountId)}", cancellation: cancellation), false, StripeFacts.Account);

    public async Task<GatewayResult<OnboardingLink>> StartOnboarding(OnboardingRequest request, CancellationToken cancellation = default)
    {
        var form = new StripeForm()
            .Set("account", request.AccountId)
            .Set("return_url", request.ReturnUrl.AbsoluteUri)
            .Set("refresh_url", request.RefreshUrl.AbsoluteUri)
            .Set("type", "account_onboarding");
        return Read(await client.Post("/v1/account_links", form, request.Key.Value, cancellation: cancellation), true, l => new OnboardingLink(l.Text("url"), l.Instant("expires_at")));
    }

    /// <summary>Sends an operation, unless its key may be forgotten and Stripe turns out to have carried it out.</summary>
    private async Task<GatewayResult<T>> Once<T>(
        string path, StripeForm form, string listPath, StripeForm query, OperationKey key, Func<JsonElement, T> read, CancellationToken cancellation)
        where T : class
    {
        if (key.MayBeForgotten(clock.UtcNow()))
        {
            switch (await List(listPath, query, null, o => o, cancellation))
            {
                case GatewayResult<IReadOnlyList<JsonElement>>.Done(var all):
                    var done = all.FirstOrDefault(o => o.Object("metadata")?.OptionalText("operation") == key.Value);
                    if (done.ValueKind == JsonValueKind.Object) return Read(new StripeAnswer.Success(done), true, read);
                    break;
                case GatewayResult<IReadOnlyList<JsonElement>>.Unavailable u:
                    return new GatewayResult<T>.Unavailable(u.Reason, true, u.RetryAfter);
                case GatewayResult<IReadOnlyList<JsonElement>>.Refused r:
                    return new GatewayResult<T>.Unavailable(r.Reason, true);
            }
        }

        return Read(await client.Post(path, form, key.Value, cancellation: cancellation), true, read);
    }

    /// <summary>Every page of a list, oldest first.</summary>
    private async Task<GatewayResult<IReadOnlyList<T>>> List<T>(
        string path, StripeForm query, string? account, Func<JsonElement, T> read, CancellationToken cancellation)
    {
        var all = new List<T>();
        string? after = null;
        while (true)
        {
            var page = new StripeForm().Set("limit", 100).Set("starting_after", after);
            foreach (var (name, value) in query.Pairs) page.Set(name, value);
            var answer = Read(await client.Get(path, page, account, cancellation), false, p =>
                (Items: p.Items("data").Select(read).ToList(), Last: p.Items("data").LastOrDefault().OptionalText("id"), More: p.Flag("has_more")));
            switch (answer)
            {
                case GatewayResult<(List<T> Items, string? Last, bool More)>.Done(var (items, last, more)):
                    all.AddRange(items);
                    if (more && last is not null && last != after)
                    {
                        after = last;
                        continue;
                    }

                    all.Reverse();
                    return new GatewayResult<IReadOnlyList<T>>.Done(all);
                case GatewayResult<(List<T> Items, string? Last, bool More)>.Declined d:
                    return new GatewayResult<IReadOnlyList<T>>.Declined(d.Reason, d.DeclineCode);
                case GatewayResult<(List<T> Items, string? Last, bool More)>.Refused r:
                    return new GatewayResult<IReadOnlyList<T>>.Refused(r.Reason, r.Code);
                case GatewayResult<(List<T> Items, string? Last, bool More)>.Unavailable u:
                    return new GatewayResult<IReadOnlyList<T>>.Unavailable(u.Reason, u.OutcomeUnknown, u.RetryAfter);
            }
        }
    }

    /// <param name="changes">The call was to change something, so silence leaves its outcome open.</param>
    private static GatewayResult<T> Read<T>(StripeAnswer answer, bool changes, Func<JsonElement, T> read)
    {
        switch (answer)
        {
            case StripeAnswer.Success success:
                try
                {
                    return new GatewayResult<T>.Done(read(success.Body));
                }
                catch (Exception e) when (e is StripeShapeException or InvalidOperationException or ArgumentException)
                {
                    return StripeErrors.Unreadable<T>(changes);
                }

            case StripeAnswer.Failure failure:
                return StripeErrors.Map<T>(failure, changes);
            default:
                return StripeErrors.Map<T>((StripeAnswer.Silence)answer, changes);
        }
    }

    private static string Currency(Money amount) => amount.Currency.ToLowerInvariant();

    private static string Path(string id) => Uri.EscapeDataString(id);
}
