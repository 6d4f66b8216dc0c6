namespace TiersLieux.Market.Connectors.Payments;

/// <summary>Where payments go. As it is made: the Sandbox on this machine, which needs no account.</summary>
public sealed class StripeOptions
{
    public const string SandboxWebhookSecret = "whsec_sandbox";

    /// <summary>The one address that moves real money, and only with a live key.</summary>
    public static Uri LiveAddress { get; } = new("https://api.stripe.com");

    public Uri BaseUrl { get; set; } = new("http://127.0.0.1:5081");

    public string SecretKey { get; set; } = "sk_test_sandbox";

    /// <summary>Several while one replaces another. None given means the Sandbox's.</summary>
    public IList<string> WebhookSecrets { get; } = [];

    /// <summary>Said apart from the key, so that real money is never moved by a key pasted into the wrong place.</summary>
    public bool Live { get; set; }

    /// <summary>The version of the API whose shapes are read here, whatever the account's default is.</summary>
    public string ApiVersion { get; set; } = "2025-09-30.clover";

    public IReadOnlyList<string> EffectiveWebhookSecrets => WebhookSecrets.Count > 0 ? [.. WebhookSecrets] : [SandboxWebhookSecret];

    /// <summary>What is wrong with the settings, each with what to do; empty when they go together.</summary>
    public IReadOnlyList<string> Faults()
    {
        var faults = new List<string>();
        var liveKey = SecretKey.StartsWith("sk_live_", StringComparison.Ordinal) || SecretKey.StartsWith("rk_live_", StringComparison.Ordinal);
        var testKey = SecretKey.StartsWith("sk_test_", StringComparison.Ordinal) || SecretKey.StartsWith("rk_test_", StringComparison.Ordinal);
        if (!BaseUrl.IsAbsoluteUri || BaseUrl.Scheme is not ("http" or "https"))
            return ["Payments:BaseUrl must be an absolute http or https address."];

        var atStripe = IsStripe(BaseUrl);
        if (!liveKey && !testKey) faults.Add("Payments:SecretKey must start with sk_test_, rk_test_, sk_live_ or rk_live_.");
        if (liveKey && !atStripe) faults.Add($"Payments:SecretKey is a live key, but Payments:BaseUrl is {BaseUrl.Authority}: a live key goes to {LiveAddress} only.");
        if (liveKey && !Live) faults.Add("Payments:SecretKey is a live key, but Payments:Live is not set: set it, or use a test key.");
        if (testKey && Live) faults.Add("Payments:Live is set, but Payments:SecretKey is a test key: no payment would be real.");
        if (Live && !atStripe) faults.Add($"Payments:Live is set, but Payments:BaseUrl is {BaseUrl.Authority}: real payments go to {LiveAddress} only.");
        if (atStripe && BaseUrl.Scheme != Uri.UriSchemeHttps) faults.Add($"Payments:BaseUrl must be {LiveAddress}, encrypted.");
        if (atStripe && SecretKey == "sk_test_sandbox") faults.Add("Payments:SecretKey is the Sandbox's: put your own test key to use Stripe.");
        if (atStripe && EffectiveWebhookSecrets.Contains(SandboxWebhookSecret, StringComparer.Ordinal))
            faults.Add("Payments:WebhookSecrets is the Sandbox's, which everybody knows: put the secret of your own endpoint.");
        if (EffectiveWebhookSecrets.Any(string.IsNullOrWhiteSpace)) faults.Add("Payments:WebhookSecrets has an empty entry.");
        return faults;
    }

    private static bool IsStripe(Uri address) =>
        address.Host.Equals("stripe.com", StringComparison.OrdinalIgnoreCase) || address.Host.EndsWith(".stripe.com", StringComparison.OrdinalIgnoreCase);
}
