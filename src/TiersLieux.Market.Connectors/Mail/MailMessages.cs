using System.Net.Mail;
using System.Net.Mime;
using System.Text;
using TransferEncoding = System.Net.Mime.TransferEncoding;

namespace TiersLieux.Market.Connectors.Mail;

/// <summary>A message of ours as one for the wire.</summary>
internal static class MailMessages
{
    /// <summary>The same for the same operation, so that servers and readers recognise a message that was sent twice.</summary>
    internal static string IdOf(Domain.Common.Mail mail, MailOptions options) => $"<{mail.OperationId}@{options.From[(options.From.IndexOf('@', StringComparison.Ordinal) + 1)..]}>";

    internal static MailMessage Build(Domain.Common.Mail mail, MailOptions options)
    {
        var message = new MailMessage
        {
            From = new MailAddress(options.From, options.FromName, Encoding.UTF8),
            Subject = mail.Subject,
            SubjectEncoding = Encoding.UTF8,
            HeadersEncoding = Encoding.UTF8,
        };
        message.To.Add(new MailAddress(mail.To));
        message.Headers.Add("Message-ID", IdOf(mail, options));
        message.Headers.Add("Auto-Submitted", "auto-generated");
        if (mail.HtmlBody is null)
        {
            message.Body = mail.TextBody;
            message.BodyEncoding = Encoding.UTF8;
            message.BodyTransferEncoding = TransferEncoding.QuotedPrintable;
        }
        else
        {
            message.AlternateViews.Add(View(mail.TextBody, MediaTypeNames.Text.Plain));
            message.AlternateViews.Add(View(mail.HtmlBody, MediaTypeNames.Text.Html));
        }

        foreach (var file in mail.Attachments)
        {
            var attachment = new Attachment(new MemoryStream(file.Content.ToArray(), writable: false), new ContentType(file.MediaType))
            {
                Name = file.FileName,
                NameEncoding = Encoding.UTF8,
                TransferEncoding = TransferEncoding.Base64,
            };
            attachment.ContentDisposition!.FileName = file.FileName;
            message.Attachments.Add(attachment);
        }

        return message;
    }

    private static AlternateView View(string body, string mediaType)
    {
        var view = AlternateView.CreateAlternateViewFromString(body, Encoding.UTF8, mediaType);
        view.TransferEncoding = TransferEncoding.QuotedPrintable;
        return view;
    }
}
