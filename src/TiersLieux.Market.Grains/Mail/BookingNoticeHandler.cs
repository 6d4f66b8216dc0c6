using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Bookings;
using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Grains.Capacity;
using TiersLieux.Market.Storage;
using TiersLieux.Market.Storage.Messaging;
using TiersLieux.Market.Storage.Model;

namespace TiersLieux.Market.Grains.Mail;

/// <summary>Tells a member what became of a booking.</summary>
internal sealed class BookingNoticeHandler(IDbContextFactory<MarketDbContext> databases, MailSender sender) : IOutboxHandler
{
    public string Kind => MachineGrain.BookingNotice;

    public async Task HandleAsync(OutboxMessage message, CancellationToken cancellation)
    {
        var notice = JsonSerializer.Deserialize<Notice>(message.Payload, JsonColumn.Options) ?? throw new InvalidOperationException($"Booking notice {message.Key} is empty.");
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await sender.SendAsync($"booking:{message.Key}", await WriteAsync(db, notice, cancellation), cancellation);
    }

    private static async Task<IReadOnlyList<Letter>> WriteAsync(MarketDbContext db, Notice notice, CancellationToken cancellation)
    {
        if (await db.Set<Booking>().AsNoTracking().FirstOrDefaultAsync(b => b.Id == notice.BookingId, cancellation) is not { } booking) return [];
        if (await MailReaders.PersonAsync(db, booking.PersonId, cancellation) is not { } reader) return [];
        var resource = await db.Set<Resource>().AsNoTracking().FirstAsync(r => r.Id == booking.ResourceId, cancellation);
        var place = await db.Set<Place>().AsNoTracking().FirstAsync(p => p.Id == booking.PlaceId, cancellation);
        var (subject, happened, next) = Wording(notice.What, booking, new Text(resource.Name, resource.EnglishName ?? resource.Name), place.Name);
        return [new Letter(reader, subject, happened, next, $"/reservations/{booking.Reference}")];
    }

    private static (Text Subject, Text Happened, Text Next) Wording(string what, Booking booking, Text resource, string place)
    {
        var (reference, time) = (booking.Reference, MailWording.Of(booking.Time));
        var back = booking.Settlement == BookingSettlement.Card
            ? new Text("Ce que vous avez payé vous est rendu sur votre carte.", "What you paid goes back to your card.")
            : new Text("Rien ne vous sera facturé.", "Nothing will be invoiced.");
        return what switch
        {
            "booked" => (
                new Text($"Réservation {reference} confirmée : {resource.French}", $"Booking {reference} confirmed: {resource.English}"),
                new Text($"Votre réservation est confirmée : {resource.French}, {place}, le {time.French}.", $"Your booking is confirmed: {resource.English}, {place}, {time.English}."),
                new Text("À votre arrivée, signalez-vous sur la page de la réservation. Vous pouvez aussi l'y déplacer ou l'annuler.", "Check in on the booking's page when you arrive. You can also move or cancel it there.")),
            "moved" => (
                new Text($"Réservation {reference} déplacée : {resource.French}", $"Booking {reference} moved: {resource.English}"),
                new Text($"Votre réservation a changé d'horaire : {resource.French}, {place}, le {time.French}.", $"Your booking has a new time: {resource.English}, {place}, {time.English}."),
                new Text("Si cet horaire ne vous convient pas, changez-le sur la page de la réservation.", "If this time does not suit you, change it on the booking's page.")),
            "cancelled" => (
                new Text($"Réservation {reference} annulée : {resource.French}", $"Booking {reference} cancelled: {resource.English}"),
                new Text($"Votre réservation est annulée : {resource.French}, {place}, le {time.French}.", $"Your booking is cancelled: {resource.English}, {place}, {time.English}."),
                back),
            "lost" => (
                new Text($"Réservation {reference} impossible : {resource.French}", $"Booking {reference} not possible: {resource.English}"),
                new Text(
                    $"Votre paiement est arrivé après la fin du délai, et le créneau avait été pris entre-temps : {resource.French}, {place}, le {time.French}.",
                    $"Your payment came after the deadline, and the slot had been taken in the meantime: {resource.English}, {place}, {time.English}."),
                new Text(back.French + " Choisissez un autre créneau quand vous voulez.", back.English + " Choose another slot whenever you like.")),
            _ => throw new InvalidOperationException($"There is no booking mail {what}."),
        };
    }

    private sealed record Notice(Guid BookingId, string What);
}
