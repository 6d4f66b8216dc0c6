using System.Text.Json;
using TiersLieux.Market.Domain.Billing;
using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Orders;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Storage.Messaging;

namespace TiersLieux.Market.Grains.Common;

/// <summary>What a mail is about; who gets it and how it reads is decided when it is sent.</summary>
/// <param name="SubjectId">The order, work order or invoice.</param>
/// <param name="Detail">A date or a number, where the text needs one.</param>
public sealed record MailNotice(string Template, Guid SubjectId, string? Detail = null);

/// <summary>Writes mails into the outbox of the transaction that causes them; one per cause, whatever is repeated.</summary>
internal static class MailOutbox
{
    public const string MessageKind = "mail";

    public static void WorkProposed(MarketDbContext db, WorkOrder work, Workshop workshop, DateTime now) =>
        Write(db, $"work-proposed:{work.Id:N}", new MailNotice("work-proposed", work.Id, workshop.Name), now);

    public static void Delivered(MarketDbContext db, Order order, DeliveryNote note, DateTime now) =>
        Write(db, $"delivered:{order.Id:N}", new MailNotice("delivered", order.Id, note.Number), now);

    public static void WorkWithdrawn(MarketDbContext db, WorkOrder work, DateTime now) =>
        Write(db, $"work-withdrawn:{work.Id:N}", new MailNotice("work-withdrawn", work.Id), now);

    public static void LaterDate(MarketDbContext db, Order order, DateTime now) =>
        Write(db, FormattableString.Invariant($"later-date:{order.Id:N}:{order.LaterDate!.AnswerBy.Ticks}"), new MailNotice("later-date", order.Id), now);

    /// <param name="before">When the work was planned until now.</param>
    public static void WorkMoved(MarketDbContext db, WorkOrder work, Interval before, DateTime now) =>
        Write(db, FormattableString.Invariant($"work-moved:{work.Id:N}:{now.Ticks}"), new MailNotice("work-moved", work.Id, FormattableString.Invariant($"{before.Start:O}/{before.End:O}")), now);

    public static void Invoice(MarketDbContext db, Invoice invoice, DateTime now) =>
        Write(db, $"invoice:{invoice.Id:N}", new MailNotice("invoice", invoice.Id, invoice.Number), now);

    private static void Write(MarketDbContext db, string key, MailNotice notice, DateTime now) =>
        db.Add(new OutboxMessage(MessageKind, key, JsonSerializer.Serialize(notice), now));
}
