using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Orders;
using TiersLieux.Market.Grains.Common;
using TiersLieux.Market.Storage;

namespace TiersLieux.Market.Grains.Mail.Templates;

/// <summary>To the artisans of a workshop: work is waiting for their yes or no.</summary>
internal sealed class WorkProposedMail : IMailTemplate
{
    public string Name => "work-proposed";

    public async Task<IReadOnlyList<Letter>> WriteAsync(MarketDbContext db, MailNotice notice, CancellationToken cancellation)
    {
        if (await db.Set<WorkOrder>().AsNoTracking().FirstOrDefaultAsync(w => w.Id == notice.SubjectId, cancellation) is not { } work) return [];
        var workshop = await db.Set<Workshop>().AsNoTracking().FirstAsync(w => w.Id == work.WorkshopId, cancellation);
        var (from, to, share) = (MailWording.Day(work.Start), MailWording.Day(work.End), MailWording.Of(work.Share));
        var happened = new Text(
            $"Un travail est proposé à {workshop.Name} : {work.Number}, du {from.French} au {to.French}. Votre part est de {share.French} hors taxes.",
            $"Work is proposed to {workshop.Name}: {work.Number}, from {from.English} to {to.English}. Your share is {share.English} before VAT.");
        var subject = new Text($"Travail proposé à {workshop.Name} : {work.Number}", $"Work proposed to {workshop.Name}: {work.Number}");
        return [.. (await MailReaders.ArtisansAsync(db, work.WorkshopOrganisationId, cancellation)).Select(reader => new Letter(reader, subject, happened, Next(work), "/atelier"))];
    }

    private static Text Next(WorkOrder work)
    {
        if (work.AnswerBy is not { } limit) return new Text("Retrouvez ce travail et son état sur la page de l'atelier.", "See this work and its state on the workshop's page.");
        var until = MailWording.Moment(limit);
        return new Text(
            $"Acceptez-le ou refusez-le avant le {until.French}. Sans réponse, il sera proposé à un autre atelier.",
            $"Accept or decline it before {until.English}. Without an answer it goes to another workshop.");
    }
}
