using System.Net;
using System.Text.RegularExpressions;
using Xunit;

namespace TiersLieux.Market.Web.Tests.Bookings;

/// <summary>The pages as a browser without script uses them: links and plain forms.</summary>
public sealed partial class BookingPagesTests(BookingHost host)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_day_shows_free_machines_and_no_other_members_name()
    {
        await BookingHost.PostAsync(host.Client("artisan-lampes-clair-obscur@demo.invalid"), "/api/v1/bookings", new
        {
            resourceId = "hortillons-scie-chantourner", start = "2026-12-07T09:00:00Z", end = "2026-12-07T10:00:00Z", payment = "account",
        });
        var page = await PageAsync(host.Client(BookingHost.Artisan), "/reserver?jour=2026-12-07");

        Assert.Contains("lundi 7 décembre 2026", page, StringComparison.Ordinal);
        Assert.Contains("/reserver/hortillons-scie-chantourner?jour=2026-12-07&amp;debut=11:00&amp;duree=60", page, StringComparison.Ordinal);
        Assert.Contains("pris", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Obscur", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/reserver?jour=demain&duree=x&page=-3&lieu=nulle-part&genre=zeppelin")]
    [InlineData("/reserver/hortillons-etabli-1?jour=2026-13-45&debut=99:99&duree=-5&places=9999&deplacer=RES-0")]
    [InlineData("/reserver/nulle-part")]
    public async Task A_wrong_address_still_gives_a_page(string path) => Assert.Contains("<h1", await PageAsync(host.Client(null), path), StringComparison.Ordinal);

    [Fact]
    public async Task Booking_moving_and_cancelling_with_forms()
    {
        var client = host.Client(BookingHost.Artisan);
        const string Slot = "/reserver/hortillons-laser-1600?jour=2026-12-08&debut=14:00&duree=120";
        var page = await PageAsync(client, Slot);
        Assert.Matches("Réserver 2.h, 36,00.€", WebUtility.HtmlDecode(page));
        var booked = await PostAsync(client, Slot, page, "reserver", ("Settlement", "account"));
        Assert.StartsWith("/reservations/RES-2026-", booked, StringComparison.Ordinal);
        var path = booked.Split('?')[0];
        var reference = path.Split('/')[^1];
        Assert.Contains("réservée", await PageAsync(client, path), StringComparison.Ordinal);

        var move = $"/reserver/hortillons-laser-1600?jour=2026-12-09&debut=10:00&duree=120&deplacer={reference}";
        Assert.Equal($"{path}?fait=deplacee", await PostAsync(client, move, await PageAsync(client, move), "deplacer"));
        page = await PageAsync(client, path);
        Assert.Contains("mer. 9 déc. 2026", page, StringComparison.Ordinal);

        Assert.Equal($"{path}?fait=annulee", await PostAsync(client, path, page, FormName(page, "annuler-")));
        Assert.Contains("annulée", await PageAsync(client, path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slot_taken_meanwhile_comes_back_with_other_times_as_links()
    {
        var client = host.Client(BookingHost.Artisan);
        const string Slot = "/reserver/hortillons-poste-poncage-1?jour=2026-12-10&debut=10:00&duree=60";
        var page = await PageAsync(client, Slot);
        var other = await BookingHost.PostAsync(host.Client("artisan-lampes-clair-obscur@demo.invalid"), "/api/v1/bookings", new
        {
            resourceId = "hortillons-poste-poncage-1", start = "2026-12-10T09:00:00Z", end = "2026-12-10T10:00:00Z", payment = "account",
        });
        Assert.Equal(HttpStatusCode.Created, other.StatusCode);

        var refused = await SendAsync(client, Slot, page, "reserver", ("Settlement", "account"));
        var text = WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync(Token));
        Assert.Matches("Ce créneau vient d.être pris", text);
        Assert.Contains("hortillons-poste-poncage-1?jour=2026-12-10&debut=11:00", text, StringComparison.Ordinal);
        Assert.Contains("hortillons-poste-poncage-2?jour=2026-12-10&debut=10:00", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_credential_the_page_says_so_before_one_tries()
    {
        var page = await PageAsync(host.Client(BookingHost.Manager), "/reserver/hortillons-scie-panneaux?jour=2026-12-11");
        Assert.Contains("Machines à bois", page, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"reserver\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_places_day_is_for_its_manager_who_checks_people_in()
    {
        var made = await BookingHost.PostAsync(host.Client(BookingHost.Artisan), "/api/v1/bookings", new
        {
            resourceId = "hortillons-vernis", start = "2026-11-23T14:00:00Z", end = "2026-11-23T15:00:00Z", payment = "account",
        });
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        const string Day = "/lieu/ile-aux-etablis/jour";
        Assert.Equal(HttpStatusCode.Forbidden, (await host.Client(BookingHost.Artisan).GetAsync(Day, Token)).StatusCode);

        var manager = host.Client("manager-hortillons@demo.invalid");
        Assert.Equal(Day, (await manager.GetAsync("/lieu", Token)).Headers.Location!.ToString());
        var page = await PageAsync(manager, Day);
        Assert.Contains("Dominique Modèle", page, StringComparison.Ordinal);
        Assert.EndsWith("fait=arrivee", await PostAsync(manager, Day, page, FormName(page, "arrivee-"), ("Act", "in")), StringComparison.Ordinal);
        Assert.Contains("Noter son départ", await PageAsync(manager, Day), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_elses_booking_is_not_found_and_a_visitor_signs_in()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await host.Client(BookingHost.Buyer).GetAsync("/reservations/RES-2026-999999", Token)).StatusCode);
        foreach (var path in (string[])["/mes-reservations", "/reservations/RES-2026-000001", "/pay/reservation/RES-2026-000001", "/lieu/ile-aux-etablis/jour"])
        {
            var answer = await host.Client(null).GetAsync(path, Token);
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
            Assert.Contains("/connexion", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
        }
    }

    private static async Task<string> PageAsync(HttpClient client, string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Accept", "text/html");
        var answer = await client.SendAsync(request, Token);
        var text = await answer.Content.ReadAsStringAsync(Token);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path}: {(int)answer.StatusCode} {text}");
        return text;
    }

    /// <summary>Where a form leads once it is done.</summary>
    private static async Task<string> PostAsync(HttpClient client, string path, string page, string form, params (string, string)[] values)
    {
        var answer = await SendAsync(client, path, page, form, values);
        Assert.True(answer.StatusCode is HttpStatusCode.Redirect or HttpStatusCode.SeeOther, $"{(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(Token)}");
        var to = answer.Headers.Location!;
        return to.IsAbsoluteUri ? to.PathAndQuery : to.ToString().StartsWith('/') ? to.ToString() : "/" + to;
    }

    /// <summary>Posts a form of the page with its hidden values, as a browser would.</summary>
    private static Task<HttpResponseMessage> SendAsync(HttpClient client, string path, string page, string form, params (string Name, string Value)[] values)
    {
        var html = Forms().Matches(page).Select(match => match.Value).Single(text => text.Contains($"name=\"_handler\" value=\"{form}\"", StringComparison.Ordinal));
        var fields = Hidden().Matches(html).ToDictionary(match => match.Groups["name"].Value, match => WebUtility.HtmlDecode(match.Groups["value"].Value), StringComparer.Ordinal);
        foreach (var (name, value) in values) fields[name] = value;
        return client.SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields) }, Token);
    }

    private static string FormName(string page, string prefix) => Regex.Match(page, $"value=\"(?<name>{prefix}[0-9a-f]{{32}})\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["name"].Value;

    [GeneratedRegex("<form method=\"post\".*?</form>", RegexOptions.Singleline, 1000)]
    private static partial Regex Forms();

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]+)\" value=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Hidden();
}
