using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Orders;
using TiersLieux.Market.Grains.Common;
using TiersLieux.Market.Storage;

namespace TiersLieux.Market.Grains.Mail.Templates;

/// <summary>To the artisans of a workshop: their work has other times. The notice's detail is when it was planned before: start and end.</summary>
internal sealed class WorkMovedMail : IMailTemplate
{
    public string Name => "work-moved";

    public async Task<IReadOnlyList<Letter>> WriteAsync(MarketDbContext db, MailNotice notice, CancellationToken cancellation)
    {
        if (await db.Set<WorkOrder>().AsNoTracking().FirstOrDefaultAsync(w => w.Id == notice.SubjectId, cancellation) is not { } work) return [];
        var workshop = await db.Set<Workshop>().AsNoTracking().FirstAsync(w => w.Id == work.WorkshopId, cancellation);
        var before = (notice.Detail ?? "").Split('/').Select(part => MailWording.Day(DateTime.Parse(part, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind))).ToList();
        var (from, to) = (MailWording.Moment(work.Start), MailWording.Moment(work.End));
        var subject = new Text($"Travail avancé à {workshop.Name} : {work.Number}", $"Work moved forward at {workshop.Name}: {work.Number}");
        var happened = new Text(
            $"Du temps s'est libéré : {work.Number} passe du {before[0].French} – {before[1].French} au {from.French} – {to.French}. La commande arrivera plus tôt, votre part ne change pas.",
            $"Time has become free: {work.Number} moves from {before[0].English} – {before[1].English} to {from.English} – {to.English}. The order arrives sooner, your share stays the same.");
        var next = new Text(
            "Retrouvez les nouveaux horaires sur la page de l'atelier. Si cela ne convient pas, refusez le travail : il sera proposé à un autre atelier.",
            "See the new times on the workshop's page. If they do not suit you, decline the work: it goes to another workshop.");
        return [.. (await MailReaders.ArtisansAsync(db, work.WorkshopOrganisationId, cancellation)).Select(reader => new Letter(reader, subject, happened, next, "/atelier"))];
    }
}
