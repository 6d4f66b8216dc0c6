using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Domain.Bookings;

/// <summary>Every way a booking is refused. The codes are stable; callers choose an answer by them.</summary>
public static class BookingReasons
{
    /// <summary>Codes that other times or machines could cure: answered with alternatives.</summary>
    public static bool HasAlternatives(string code) => code is "slot-taken" or "place-closed";

    public static Reason NotBookable { get; } = new("not-bookable",
        "Cette ressource ne se réserve pas en ligne. Adressez-vous au lieu qui l'accueille.",
        "This resource can't be booked online. Ask the place it stands in.");

    public static Reason Past { get; } = new("slot-past",
        "Ce créneau a déjà commencé. Choisissez une heure de début à venir.",
        "This slot has already started. Choose a start to come.") { Field = "start" };

    public static Reason TooSoon(TimeSpan notice) => new("notice-too-short",
        $"Cette ressource se réserve au moins {Say(notice)} à l'avance. Choisissez un début plus tardif.",
        $"This resource is booked at least {Say(notice)} ahead. Choose a later start.") { Field = "start" };

    public static Reason TooFar(int days) => new("beyond-horizon",
        $"On réserve jusqu'à {days} jours à l'avance. Choisissez une date plus proche.",
        $"Bookings open {days} days ahead. Choose a nearer date.") { Field = "start" };

    public static Reason Closed { get; } = new("place-closed",
        "Le lieu est fermé sur tout ou partie de ce créneau. Choisissez l'un des créneaux proposés.",
        "The place is closed for some of this slot. Choose one of those proposed.") { Field = "start" };

    public static Reason Taken { get; } = new("slot-taken",
        "Ce créneau vient d'être pris. Rien n'a été réservé ni payé : choisissez l'un des créneaux proposés.",
        "This slot has just been taken. Nothing was booked or paid: choose one of those proposed.") { Field = "start" };

    public static Reason Seats(int most) => most == 1
        ? new("seats-unavailable", "Cette ressource se réserve pour une personne à la fois. Demandez une seule place.",
            "This resource is booked by one person at a time. Ask for one seat.") { Field = "seats" }
        : new("seats-unavailable", $"On réserve ici de 1 à {most} places. Changez le nombre de places.",
            $"From 1 to {most} seats can be booked here. Change the number of seats.") { Field = "seats" };

    public static Reason MembershipNeeded { get; } = new("membership-needed",
        "Les machines et le matériel sont réservés aux membres. Adhérez à un lieu du réseau : l'adhésion vaut dans tous les autres.",
        "Machines and equipment are for members. Join a place of the network: the membership counts in all the others.");

    public static Reason MembershipEnds(DateOnly last) => new("membership-not-in-force",
        $"Votre adhésion n'est pas en cours ce jour-là (dernier jour connu : {Day(last)}). Renouvelez-la, ou choisissez un jour où elle est en cours.",
        $"Your membership is not in force on that day (last known day: {Day(last)}). Renew it, or choose a day when it is.");

    public static Reason CredentialNeeded(string kind) => new("credential-needed",
        $"Cette machine demande l'habilitation « {kind} ». Suivez la formation dans un lieu du réseau, ou demandez au responsable du lieu de valider votre pratique.",
        $"This machine asks for the credential \"{kind}\". Take the training in a place of the network, or ask the place's manager to approve your practice.");

    public static Reason CredentialEnds(string kind, DateOnly last) => new("credential-not-in-force",
        $"Votre habilitation « {kind} » n'est pas valable ce jour-là (dernier jour connu : {Day(last)}). Faites-la renouveler par le responsable d'un lieu.",
        $"Your credential \"{kind}\" is not valid on that day (last known day: {Day(last)}). Have it renewed by the manager of a place.");

    public static Reason OwnOverlap { get; } = new("own-overlap",
        "Vous avez déjà une réservation à ce moment-là. Déplacez-la ou choisissez un autre créneau.",
        "You already have a booking at that time. Move it or choose another slot.") { Field = "start" };

    public static Reason OrganisationNeeded { get; } = new("organisation-needed",
        "Indiquez pour quelle structure vous réservez : votre compte n'est rattaché à aucune.",
        "Say for which organisation you book: your account belongs to none.") { Field = "organisationId" };

    public static Reason NoAccount { get; } = new("account-not-open",
        "Le compte mensuel est ouvert aux structures membres ou aux clients agréés. Payez cette réservation par carte.",
        "The monthly account is for member organisations and approved customers. Pay this booking by card.") { Field = "settlement" };

    public static Reason NothingToPay { get; } = new("nothing-to-pay",
        "Cette réservation est déjà payée ou portée au compte. Il n'y a rien à payer.",
        "This booking is already paid or on account. There is nothing to pay.");

    public static Reason HoldExpired { get; } = new("hold-expired",
        "Le délai de paiement est passé et le créneau a été libéré. Ce qui a été payé est remboursé ; réservez un autre créneau.",
        "The time to pay ran out and the slot was released. What was paid is refunded; book another slot.");

    public static Reason CancelTooLate(TimeSpan free) => new("cancel-too-late",
        $"On annule ou déplace soi-même jusqu'à {Say(free)} avant le début. Demandez au responsable du lieu, qui peut encore le faire.",
        $"You cancel or move a booking yourself until {Say(free)} before it starts. Ask the place's manager, who still can.");

    public static Reason MoveChangesPrice { get; } = new("move-changes-price",
        "Cette réservation est payée par carte et le nouveau créneau n'a pas le même prix. Gardez la même durée, ou annulez puis réservez à nouveau.",
        "This booking is paid by card and the new slot has another price. Keep its length, or cancel and book again.") { Field = "end" };

    public static Reason CheckInTooEarly(TimeSpan early) => new("check-in-too-early",
        $"L'arrivée se signale à partir de {Say(early)} avant le début. Revenez un peu plus tard.",
        $"You check in from {Say(early)} before the start. Come back a little later.");

    public static Reason CheckInTooLate { get; } = new("check-in-too-late",
        "Ce créneau est terminé. Adressez-vous au responsable du lieu.",
        "This slot is over. Ask the place's manager.");

    private static string Day(DateOnly day) => day.ToString("dd/MM/yyyy", System.Globalization.CultureInfo.InvariantCulture);

    private static string Say(TimeSpan time) => time.TotalHours >= 1
        ? FormattableString.Invariant($"{time.TotalHours:0.##} h")
        : FormattableString.Invariant($"{time.TotalMinutes:0} min");
}
