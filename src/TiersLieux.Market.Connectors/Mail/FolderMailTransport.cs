using System.Net.Mail;
using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Connectors.Mail;

/// <summary>
/// Writes each message as a file that mail programs open (<c>{operation}.eml</c>). A file is there whole or not at all, and a
/// message sent again finds its file there.
/// </summary>
public sealed class FolderMailTransport(MailOptions options) : IMailTransport
{
    public async Task<MailResult> Send(Domain.Common.Mail mail, CancellationToken cancellation = default)
    {
        if (mail.Fault() is { } fault) return new MailResult.Refused(fault);
        var path = Path.Combine(Path.GetFullPath(options.Folder), mail.OperationId + ".eml");
        var sent = new MailResult.Sent(MailMessages.IdOf(mail, options));
        if (File.Exists(path)) return sent;

        var draft = Path.Combine(Path.GetFullPath(options.Folder), ".draft", Guid.NewGuid().ToString("N"));
        try
        {
            Directory.CreateDirectory(draft);
            using (var client = new SmtpClient { DeliveryMethod = SmtpDeliveryMethod.SpecifiedPickupDirectory, PickupDirectoryLocation = draft })
            using (var message = MailMessages.Build(mail, options))
                await client.SendMailAsync(message, cancellation);

            var written = Directory.GetFiles(draft).Single();
            await using (var file = new FileStream(written, FileMode.Open, FileAccess.ReadWrite))
                file.Flush(flushToDisk: true);
            Publish(written, path);
            return sent;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SmtpException)
        {
            return new MailResult.Unavailable(new Reason(
                "mail-folder",
                $"Le message n'a pas pu être écrit dans « {options.Folder} » : {e.GetBaseException().Message} Vérifiez l'espace libre et les droits.",
                $"The message could not be written to “{options.Folder}”: {e.GetBaseException().Message} Check free space and permissions."));
        }
        finally
        {
            TryDelete(draft);
        }
    }

    /// <summary>Of two senders of the same message one wins; the other's file is the same message.</summary>
    private static void Publish(string written, string path)
    {
        try
        {
            File.Move(written, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(written);
        }
    }

    private static void TryDelete(string folder)
    {
        try
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
        catch (IOException)
        {
            // A leftover draft harms nobody: only finished files are read.
        }
    }
}
