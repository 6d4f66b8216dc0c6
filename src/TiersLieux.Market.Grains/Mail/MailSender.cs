using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Grains.Payments;

namespace TiersLieux.Market.Grains.Mail;

/// <summary>Sends letters. The mail's operation is the outbox message's key, so a retry is the same mail wherever it arrives.</summary>
internal sealed partial class MailSender(IMailTransport transport, IOptions<PublicAddress> address, ILogger<MailSender> logger)
{
    private const int LongestSubject = 200;

    /// <exception cref="MailUnavailableException">Try again later. What is refused for good is logged and given up instead.</exception>
    public async Task SendAsync(string key, IReadOnlyList<Letter> letters, CancellationToken cancellation)
    {
        if (letters.Count == 0) LogNobody(key);
        foreach (var letter in letters)
        {
            switch (await transport.Send(Compose(key, letter), cancellation))
            {
                case MailResult.Refused(var reason):
                    LogRefused(key, reason.Code, reason.English);
                    break;
                case MailResult.Unavailable(var reason):
                    throw new MailUnavailableException(reason.English);
            }
        }
    }

    private Domain.Common.Mail Compose(string key, Letter letter)
    {
        var language = letter.To.Language;
        var english = language.StartsWith("en", StringComparison.OrdinalIgnoreCase);
        var link = new Uri(address.Value.Root, letter.Path);
        var body = $"""
            {(english ? "Hello" : "Bonjour")} {letter.To.Name},

            {letter.Happened.In(language)}

            {letter.Next.In(language)}

            {link}

            TiersLieux.Market
            {(english ? "This message was written by the program: replies are not read." : "Ce message est écrit par le programme : les réponses ne sont pas lues.")}
            """;
        return new Domain.Common.Mail(Operation(key, letter.To), letter.To.Email, OneLine(letter.Subject.In(language)), body.ReplaceLineEndings("\n")) { Attachments = letter.Attachments };
    }

    /// <summary>Outbox keys separate their parts by colons, which have no place in a Message-ID.</summary>
    private static string Operation(string key, Recipient to) => (to.Key.Length == 0 ? key : $"{key}:{to.Key}").Replace(':', '-');

    /// <summary>Names that people typed may be in it: no line break, and no longer than a subject may be.</summary>
    private static string OneLine(string text)
    {
        var line = string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
        return line.Length <= LongestSubject ? line : line[..(LongestSubject - 1)] + "…";
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Mail {Key} has nobody to go to; it is given up.")]
    private partial void LogNobody(string key);

    [LoggerMessage(Level = LogLevel.Error, Message = "Mail {Key} was refused ({Code}) and is given up: {Reason}")]
    private partial void LogRefused(string key, string code, string reason);
}

/// <summary>Mail cannot be handed over now; the relay tries again.</summary>
public sealed class MailUnavailableException(string message) : Exception(message);
