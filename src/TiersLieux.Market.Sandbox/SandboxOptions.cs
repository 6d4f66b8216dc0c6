namespace TiersLieux.Market.Sandbox;

/// <summary>How a sandbox is set up. Each value has a default that works without any account.</summary>
public sealed record SandboxOptions
{
    /// <summary>Address to listen on; port 0 takes a free one.</summary>
    public string Urls { get; init; } = "http://127.0.0.1:0";

    /// <summary>Folder of the database; it is created when missing.</summary>
    public required string DataFolder { get; init; }

    /// <summary>The key that callers must send. A live key is refused.</summary>
    public string SecretKey { get; init; } = "sk_test_sandbox";

    /// <summary>Where every event goes; empty for nowhere.</summary>
    public string WebhookUrl { get; init; } = "http://127.0.0.1:5080/webhooks/stripe";

    public string WebhookSecret { get; init; } = "whsec_sandbox";

    /// <summary>Address in links to payment pages, when it differs from the one that the caller used.</summary>
    public string? PublicUrl { get; init; }

    /// <summary>Wait before the first repeat of a failed delivery; each next one waits three times longer.</summary>
    public TimeSpan WebhookBackOff { get; init; } = TimeSpan.FromSeconds(1);

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Reads the settings that the README lists.</summary>
    public static SandboxOptions FromEnvironment(Func<string, string?> read)
    {
        string Setting(string name, string otherwise) => read(name) is { Length: > 0 } value ? value : otherwise;
        return new SandboxOptions
        {
            Urls = Setting("TLM_SANDBOX_URLS", "http://127.0.0.1:5081"),
            DataFolder = Path.Combine(Setting("TLM_DATA", "data"), "sandbox"),
            SecretKey = Setting("TLM_SANDBOX_KEY", "sk_test_sandbox"),
            WebhookUrl = read("TLM_SANDBOX_WEBHOOK") ?? "http://127.0.0.1:5080/webhooks/stripe",
            WebhookSecret = Setting("TLM_SANDBOX_WEBHOOK_SECRET", "whsec_sandbox"),
            PublicUrl = read("TLM_SANDBOX_PUBLIC_URL"),
        };
    }
}
