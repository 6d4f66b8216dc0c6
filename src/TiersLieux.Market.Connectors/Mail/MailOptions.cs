using System.Net.Mail;

namespace TiersLieux.Market.Connectors.Mail;

/// <summary>Where messages go. As it is made: files in a folder, for which no account is needed.</summary>
public sealed class MailOptions
{
    /// <summary>Where the folder transport puts its files; used when no host is given.</summary>
    public string Folder { get; set; } = Path.Combine("data", "mail");

    /// <summary>The SMTP server; null or empty to write files instead.</summary>
    public string? Host { get; set; }

    public int Port { get; set; } = 587;

    /// <summary>Encrypts the connection (STARTTLS) and checks the server's certificate. Off only for a server on the same machine.</summary>
    public bool StartTls { get; set; } = true;

    public string? User { get; set; }

    public string? Password { get; set; }

    public string From { get; set; } = "ne-pas-repondre@tierslieux-market.invalid";

    public string FromName { get; set; } = "TiersLieux.Market";

    /// <summary>What is wrong with the settings, each with what to do; empty when they go together.</summary>
    public IReadOnlyList<string> Faults()
    {
        var faults = new List<string>();
        if (!MailAddress.TryCreate(From, out var from) || from.Address != From) faults.Add("Mail:From must be an e-mail address, without a name.");
        if (FromName.Any(char.IsControl)) faults.Add("Mail:FromName must be one line.");
        if (string.IsNullOrEmpty(Host)) return faults;
        if (Port is < 1 or > 65535) faults.Add("Mail:Port must be from 1 to 65535.");
        if (!string.IsNullOrEmpty(User) && !StartTls && Host is not ("127.0.0.1" or "::1" or "localhost"))
            faults.Add("Mail:StartTls is off, but Mail:User is set: a password would travel in clear.");
        return faults;
    }
}
