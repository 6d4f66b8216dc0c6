using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Orders;
using TiersLieux.Market.Grains.Common;
using TiersLieux.Market.Storage;

namespace TiersLieux.Market.Grains.Mail.Templates;

/// <summary>To the customer: the promise date has moved. The notice's detail is the date before.</summary>
internal sealed class PromiseMovedMail : IMailTemplate
{
    public string Name => "promise-moved";

    public async Task<IReadOnlyList<Letter>> WriteAsync(MarketDbContext db, MailNotice notice, CancellationToken cancellation)
    {
        if (await db.Set<Order>().AsNoTracking().FirstOrDefaultAsync(o => o.Id == notice.SubjectId, cancellation) is not { } order) return [];
        if (await MailReaders.PersonAsync(db, order.PersonId, cancellation) is not { } reader) return [];
        var before = MailWording.Of(DateOnly.ParseExact(notice.Detail ?? "", "yyyy-MM-dd", CultureInfo.InvariantCulture));
        var now = MailWording.Of(order.PromiseDate);
        return
        [
            new Letter(
                reader,
                new Text($"Commande {order.Number} : livraison le {now.French}", $"Order {order.Number}: delivery on {now.English}"),
                new Text(
                    $"Un atelier ne peut pas faire sa part comme prévu. Nous avons refait le plan : la livraison passe du {before.French} au {now.French}. Le prix ne change pas.",
                    $"A workshop cannot do its part as planned. We made a new plan: delivery moves from {before.English} to {now.English}. The price stays the same."),
                new Text("Vous n'avez rien à faire. La page de la commande montre le nouveau plan.", "There is nothing to do. The order's page shows the new plan."),
                $"/commandes/{order.Number}"),
        ];
    }
}
