using System.Net;
using System.Net.Mail;
using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Connectors.Mail;

/// <summary>Hands each message to an SMTP server, over a connection of its own.</summary>
public sealed class SmtpMailTransport(MailOptions options, TimeProvider clock) : IMailTransport
{
    public static TimeSpan TimeOut { get; } = TimeSpan.FromSeconds(60);

    public async Task<MailResult> Send(Domain.Common.Mail mail, CancellationToken cancellation = default)
    {
        if (mail.Fault() is { } fault) return new MailResult.Refused(fault);
        using var timeOut = new CancellationTokenSource(TimeOut, clock);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeOut.Token);
        using var client = new SmtpClient(options.Host, options.Port) { EnableSsl = options.StartTls, DeliveryMethod = SmtpDeliveryMethod.Network };
        if (!string.IsNullOrEmpty(options.User)) client.Credentials = new NetworkCredential(options.User, options.Password);
        using var message = MailMessages.Build(mail, options);
        try
        {
            await client.SendMailAsync(message, linked.Token);
            return new MailResult.Sent(MailMessages.IdOf(mail, options));
        }
        catch (SmtpException e) when (IsFinal(e))
        {
            return new MailResult.Refused(new Reason(
                "mail-refused",
                $"Le serveur de messagerie refuse ce message pour {mail.To} : {e.Message} Vérifiez l'adresse.",
                $"The mail server refuses this message for {mail.To}: {e.Message} Check the address."));
        }
        catch (Exception e) when (e is SmtpException or IOException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return new MailResult.Unavailable(new Reason(
                "mail-unavailable",
                $"Le serveur de messagerie {options.Host} n'a pas pris le message : {e.GetBaseException().Message} L'envoi sera repris.",
                $"The mail server {options.Host} did not take the message: {e.GetBaseException().Message} It will be sent again."));
        }
    }

    /// <summary>What concerns this message for good; what concerns the server or our settings can pass.</summary>
    private static bool IsFinal(SmtpException e) => e.StatusCode
        is SmtpStatusCode.MailboxUnavailable
        or SmtpStatusCode.MailboxNameNotAllowed
        or SmtpStatusCode.UserNotLocalTryAlternatePath
        or SmtpStatusCode.ExceededStorageAllocation
        or SmtpStatusCode.TransactionFailed;
}
