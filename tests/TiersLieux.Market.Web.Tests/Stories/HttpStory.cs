using System.Net;
using System.Text.Json;
using TiersLieux.Market.Web.Tests.Hosting;
using Xunit;

namespace TiersLieux.Market.Web.Tests.Stories;

/// <summary>
/// The story of an order over HTTP: quoted, paid, made by several workshops, one of them saying no, received, settled; and bookings beside it.
/// Every operation has its Idempotency-Key, so it can be told to a market that is killed on the way.
/// </summary>
internal sealed class HttpStory(IMarketCalls market, RunningSandbox sandbox, StoryPeople people)
{
    /// <summary>Long, since a market may have to start a dozen times on the way; only a failure waits it out.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    public string Number { get; private set; } = "";

    /// <summary>The Idempotency-Key under which the last order was placed.</summary>
    public string OrderKey { get; private set; } = "";

    /// <summary>The same story, told on at another market.</summary>
    public HttpStory At(IMarketCalls other) => new(other, sandbox, people) { Number = Number };

    /// <summary>A quote of two lines and an order of its fastest plan.</summary>
    public async Task<JsonElement> OrderAsync()
    {
        var (bench, visor) = (await OfferAsync("banc liteaux", "banc-liteaux-102"), await OfferAsync("visière de protection", "visiere-protection"));
        var quote = await market.PostAsync(
            "/api/v1/quotes",
            new { lines = new[] { new { offerId = bench, quantity = 8 }, new { offerId = visor, quantity = 60 } }, deliverTo = new { postcode = "59000", city = "Lille" } },
            people.Buyer, HttpStatusCode.Created);
        OrderKey = Guid.NewGuid().ToString("N");
        var order = await market.PostAsync(
            "/api/v1/orders", new { quoteId = quote.GetProperty("id").GetGuid(), plan = "fastest", street = "3 rue de l'Exemple" }, people.Buyer, HttpStatusCode.Created, OrderKey);
        Number = order.GetProperty("number").GetString()!;
        return order;
    }

    public Task<JsonElement> ReadAsync() => market.GetAsync($"/api/v1/orders/{Number}", people.Buyer);

    public async Task PayDepositAsync()
    {
        await PayAsync($"/pay/{Number}");
        await UntilAsync("the deposit confirms the order and its workshops are asked", async () =>
        {
            var order = await ReadAsync();
            return order.Is("inProduction") && order.Live().All(w => w.Is("proposed") || w.Is("accepted"));
        });
    }

    /// <summary>The workshop with the least to do says no; others are asked.</summary>
    public async Task DeclineOneAsync()
    {
        var (token, work) = (await WorkAsync()).Where(w => w.Work.Is("proposed"))
            .OrderBy(w => w.Work.GetProperty("operations").GetArrayLength()).ThenBy(w => w.Work.GetProperty("number").GetString(), StringComparer.Ordinal).First();
        var id = work.GetProperty("id").GetGuid();
        await market.PostAsync($"/api/v1/work-orders/{id}/decline", new { reason = " " }, token, HttpStatusCode.UnprocessableEntity);
        var declined = await market.PostAsync($"/api/v1/work-orders/{id}/decline", new { reason = "Machine en panne" }, token);
        Assert.Equal("declined", declined.State());
        await UntilAsync("somebody else is asked", async () =>
        {
            var order = await ReadAsync();
            await AgreeToLaterAsync(order);
            return order.Live().All(w => w.Is("proposed") || w.Is("accepted")) && order.Live().All(w => w.GetProperty("workshop").GetString() != declined.GetProperty("workshop").GetString());
        });
    }

    private async Task AgreeToLaterAsync(JsonElement order)
    {
        if (order.TryGetProperty("laterDate", out var later))
            await market.PostAsync($"/api/v1/orders/{Number}/later-date", new { promiseDate = later.GetProperty("promiseDate").GetString(), agrees = true }, people.Buyer);
    }

    /// <summary>All machines of one step break down: what is left cannot be made in time, the customer is asked and agrees to a later date.</summary>
    public async Task BreakAsync()
    {
        var machines = await market.GetAsync("/api/v1/machines?process=assemblage&limit=200");
        var until = DateTime.UtcNow.AddDays(20);
        foreach (var machine in machines.GetProperty("items").EnumerateArray())
        {
            var path = $"/api/v1/machines/{machine.GetProperty("code").GetString()}";
            await market.PostAsync($"{path}/breakdown", new { until = $"{until:yyyy-MM-ddTHH:mm:ss}Z", reason = "Coupure d'électricité" }, people.Administrator);
        }

        JsonElement later = default;
        await UntilAsync("the customer is asked about a later date", async () => (await ReadAsync()).TryGetProperty("laterDate", out later));
        var date = later.GetProperty("promiseDate").GetString();
        await market.PostAsync($"/api/v1/orders/{Number}/later-date", new { promiseDate = date }, people.Buyer, HttpStatusCode.UnprocessableEntity);
        await market.PostAsync($"/api/v1/orders/{Number}/later-date", new { promiseDate = date, agrees = true }, people.Buyer);
        await UntilAsync("the new workshops are asked", async () =>
        {
            var order = await ReadAsync();
            return order.GetProperty("promiseDate").GetString() == date && order.Live().All(w => w.Is("proposed") || w.Is("accepted"));
        });
    }

    /// <summary>Every workshop accepts, reports and finishes its work; with the last, the order is on its way.</summary>
    public async Task MakeAsync()
    {
        foreach (var (token, work) in await WorkAsync())
        {
            var path = $"/api/v1/work-orders/{work.GetProperty("id").GetGuid()}";
            var quantity = work.GetProperty("quantity").GetDecimal();
            await market.PostAsync($"{path}/accept", null, token);
            await market.PostAsync($"{path}/progress", new { done = quantity + 1 }, token, HttpStatusCode.UnprocessableEntity);
            await market.PostAsync($"{path}/progress", new { done = quantity, rejected = 1, note = "RAS" }, token);
            Assert.Equal("done", (await market.PostAsync($"{path}/finish", null, token)).State());
        }

        Assert.Equal("delivered", (await ReadAsync()).State());
    }

    public async Task ReceiveAsync()
    {
        await market.PostAsync($"/api/v1/orders/{Number}/receipt", new { name = " " }, people.Buyer, HttpStatusCode.UnprocessableEntity);
        await market.PostAsync($"/api/v1/orders/{Number}/receipt", new { name = "Camille Exemple" }, people.Buyer);
        await UntilAsync("the invoice is out", async () => (await ReadAsync()).Is("awaitingBalance"));
    }

    public async Task PayBalanceAsync()
    {
        await PayAsync($"/pay/{Number}");
        await CompletedAsync();
    }

    public Task CompletedAsync() => UntilAsync("everybody is paid", async () => (await ReadAsync()).Is("completed"));

    /// <summary>A machine by the hour, paid by card.</summary>
    public async Task<Guid> BookByCardAsync(string machine)
    {
        var booking = await BookAsync(machine, "card");
        await PayAsync($"/pay/reservation/{booking.GetProperty("reference").GetString()}", people.Member);
        var path = $"/api/v1/bookings/{booking.GetProperty("id").GetGuid()}";
        await UntilAsync("the booking is paid and invoiced", async () =>
        {
            var now = await market.GetAsync(path, people.Member);
            return now.Is("booked") && now.TryGetProperty("invoiceId", out _);
        });
        return booking.GetProperty("id").GetGuid();
    }

    /// <summary>An order that its customer gives up before paying.</summary>
    public async Task OrderAndCancelAsync()
    {
        var order = await OrderAsync();
        Assert.Equal("cancelled", (await market.PostAsync($"/api/v1/orders/{order.GetProperty("number").GetString()}/cancel", null, people.Buyer)).State());
    }

    /// <summary>A machine by the hour, paid by card and given back.</summary>
    public async Task BookByCardAndCancelAsync(string machine)
    {
        var booking = await BookByCardAsync(machine);
        Assert.Equal("cancelled", (await market.DeleteAsync($"/api/v1/bookings/{booking}", people.Member)).State());
    }

    /// <summary>Books the first hour that can be had, far enough away to be given back for nothing.</summary>
    public async Task<JsonElement> BookAsync(string machine, string payment)
    {
        var from = DateTime.UtcNow.Date.AddDays(3);
        var free = await market.GetAsync($"/api/v1/machines/{machine}/free?from={from:yyyy-MM-dd}T00:00:00Z&to={from.AddDays(7):yyyy-MM-dd}T00:00:00Z&minutes=60", people.Member);
        var start = free.GetProperty("starts")[0].GetDateTime();
        return await market.PostAsync(
            "/api/v1/bookings", new { resourceId = machine, start = $"{start:yyyy-MM-ddTHH:mm:ss}Z", end = $"{start.AddHours(1):yyyy-MM-ddTHH:mm:ss}Z", payment }, people.Member, HttpStatusCode.Created);
    }

    /// <summary>Days later the provider pays out what is left.</summary>
    public async Task PayOutAsync()
    {
        await sandbox.ControlAsync("/sandbox/clock", new { advance = "8d" });
        await sandbox.ControlAsync("/sandbox/payouts", new { });
        await sandbox.ControlAsync("/sandbox/clock", new { advance = "5d" });
    }

    public static async Task UntilAsync(string what, Func<Task<bool>> holds)
    {
        var end = DateTime.UtcNow + Patience;
        while (DateTime.UtcNow < end)
        {
            if (await holds()) return;
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        Assert.Fail($"Waited in vain until {what}.");
    }

    /// <summary>The address of an offer as a buyer finds it.</summary>
    private async Task<Guid> OfferAsync(string words, string code)
    {
        var found = await market.GetAsync($"/api/v1/offers?q={Uri.EscapeDataString(words)}");
        return found.GetProperty("items").EnumerateArray().First(o => o.GetProperty("code").GetString() == code).GetProperty("id").GetGuid();
    }

    /// <summary>From the market's page to the provider's, where a card pays.</summary>
    public async Task PayAsync(string page, string? token = null)
    {
        Uri? payment = null;
        await UntilAsync($"{page} leads to the provider", async () =>
        {
            payment = await market.RedirectAsync(page, token ?? people.Buyer);
            return payment is { IsAbsoluteUri: true } && payment.Port == sandbox.Address.Port;
        });
        await sandbox.PayByCardAsync(payment!);
    }

    /// <summary>The order's work with the token of whoever may answer it.</summary>
    private async Task<IReadOnlyList<(string Token, JsonElement Work)>> WorkAsync()
    {
        var found = new List<(string, JsonElement)>();
        foreach (var token in people.Artisans)
        {
            var list = await market.GetAsync("/api/v1/work-orders", token);
            found.AddRange(list.GetProperty("items").EnumerateArray().Where(w => w.GetProperty("orderNumber").GetString() == Number).Select(w => (token, w)));
        }

        return found;
    }
}

/// <summary>Reading what the API answers.</summary>
internal static class StoryJson
{
    public static string State(this JsonElement item) => item.GetProperty("state").GetString()!;

    public static bool Is(this JsonElement item, string state) => item.State() == state;

    /// <summary>Work orders of an order that count.</summary>
    public static IReadOnlyList<JsonElement> Live(this JsonElement order) =>
        [.. order.GetProperty("workOrders").EnumerateArray().Where(w => w.State() is not ("declined" or "replaced" or "tentative"))];
}
