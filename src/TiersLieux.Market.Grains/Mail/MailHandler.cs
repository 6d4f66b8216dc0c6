using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Grains.Common;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Storage.Messaging;

namespace TiersLieux.Market.Grains.Mail;

/// <summary>Writes and sends the mails about orders, work orders and invoices.</summary>
internal sealed class MailHandler(IDbContextFactory<MarketDbContext> databases, IEnumerable<IMailTemplate> templates, MailSender sender) : IOutboxHandler
{
    public string Kind => MailOutbox.MessageKind;

    public async Task HandleAsync(OutboxMessage message, CancellationToken cancellation)
    {
        var notice = JsonSerializer.Deserialize<MailNotice>(message.Payload) ?? throw new InvalidOperationException($"Mail {message.Key} has no notice.");
        var template = templates.FirstOrDefault(t => t.Name == notice.Template) ?? throw new InvalidOperationException($"There is no mail template {notice.Template}.");
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await sender.SendAsync(message.Key, await template.WriteAsync(db, notice, cancellation), cancellation);
    }
}
