using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Xunit;

namespace TiersLieux.Market.Web.Tests.Bookings;

/// <summary>Each test has its own day or machine, so that none needs or disturbs another.</summary>
public sealed class BookingsApiTests(BookingHost host)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Free_time_lists_intervals_starts_and_the_price_of_who_asks()
    {
        var free = await JsonAsync(await host.Client(BookingHost.Artisan).GetAsync(
            "/api/v1/machines/hortillons-etabli-1/free?from=2026-11-24T00:00:00Z&to=2026-11-25T00:00:00Z&minutes=120", Token), HttpStatusCode.OK);

        Assert.Equal("member", free.GetProperty("yours").GetString());
        Assert.Equal("2026-11-24T07:30:00Z", free.GetProperty("free")[0].GetProperty("start").GetString()); // Half past eight in Paris.
        Assert.Equal("2026-11-24T18:00:00Z", free.GetProperty("free")[0].GetProperty("end").GetString());
        Assert.Equal(35, free.GetProperty("starts").GetArrayLength()); // From 8 h 30 to 17 h, every quarter.
        var member = free.GetProperty("prices").EnumerateArray().Single(price => price.GetProperty("audience").GetString() == "member").GetProperty("price");
        Assert.Equal(800, member.GetProperty("exclTax").GetProperty("amount").GetInt64());
    }

    [Theory]
    [InlineData("minutes=7", "minutes-not-bookable")]
    [InlineData("minutes=deux", "minutes-not-bookable")]
    [InlineData("from=hier", "instant-not-understood")]
    [InlineData("from=2026-11-24T00:00:00Z&to=2026-11-23T00:00:00Z", "range-not-understood")]
    public async Task Free_time_refuses_what_it_does_not_understand(string query, string code) =>
        await RefusedAsync(await host.Client(null).GetAsync($"/api/v1/machines/hortillons-etabli-1/free?{query}", Token), HttpStatusCode.UnprocessableEntity, code);

    [Fact]
    public async Task A_booking_on_account_is_made_moved_and_cancelled()
    {
        var client = host.Client(BookingHost.Artisan);
        var response = await BookAsync(client, "hortillons-laser-1600", "2026-11-26T09:00:00Z", "2026-11-26T11:00:00Z", "account");
        var booking = await JsonAsync(response, HttpStatusCode.Created);
        var path = $"/api/v1/bookings/{booking.GetProperty("id").GetString()}";

        Assert.Equal(path, response.Headers.Location!.ToString());
        Assert.Equal("booked", booking.GetProperty("state").GetString());
        Assert.False(booking.TryGetProperty("payUrl", out _));
        Assert.Equal(3600, booking.GetProperty("price").GetProperty("inclTax").GetProperty("amount").GetInt64()); // 2 h at 15 €, and VAT.

        var moved = await JsonAsync(await client.PatchAsync(path, JsonContent.Create(new { start = "2026-11-26T13:00:00Z" }), Token), HttpStatusCode.OK);
        Assert.Equal("2026-11-26T15:00:00Z", moved.GetProperty("end").GetString());

        var cancelled = await JsonAsync(await client.DeleteAsync(path, Token), HttpStatusCode.OK);
        Assert.Equal("cancelled", cancelled.GetProperty("state").GetString());
        Assert.Equal("cancelled", (await JsonAsync(await client.GetAsync(path, Token), HttpStatusCode.OK)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_booking_by_card_is_held_until_its_page_is_paid()
    {
        var booking = await JsonAsync(
            await BookAsync(host.Client(BookingHost.Artisan), "hortillons-cnc-bois", "2026-11-27T09:00:00Z", "2026-11-27T10:00:00Z", "card"), HttpStatusCode.Created);

        Assert.Equal("held", booking.GetProperty("state").GetString());
        Assert.EndsWith("/pay/reservation/" + booking.GetProperty("reference").GetString(), booking.GetProperty("payUrl").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_taken_slot_is_refused_with_other_times_and_machines()
    {
        await JsonAsync(await BookAsync(host.Client(BookingHost.Artisan), "navette-laser-300", "2026-11-25T09:00:00Z", "2026-11-25T11:00:00Z", "account"), HttpStatusCode.Created);

        var refused = await RefusedAsync(
            await BookAsync(host.Client(BookingHost.Manager), "navette-laser-300", "2026-11-25T10:00:00Z", "2026-11-25T11:00:00Z", "account"),
            HttpStatusCode.Conflict, "slot-taken");

        var first = refused.GetProperty("alternatives")[0];
        // A quarter of an hour to clear the machine before the next one.
        Assert.Equal("2026-11-25T11:15:00Z", first.GetProperty("start").GetString());
        Assert.Equal(0, first.GetProperty("km").GetDouble());
    }

    [Fact]
    public async Task Without_the_credential_the_rule_is_named()
    {
        var refused = await RefusedAsync(
            await BookAsync(host.Client(BookingHost.Manager), "hortillons-scie-panneaux", "2026-11-30T09:00:00Z", "2026-11-30T10:00:00Z", "account"),
            HttpStatusCode.Forbidden, "credential-needed");
        Assert.Equal("credential-needed", refused.GetProperty("rule").GetString());
    }

    [Fact]
    public async Task Without_a_membership_a_machine_is_refused() => await RefusedAsync(
        await BookAsync(host.Client(BookingHost.Buyer), "hortillons-etabli-2", "2026-11-30T09:00:00Z", "2026-11-30T10:00:00Z", "card"),
        HttpStatusCode.Forbidden, "membership-needed");

    [Theory]
    [InlineData("", "2026-12-01T09:00:00Z", "2026-12-01T10:00:00Z", null, "resource-needed")]
    [InlineData("hortillons-vernis", "demain", "2026-12-01T10:00:00Z", null, "instant-not-understood")]
    [InlineData("hortillons-vernis", "2026-12-01T09:07:00Z", "2026-12-01T10:00:00Z", null, "slot-off-grid")]
    [InlineData("hortillons-vernis", "2026-12-01T10:00:00Z", "2026-12-01T09:00:00Z", null, "slot-empty")]
    [InlineData("hortillons-vernis", "2026-12-01T09:00:00Z", "2026-12-01T09:15:00Z", null, "slot-too-short")]
    [InlineData("hortillons-vernis", "2026-11-20T09:00:00Z", "2026-11-20T10:00:00Z", null, "slot-past")]
    [InlineData("hortillons-vernis", "2027-06-01T08:00:00Z", "2027-06-01T09:00:00Z", null, "beyond-horizon")]
    [InlineData("hortillons-vernis", "2026-12-01T09:00:00Z", "2026-12-01T10:00:00Z", "troc", "payment-unknown")]
    public async Task Wrong_values_are_refused_and_change_nothing(string resource, string start, string end, string? payment, string code) =>
        await RefusedAsync(await BookAsync(host.Client(BookingHost.Artisan), resource, start, end, payment), HttpStatusCode.UnprocessableEntity, code);

    [Fact]
    public async Task The_same_key_twice_is_one_booking_and_another_body_is_refused()
    {
        var client = host.Client(BookingHost.Artisan);
        object Body(string end) => new { resourceId = "hortillons-rabot", start = "2026-12-02T09:00:00Z", end, payment = "account" };
        var first = await JsonAsync(await BookingHost.PostAsync(client, "/api/v1/bookings", Body("2026-12-02T10:00:00Z"), "une-seule"), HttpStatusCode.Created);
        var second = await JsonAsync(await BookingHost.PostAsync(client, "/api/v1/bookings", Body("2026-12-02T10:00:00Z"), "une-seule"), HttpStatusCode.Created);

        Assert.Equal(first.GetProperty("id").GetString(), second.GetProperty("id").GetString());
        Assert.Equal(first.GetProperty("reference").GetString(), second.GetProperty("reference").GetString());
        await RefusedAsync(await BookingHost.PostAsync(client, "/api/v1/bookings", Body("2026-12-02T11:00:00Z"), "une-seule"), HttpStatusCode.UnprocessableEntity, "idempotency-conflict");
    }

    [Fact]
    public async Task Another_persons_booking_is_not_there()
    {
        var booking = await JsonAsync(
            await BookAsync(host.Client(BookingHost.Artisan), "fil-machine-coudre", "2026-12-03T09:00:00Z", "2026-12-03T10:00:00Z", "account"), HttpStatusCode.Created);
        var path = $"/api/v1/bookings/{booking.GetProperty("id").GetString()}";
        var other = host.Client(BookingHost.Buyer);

        await RefusedAsync(await other.GetAsync(path, Token), HttpStatusCode.NotFound, "not-found");
        await RefusedAsync(await other.DeleteAsync(path, Token), HttpStatusCode.NotFound, "not-found");
        await RefusedAsync(await BookingHost.PostAsync(other, path + "/check-in", new { }), HttpStatusCode.NotFound, "not-found");
        Assert.Empty((await JsonAsync(await other.GetAsync("/api/v1/bookings", Token), HttpStatusCode.OK)).GetProperty("items").EnumerateArray());
        Assert.Equal("booked", (await JsonAsync(await host.Client(BookingHost.Artisan).GetAsync(path, Token), HttpStatusCode.OK)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_visitor_is_asked_to_sign_in() =>
        await RefusedAsync(await host.Client(null).GetAsync("/api/v1/bookings", Token), HttpStatusCode.Unauthorized, "sign-in-first");

    private static Task<HttpResponseMessage> BookAsync(HttpClient client, string resource, string start, string end, string? payment) =>
        BookingHost.PostAsync(client, "/api/v1/bookings", new { resourceId = resource, start, end, payment });

    private static async Task<JsonElement> RefusedAsync(HttpResponseMessage response, HttpStatusCode status, string code)
    {
        var problem = await JsonAsync(response, status);
        Assert.EndsWith("/" + code, problem.GetProperty("type").GetString(), StringComparison.Ordinal);
        return problem;
    }

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage response, HttpStatusCode status)
    {
        var text = await response.Content.ReadAsStringAsync(Token);
        Assert.True(response.StatusCode == status, $"{(int)response.StatusCode}: {text}");
        return JsonDocument.Parse(text).RootElement;
    }
}
