using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Orders;
using TiersLieux.Market.Grains.Common;
using TiersLieux.Market.Storage;

namespace TiersLieux.Market.Grains.Mail.Templates;

/// <summary>To the customer: what is left cannot be made in time; does a later date suit? Not sent when it has been settled meanwhile.</summary>
internal sealed class LaterDateMail : IMailTemplate
{
    public string Name => "later-date";

    public async Task<IReadOnlyList<Letter>> WriteAsync(MarketDbContext db, MailNotice notice, CancellationToken cancellation)
    {
        if (await db.Set<Order>().AsNoTracking().FirstOrDefaultAsync(o => o.Id == notice.SubjectId, cancellation) is not { LaterDate: { IsAsked: true } later } order) return [];
        if (await MailReaders.PersonAsync(db, order.PersonId, cancellation) is not { } reader) return [];
        var (before, now, until) = (MailWording.Of(order.PromiseDate), MailWording.Of(later.PromiseDate), MailWording.Moment(later.AnswerBy));
        return
        [
            new Letter(
                reader,
                new Text($"Commande {order.Number} : livraison le {now.French}, cela vous convient-il ?", $"Order {order.Number}: delivery on {now.English}, does that suit you?"),
                new Text(
                    $"Un atelier ne peut pas faire sa part comme prévu, et ce qui reste ne peut pas être prêt le {before.French}. Nous vous proposons le {now.French}. Le prix ne change pas.",
                    $"A workshop cannot do its part as planned, and what is left cannot be ready on {before.English}. We propose {now.English}. The price stays the same."),
                new Text(
                    $"Répondez sur la page de la commande avant le {until.French} : jusque-là, les créneaux sont gardés pour vous.",
                    $"Answer on the order's page before {until.English}: until then the time is kept for you."),
                $"/commandes/{order.Number}"),
        ];
    }
}
