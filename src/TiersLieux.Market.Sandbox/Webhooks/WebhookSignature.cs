using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace TiersLieux.Market.Sandbox.Webhooks;

internal static class WebhookSignature
{
    /// <summary><c>t=…,v1=…</c>: HMAC-SHA256 over <c>t.body</c> with each whole secret.</summary>
    public static string Header(long time, string body, IEnumerable<string> secrets)
    {
        var signed = Encoding.UTF8.GetBytes(time.ToString(CultureInfo.InvariantCulture) + "." + body);
        var signatures = secrets.Select(s => "v1=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(s), signed)));
        return $"t={time.ToString(CultureInfo.InvariantCulture)},{string.Join(',', signatures)}";
    }
}
