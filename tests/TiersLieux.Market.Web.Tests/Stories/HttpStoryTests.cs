using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TiersLieux.Market.Domain.Ledger;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Storage.Messaging;
using TiersLieux.Market.Testing;
using TiersLieux.Market.Web.Tests.Checks;
using TiersLieux.Market.Web.Tests.Hosting;
using Xunit;

namespace TiersLieux.Market.Web.Tests.Stories;

/// <summary>From a search in the catalogue to a statement on which all is matched, over HTTP, with webhooks that misbehave as they may.</summary>
public sealed class HttpStoryTests
{
    private const string Machine = "hortillons-laser-1600";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [OnEachDatabase]
    public async Task An_order_goes_from_the_catalogue_to_a_matched_statement(MarketProvider provider)
    {
        await using var market = await RunningMarket.StartAsync(provider);
        using var calls = new LivingMarket(market.Address);
        var people = await StoryPeople.OfAsync(market.Services);
        var story = new HttpStory(calls, market.Sandbox, people);
        var books = new StoryBooks(market.Services.GetRequiredService<IDbContextFactory<MarketDbContext>>(), market.Sandbox);

        await RefuseWhatIsWrongAsync(calls, people);
        var order = await story.OrderAsync();
        Assert.Equal("awaitingDeposit", order.State());
        await AskTwiceAndCancelAsync(calls, people, order.GetProperty("quoteId").GetGuid());

        await market.ControlAsync("/sandbox/webhooks", new { duplicate = 20 }); // Everything twice…
        await story.PayDepositAsync();
        await story.DeclineOneAsync();
        await story.MakeAsync();
        await story.ReceiveAsync();
        await market.ControlAsync("/sandbox/webhooks", new { hold = true }); // …late, and the newest first.
        await story.PayAsync($"/pay/{story.Number}");
        await market.ControlAsync("/sandbox/webhooks", new { hold = false, reverse = true });
        await story.CompletedAsync();
        await story.BookByCardAndCancelAsync(Machine);
        await story.BookByCardAsync(Machine);
        Assert.Equal("booked", (await story.BookAsync(Machine, "account")).State());

        await story.PayOutAsync();
        await market.UntilAsync("the payout is posted", db => db.Set<JournalEntry>().AnyAsync(e => e.EventCode == EventCode.PayoutLeft && e.Posted, Token));
        await RefuseForgedWebhooksAsync(market, calls);
        await ResendEverythingAsync(market);
        await HttpStory.UntilAsync("nothing is under way", books.NothingWaitsAsync);
        await ImportAsync(market, calls, people);
        await books.CheckAsync();
        await new BrokenRows(market.Services.GetRequiredService<MarketDatabase>()).AreFoundAsync();
    }

    private static async Task RefuseWhatIsWrongAsync(LivingMarket calls, StoryPeople people)
    {
        await calls.GetAsync("/api/v1/work-orders", null, HttpStatusCode.Unauthorized);
        await calls.GetAsync("/api/v1/orders", "tlm_invented", HttpStatusCode.Unauthorized);
        await calls.GetAsync("/api/v1/orders", people.Member, HttpStatusCode.Forbidden); // Its token is for bookings.
        await calls.PostAsync($"/api/v1/work-orders/{Guid.NewGuid()}/accept", null, people.Artisans[0], HttpStatusCode.NotFound);
        await calls.PostAsync("/api/v1/orders/CMD-1999-000001/receipt", new { name = "X" }, people.Buyer, HttpStatusCode.NotFound);
        await calls.PostAsync("/api/v1/orders", new { quoteId = Guid.NewGuid(), plan = "fastest" }, people.Buyer, HttpStatusCode.NotFound);
        await calls.PostAsync("/api/v1/orders", new { quoteId = Guid.NewGuid(), plan = "soon" }, people.Buyer, HttpStatusCode.UnprocessableEntity);
    }

    /// <summary>The same key and body are the same order; the same key and another body are refused; a cancelled order gives back what it held.</summary>
    private static async Task AskTwiceAndCancelAsync(LivingMarket calls, StoryPeople people, Guid accepted)
    {
        // The quote itself is taken: what it answers again and again is the first answer, whatever that was.
        var first = await calls.PostAsync("/api/v1/orders", new { quoteId = accepted, plan = "fastest", street = "" }, people.Buyer, HttpStatusCode.Conflict, "again");
        var second = await calls.PostAsync("/api/v1/orders", new { quoteId = accepted, plan = "fastest", street = "" }, people.Buyer, HttpStatusCode.Conflict, "again");
        Assert.Equal(first.ToString(), second.ToString());

        var other = new HttpStory(calls, null!, people);
        var order = await other.OrderAsync();
        var number = order.GetProperty("number").GetString();
        var body = new { quoteId = order.GetProperty("quoteId").GetGuid(), plan = "fastest", street = "3 rue de l'Exemple" };
        var again = await calls.PostAsync("/api/v1/orders", body, people.Buyer, HttpStatusCode.Created, other.OrderKey);
        Assert.Equal(number, again.GetProperty("number").GetString());
        await calls.PostAsync("/api/v1/orders", body with { street = "4 rue de l'Exemple" }, people.Buyer, HttpStatusCode.UnprocessableEntity, other.OrderKey);

        await calls.PostAsync($"/api/v1/orders/{number}/cancel", null, people.Artisans[0], HttpStatusCode.NotFound);
        Assert.Equal("cancelled", (await calls.PostAsync($"/api/v1/orders/{number}/cancel", null, people.Buyer)).State());
        await calls.PostAsync($"/api/v1/orders/{number}/receipt", new { name = "Camille Exemple" }, people.Buyer, HttpStatusCode.Conflict);
    }

    private static async Task RefuseForgedWebhooksAsync(RunningMarket market, LivingMarket calls)
    {
        await using var db = market.Read();
        var before = await db.Set<InboxMessage>().CountAsync(Token);
        foreach (var signature in new[] { null, "", "t=1,v1=00", $"t={DateTimeOffset.UtcNow.ToUnixTimeSeconds()},v1={new string('0', 64)}" })
        {
            using var answer = await calls.SendAsync(() =>
            {
                var request = new HttpRequestMessage(HttpMethod.Post, "/webhooks/stripe")
                {
                    Content = new StringContent("""{"id":"evt_forged","object":"event","type":"payout.paid","data":{"object":{"id":"po_forged"}}}""", Encoding.UTF8, "application/json"),
                };
                if (signature is not null) request.Headers.TryAddWithoutValidation("Stripe-Signature", signature);
                return request;
            });
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }

        Assert.Equal(before, await db.Set<InboxMessage>().CountAsync(Token));
    }

    /// <summary>The provider repeats every event that it ever sent, long after.</summary>
    private static async Task ResendEverythingAsync(RunningMarket market)
    {
        var events = (await market.Sandbox.ReadAsync("/sandbox/webhooks")).GetProperty("deliveries").EnumerateArray().Select(d => d.GetProperty("event").GetString()).Distinct(StringComparer.Ordinal).ToList();
        Assert.NotEmpty(events);
        foreach (var sent in events) await market.ControlAsync("/sandbox/webhooks/resend", new { @event = sent });
        await HttpStory.UntilAsync("every repeat has arrived", async () =>
            (await market.Sandbox.ReadAsync("/sandbox/webhooks")).GetProperty("deliveries").EnumerateArray().All(d => d.GetProperty("state").GetString() is not "pending"));
    }

    private static async Task ImportAsync(RunningMarket market, LivingMarket calls, StoryPeople people)
    {
        var file = await market.Sandbox.StatementAsync();
        async Task<JsonElement> UploadAsync(string token, HttpStatusCode expected)
        {
            using var answer = await calls.SendAsync(() =>
            {
                var part = new ByteArrayContent(file);
                part.Headers.ContentType = new MediaTypeHeaderValue("application/xml");
                var request = MarketCalls.Request(HttpMethod.Post, "/api/v1/statements", token);
                request.Content = new MultipartFormDataContent { { part, "file", "releve.xml" } };
                return request;
            });
            Assert.Equal(expected, answer.StatusCode);
            return JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync(Token));
        }

        await UploadAsync(people.Buyer, HttpStatusCode.Forbidden);
        var read = await UploadAsync(people.Treasurer, HttpStatusCode.OK);
        Assert.Equal(1, read.GetProperty("new").GetInt32());
        Assert.Equal(1, read.GetProperty("matched").GetInt32());
        var again = await UploadAsync(people.Treasurer, HttpStatusCode.OK);
        Assert.Equal((0, 1), (again.GetProperty("new").GetInt32(), again.GetProperty("alreadyKnown").GetInt32()));
        var reconciliation = await calls.GetAsync("/api/v1/reconciliation", people.Treasurer);
        Assert.Empty(reconciliation.GetProperty("open").EnumerateArray());
        Assert.Single(reconciliation.GetProperty("matched").EnumerateArray());
    }
}
