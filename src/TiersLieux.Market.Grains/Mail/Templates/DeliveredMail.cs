using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Orders;
using TiersLieux.Market.Grains.Common;
using TiersLieux.Market.Storage;

namespace TiersLieux.Market.Grains.Mail.Templates;

/// <summary>To the customer: all is made and on its way.</summary>
internal sealed class DeliveredMail : IMailTemplate
{
    public string Name => "delivered";

    public async Task<IReadOnlyList<Letter>> WriteAsync(MarketDbContext db, MailNotice notice, CancellationToken cancellation)
    {
        if (await db.Set<Order>().AsNoTracking().FirstOrDefaultAsync(o => o.Id == notice.SubjectId, cancellation) is not { } order) return [];
        if (await MailReaders.PersonAsync(db, order.PersonId, cancellation) is not { } reader) return [];
        return
        [
            new Letter(
                reader,
                new Text($"Commande {order.Number} : la livraison est en route", $"Order {order.Number}: the delivery is on its way"),
                new Text($"Tout est fabriqué. La livraison {notice.Detail} est en route.", $"All is made. Delivery {notice.Detail} is on its way."),
                new Text(
                    "À l'arrivée, vérifiez les pièces et signez le bon de réception sur la page de la commande. La facture du solde suit.",
                    "When it arrives, check the pieces and sign the receipt on the order's page. The invoice of the balance follows."),
                $"/commandes/{order.Number}"),
        ];
    }
}
