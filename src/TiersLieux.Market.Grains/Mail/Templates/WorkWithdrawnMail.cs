using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Orders;
using TiersLieux.Market.Grains.Common;
using TiersLieux.Market.Storage;

namespace TiersLieux.Market.Grains.Mail.Templates;

/// <summary>To the artisans of a workshop: work they had been given is planned otherwise, or its order has fallen.</summary>
internal sealed class WorkWithdrawnMail : IMailTemplate
{
    public string Name => "work-withdrawn";

    public async Task<IReadOnlyList<Letter>> WriteAsync(MarketDbContext db, MailNotice notice, CancellationToken cancellation)
    {
        if (await db.Set<WorkOrder>().AsNoTracking().FirstOrDefaultAsync(w => w.Id == notice.SubjectId, cancellation) is not { } work) return [];
        var workshop = await db.Set<Workshop>().AsNoTracking().FirstAsync(w => w.Id == work.WorkshopId, cancellation);
        var (from, to) = (MailWording.Day(work.Start), MailWording.Day(work.End));
        var subject = new Text($"Travail retiré à {workshop.Name} : {work.Number}", $"Work withdrawn from {workshop.Name}: {work.Number}");
        var happened = new Text(
            $"Un autre atelier de la commande ne peut pas faire sa part à temps : {work.Number}, du {from.French} au {to.French}, n'a plus lieu comme prévu.",
            $"Another workshop of the order cannot do its part in time: {work.Number}, from {from.English} to {to.English}, does not take place as planned.");
        var next = new Text(
            "Vous n'avez rien à faire : ce temps est de nouveau libre. Si le travail revient chez vous à une autre date, vous recevrez une proposition.",
            "There is nothing to do: this time is free again. If the work comes back to you at another date, you will get a proposal.");
        return [.. (await MailReaders.ArtisansAsync(db, work.WorkshopOrganisationId, cancellation)).Select(reader => new Letter(reader, subject, happened, next, "/atelier"))];
    }
}
