using System.Globalization;
using System.Xml.Linq;
using TiersLieux.Market.Sandbox.Payments;
using TiersLieux.Market.Sandbox.Treasury;
using TiersLieux.Market.Sandbox.Tests.Common;

namespace TiersLieux.Market.Sandbox.Tests.Treasury;

public class BankTests
{
    private static readonly XNamespace s_ns = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08";

    [Fact]
    public async Task The_statement_shows_payouts_transfers_fees_and_returns_and_adds_up()
    {
        await using var server = await SandboxServer.StartAsync();
        await server.ChargeAsync(10000, "pm_card_bypassPending");
        var payout = (string)(await server.ControlAsync("/sandbox/payouts"))["id"]!;
        await server.ControlAsync($"/sandbox/payouts/{payout}/paid");
        await server.ControlAsync(
            "/sandbox/bank/transfers", ("name", "Mairie d'Exemple & Fils"), ("iban", "FR89 9999 9999 99CL IENT FICT 177"), ("amount", 12345),
            ("text", "Facture F-2026-0001"), ("reference", "RF18 5390 0754 7034"));
        await server.AdvanceAsync("1d");
        await server.ControlAsync("/sandbox/bank/fees", ("amount", 750));
        await server.ControlAsync($"/sandbox/payouts/{payout}/failed");

        var whole = await ReadAsync(server, "2026-11-01", "2026-11-30");
        Assert.Equal([9825, 12345, -750, -9825], Lines(whole));
        Assert.Equal((0, 11595), (Balance(whole, "OPBD"), Balance(whole, "CLBD")));
        var text = whole.ToString();
        Assert.Contains($"VIR SEPA STRIPE {payout}", text, StringComparison.Ordinal);
        Assert.Equal("RF18539007547034", whole.Descendants(s_ns + "Ref").Single().Value);
        Assert.Contains("Mairie d'Exemple & Fils", whole.Descendants(s_ns + "Nm").Select(n => n.Value));

        var monday = await ReadAsync(server, "2026-11-23", "2026-11-23");
        var tuesday = await ReadAsync(server, "2026-11-24", "2026-11-24");
        Assert.Equal([9825, 12345], Lines(monday));
        Assert.Equal(Balance(monday, "CLBD"), Balance(tuesday, "OPBD"));
        Assert.Equal(Balance(tuesday, "OPBD") + Lines(tuesday).Sum(), Balance(tuesday, "CLBD"));
        Assert.Equal(
            whole.Descendants(s_ns + "Ntry").Take(2).Select(n => n.Element(s_ns + "AcctSvcrRef")!.Value),
            monday.Descendants(s_ns + "Ntry").Select(n => n.Element(s_ns + "AcctSvcrRef")!.Value));
    }

    [Fact]
    public async Task The_page_lists_the_lines_and_its_form_takes_euros_with_a_comma()
    {
        await using var server = await SandboxServer.StartAsync();
        using var made = await server.FormAsync(
            "/sandbox/bank/transfers", ("back", "/bank"), ("name", "Cliente Imaginaire"), ("iban", "FR89 9999 9999 99CL IENT FICT 177"), ("amount", "1 234,50"),
            ("text", "Commande CMD-2026-000123"));
        Assert.Equal("/bank?done=1", made.Headers.Location!.ToString());
        var page = System.Net.WebUtility.HtmlDecode(await server.Http.GetStringAsync("/bank"));
        Assert.Contains("1\u00a0234,50\u00a0€", page, StringComparison.Ordinal);
        Assert.Contains("Commande CMD-2026-000123", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("FR89 9999 9999 99CL IENT FICT 178", "10", "")]
    [InlineData("FR89 9999 9999 99CL IENT FICT 177", "dix", "")]
    [InlineData("FR89 9999 9999 99CL IENT FICT 177", "0", "")]
    [InlineData("FR89 9999 9999 99CL IENT FICT 177", "10,005", "")]
    [InlineData("FR89 9999 9999 99CL IENT FICT 177", "10", "RF19539007547034")]
    [InlineData("FR89 9999 9999 99CL IENT FICT 177", "10", "RF1")]
    public async Task A_wrong_transfer_changes_nothing(string iban, string amount, string reference)
    {
        await using var server = await SandboxServer.StartAsync();
        using var answer = await server.FormAsync(
            "/sandbox/bank/transfers", ("name", "Cliente"), ("iban", iban), ("amount", amount), ("reference", reference));
        Assert.StartsWith("/?error=", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Empty(Lines(await ReadAsync(server, "2026-01-01", "2026-12-31")));
    }

    [Theory]
    [InlineData("from=hier")]
    [InlineData("from=2026-12-01&to=2026-11-01")]
    public async Task Unreadable_days_are_refused(string query)
    {
        await using var server = await SandboxServer.StartAsync();
        using var answer = await server.Http.GetAsync("/bank/statement?" + query);
        Assert.Equal(400, (int)answer.StatusCode);
    }

    [Fact]
    public void The_account_is_valid_and_visibly_not_real()
    {
        Assert.True(TestIbans.IsValid(Bank.Iban));
        Assert.StartsWith("FR869999999999BACASABLE", Bank.Iban, StringComparison.Ordinal);
    }

    private static async Task<XElement> ReadAsync(SandboxServer server, string from, string to)
    {
        using var answer = await server.Http.GetAsync($"/bank/statement?from={from}&to={to}");
        Assert.Equal("application/xml", answer.Content.Headers.ContentType!.MediaType);
        return XElement.Parse(await answer.Content.ReadAsStringAsync()).Descendants(s_ns + "Stmt").Single();
    }

    private static List<long> Lines(XElement statement) => [.. statement.Elements(s_ns + "Ntry").Select(Cents)];

    private static long Balance(XElement statement, string code) =>
        Cents(statement.Elements(s_ns + "Bal").Single(b => b.Descendants(s_ns + "Cd").First().Value == code));

    private static long Cents(XElement e)
    {
        var amount = (long)(decimal.Parse(e.Element(s_ns + "Amt")!.Value, CultureInfo.InvariantCulture) * 100);
        return e.Element(s_ns + "CdtDbtInd")!.Value == "DBIT" ? -amount : amount;
    }
}
