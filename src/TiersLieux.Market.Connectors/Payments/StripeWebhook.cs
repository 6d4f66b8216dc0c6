using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Connectors.Payments;

/// <summary>Whether a call to our webhook comes from Stripe, and what it announces.</summary>
public abstract record WebhookResult
{
    private WebhookResult()
    {
    }

    /// <summary>Its content is a hint, maybe old: store it under the event's id, answer, then read the object again.</summary>
    /// <param name="Account">The connected account it concerns; null for the consortium's own.</param>
    /// <param name="Live">One address may hear of both test and real money; act on the kind that this site handles.</param>
    public sealed record Verified(string EventId, string Type, string ObjectId, string? Account, DateTime Created, bool Live) : WebhookResult;

    public sealed record Refused(Reason Reason) : WebhookResult;
}

public static class StripeWebhook
{
    public static TimeSpan Tolerance { get; } = TimeSpan.FromSeconds(300);

    private const int LongestHeader = 2048;

    /// <param name="rawBody">The bytes as they came, before any decoding.</param>
    /// <param name="header">Of <c>Stripe-Signature</c>: <c>t=…,v1=…</c>, several v1 while a secret is being replaced.</param>
    /// <param name="secrets">Whole <c>whsec_…</c> strings; any may match.</param>
    public static WebhookResult Verify(ReadOnlySpan<byte> rawBody, string? header, IReadOnlyList<string> secrets, DateTime now)
    {
        if (Parse(header) is not var (time, signatures)) return No("webhook-header", "n'a pas d'en-tête Stripe-Signature lisible", "has no readable Stripe-Signature header");

        var signed = new byte[time.Length + 1 + rawBody.Length];
        Encoding.ASCII.GetBytes(time, signed);
        signed[time.Length] = (byte)'.';
        rawBody.CopyTo(signed.AsSpan(time.Length + 1));

        // No early way out: the time taken says nothing of which secret or signature was near.
        var matches = false;
        foreach (var secret in secrets.Where(s => s.Length > 0))
        {
            var expected = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed)));
            foreach (var signature in signatures) matches |= CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(signature));
        }

        if (!matches) return No("webhook-signature", "n'est pas signé par un secret connu : vérifiez le réglage Payments:WebhookSecrets", "is not signed by a known secret: check the setting Payments:WebhookSecrets");
        if (!long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || Math.Abs(new DateTimeOffset(now).ToUnixTimeSeconds() - seconds) > (long)Tolerance.TotalSeconds)
        {
            return No("webhook-time", "est signé pour un autre moment (plus de 5 minutes d'écart) : vérifiez l'horloge du serveur", "is signed for another time (more than 5 minutes off): check the server's clock");
        }

        return Read(rawBody);
    }

    private static (string Time, List<string> Signatures)? Parse(string? header)
    {
        if (header is null or { Length: > LongestHeader }) return null;
        string? time = null;
        var signatures = new List<string>();
        foreach (var part in header.Split(','))
        {
            var at = part.IndexOf('=', StringComparison.Ordinal);
            if (at < 0) return null;
            var value = part[(at + 1)..];
            switch (part[..at])
            {
                case "t" when time is null && value.Length is > 0 and <= 12 && value.All(char.IsAsciiDigit):
                    time = value;
                    break;
                case "t":
                    return null;
                case "v1":
                    signatures.Add(value);
                    break;
            }
        }

        return time is null || signatures.Count == 0 ? null : (time, signatures);
    }

    private static WebhookResult Read(ReadOnlySpan<byte> rawBody)
    {
        try
        {
            // JsonDocument reads strings lazily; an ill-formed byte anywhere must refuse the whole.
            if (!System.Text.Unicode.Utf8.IsValid(rawBody)) return Unreadable;
            var reader = new Utf8JsonReader(rawBody);
            using var document = JsonDocument.ParseValue(ref reader);
            if (reader.Read()) return Unreadable;
            var root = document.RootElement;
            var subject = root.Object("data")?.Object("object") ?? throw new StripeShapeException("data.object");

            // A balance has no id; what it announces is the account itself.
            var account = root.OptionalText("account");
            return new WebhookResult.Verified(
                root.Text("id"), root.Text("type"), subject.OptionalText("id") ?? account ?? "", account, root.Instant("created"), root.Flag("livemode"));
        }
        catch (Exception e) when (e is JsonException or StripeShapeException or InvalidOperationException or ArgumentException)
        {
            return Unreadable;
        }
    }

    private static WebhookResult Unreadable => No("webhook-body", "n'est pas un événement Stripe lisible", "is not a readable Stripe event");

    private static WebhookResult No(string code, string french, string english) =>
        new WebhookResult.Refused(new Reason(code, $"Cet appel {french}. Rien n'a été changé.", $"This call {english}. Nothing was changed."));
}
