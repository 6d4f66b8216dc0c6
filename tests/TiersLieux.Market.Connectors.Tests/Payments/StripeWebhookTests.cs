using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TiersLieux.Market.Connectors.Payments;
using Xunit;

namespace TiersLieux.Market.Connectors.Tests.Payments;

public sealed class StripeWebhookTests
{
    private const string Secret = "whsec_sandbox";
    private static readonly DateTime Now = new(2026, 11, 22, 12, 0, 0, DateTimeKind.Utc);
    private static readonly byte[] Body =
        """{"id":"evt_1","object":"event","type":"checkout.session.completed","created":1795348800,"livemode":false,"account":"acct_9","data":{"object":{"id":"cs_1","object":"checkout.session","note":"Atelier des Brèches"}}}"""u8.ToArray();

    [Fact]
    public void A_signed_event_is_verified()
    {
        var verified = Assert.IsType<WebhookResult.Verified>(Verify(Body, Header(Body)));
        Assert.Equal(new WebhookResult.Verified("evt_1", "checkout.session.completed", "cs_1", "acct_9", DateTimeOffset.FromUnixTimeSeconds(1795348800).UtcDateTime, false), verified);
    }

    /// <summary>A vector made with another implementation (openssl dgst -sha256 -hmac), so that signer and verifier cannot be wrong together.</summary>
    [Fact]
    public void A_signature_made_by_another_program_is_verified()
    {
        var body = """{"id":"evt_2","type":"payout.paid","created":1,"livemode":true,"data":{"object":{"id":"po_1"}}}"""u8.ToArray();
        var header = "t=1795348800,v1=f5be18b3b8157e3ff63483d56a18054c6f00f088e8d521b54658596ecd70f6e4";
        var at = DateTimeOffset.FromUnixTimeSeconds(1795348800).UtcDateTime;
        var verified = Assert.IsType<WebhookResult.Verified>(StripeWebhook.Verify(body, header, ["whsec_vector"], at));
        Assert.True(verified.Live);
        Assert.Null(verified.Account);
    }

    [Theory]
    [InlineData(-300, true)]
    [InlineData(300, true)]
    [InlineData(-301, false)]
    [InlineData(301, false)]
    public void Five_minutes_either_way(int seconds, bool accepted) =>
        Assert.Equal(accepted, Verify(Body, Header(Body, Now.AddSeconds(seconds))) is WebhookResult.Verified);

    [Fact]
    public void While_a_secret_is_replaced_either_signature_and_either_secret_will_do()
    {
        var both = $"t={Unix(Now)},v1={Sign(Body, "whsec_old", Now)},v1={Sign(Body, "whsec_new", Now)},v0=abc";
        Assert.IsType<WebhookResult.Verified>(StripeWebhook.Verify(Body, both, ["whsec_new"], Now));
        Assert.IsType<WebhookResult.Verified>(StripeWebhook.Verify(Body, both, ["whsec_old"], Now));
        Assert.IsType<WebhookResult.Verified>(StripeWebhook.Verify(Body, Header(Body), ["whsec_other", Secret], Now));
        Refused("webhook-signature", StripeWebhook.Verify(Body, both, ["whsec_other"], Now));
    }

    [Fact]
    public void Without_a_secret_nothing_is_verified()
    {
        Refused("webhook-signature", StripeWebhook.Verify(Body, Header(Body), [], Now));
        Refused("webhook-signature", StripeWebhook.Verify(Body, Header(Body, secret: ""), [""], Now));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("t=1")]
    [InlineData("v1=aa")]
    [InlineData("nonsense")]
    [InlineData("t=,v1=aa")]
    [InlineData("t=-5,v1=aa")]
    [InlineData("t=9999999999999999999999,v1=aa")]
    [InlineData("t=1,t=2,v1=aa")]
    public void A_header_that_makes_no_sense_is_refused(string? header) => Refused("webhook-header", Verify(Body, header));

    [Fact]
    public void An_endless_header_is_refused() => Refused("webhook-header", Verify(Body, Header(Body) + string.Concat(Enumerable.Repeat(",v1=aa", 1000))));

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("not json")]
    [InlineData("""{"id":"evt_1","type":"a","created":1,"data":{}}""")]
    [InlineData("""{"id":"evt_1","type":"a","created":1,"data":{"object":{"id":"x"}}} {}""")]
    [InlineData("""{"id":7,"type":"a","created":1,"data":{"object":{"id":"x"}}}""")]
    [InlineData("""{"id":"evt_1","type":"a","created":99999999999999999,"data":{"object":{"id":"x"}}}""")]
    public void A_signed_body_that_is_no_event_is_refused(string text)
    {
        var body = Encoding.UTF8.GetBytes(text);
        Refused("webhook-body", Verify(body, Header(body)));
    }

    [Fact]
    public void A_signed_body_with_an_ill_formed_byte_is_refused()
    {
        var body = Body.ToArray();
        body[Array.IndexOf(body, (byte)0xC3)] = 0xFF;
        Refused("webhook-body", Verify(body, Header(body)));
    }

    [Fact]
    public void Every_changed_bit_of_the_body_is_refused()
    {
        var header = Header(Body);
        for (var i = 0; i < Body.Length * 8; i++)
        {
            var changed = Body.ToArray();
            changed[i / 8] ^= (byte)(1 << (i % 8));
            Refused("webhook-signature", Verify(changed, header));
        }
    }

    [Fact]
    public void Every_body_cut_or_lengthened_is_refused()
    {
        var header = Header(Body);
        for (var length = 0; length < Body.Length; length++) Refused("webhook-signature", Verify(Body[..length], header));
        for (var value = 0; value < 256; value++) Refused("webhook-signature", Verify([.. Body, (byte)value], header));
    }

    [Fact]
    public void Every_changed_character_of_the_header_is_refused()
    {
        var header = Header(Body);
        for (var i = 0; i < header.Length; i++)
        {
            for (var c = '\0'; c < 256; c++)
            {
                if (c == header[i]) continue;
                Assert.IsType<WebhookResult.Refused>(Verify(Body, header[..i] + c + header[(i + 1)..]));
            }

            Assert.IsType<WebhookResult.Refused>(Verify(Body, header.Remove(i, 1)));
            Assert.IsType<WebhookResult.Refused>(Verify(Body, header[..i]));
        }
    }

    [Fact]
    public void Random_mixtures_of_body_and_header_are_refused()
    {
        var random = new Random(20261122);
        for (var round = 0; round < 20_000; round++)
        {
            var body = Body.ToArray();
            var header = Header(Body).ToCharArray();
            for (var n = random.Next(1, 5); n > 0; n--) body[random.Next(body.Length)] ^= (byte)random.Next(1, 256);
            if (random.Next(2) == 0) header[random.Next(header.Length)] = (char)random.Next(32, 127);
            if (body.AsSpan().SequenceEqual(Body)) continue;
            Assert.IsType<WebhookResult.Refused>(Verify(body, new string(header)));
        }
    }

    private static WebhookResult Verify(byte[] body, string? header) => StripeWebhook.Verify(body, header, [Secret], Now);

    private static void Refused(string code, WebhookResult result) => Assert.Equal(code, Assert.IsType<WebhookResult.Refused>(result).Reason.Code);

    private static string Header(byte[] body, DateTime? at = null, string secret = Secret) => $"t={Unix(at ?? Now)},v1={Sign(body, secret, at ?? Now)}";

    private static string Sign(byte[] body, string secret, DateTime at) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), (byte[])[.. Encoding.ASCII.GetBytes(Unix(at) + "."), .. body]));

    private static string Unix(DateTime at) => new DateTimeOffset(at).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
}
