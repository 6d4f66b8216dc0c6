using System.Globalization;
using TiersLieux.Market.Domain.Bookings;
using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Grains.Bookings;
using TiersLieux.Market.Web.Components.Basics;
using TiersLieux.Market.Web.Localisation;

namespace TiersLieux.Market.Web.Bookings;

/// <summary>How bookings are said and addressed on the pages.</summary>
internal static class BookingWords
{
    public static string State(BookingState state, Lang l) => state switch
    {
        BookingState.Held => l.T("à payer", "to pay"),
        BookingState.Booked => l.T("réservée", "booked"),
        BookingState.CheckedIn => l.T("en cours", "in progress"),
        BookingState.CheckedOut => l.T("terminée", "finished"),
        BookingState.Billed => l.T("terminée et facturée", "finished and billed"),
        BookingState.Cancelled => l.T("annulée", "cancelled"),
        _ => l.T("absence", "no-show"),
    };

    public static Tone Tone(BookingState state) => state switch
    {
        BookingState.Held => Components.Basics.Tone.Waiting,
        BookingState.Booked or BookingState.Billed or BookingState.CheckedOut => Components.Basics.Tone.Good,
        BookingState.CheckedIn => Components.Basics.Tone.Info,
        BookingState.NoShow => Components.Basics.Tone.Problem,
        _ => Components.Basics.Tone.Neutral,
    };

    public static string Kind(ResourceKind kind, Lang l) => kind switch
    {
        ResourceKind.Machine => l.T("Machine", "Machine"),
        ResourceKind.Space => l.T("Salle ou espace", "Room or space"),
        ResourceKind.Equipment => l.T("Matériel à emporter", "Equipment to take away"),
        ResourceKind.Training => l.T("Formation", "Training"),
        _ => l.T("Expert", "Expert"),
    };

    public static string Name(Resource resource, Lang l) => l.T(resource.Name, resource.EnglishName ?? resource.Name);

    public static Money Rate(Tariff tariff, Audience audience) => audience switch
    {
        Audience.Member => tariff.MemberPerHour,
        Audience.Professional => tariff.ProfessionalPerHour,
        _ => tariff.PublicPerHour,
    };

    public static bool MayCancel(BookingState state) => state is BookingState.Held or BookingState.Booked;

    /// <summary>The page that books this very slot in one more click.</summary>
    public static string Href(string code, DateTime start, TimeSpan length)
    {
        var local = ParisTime.ToLocal(start);
        return string.Create(CultureInfo.InvariantCulture, $"/reserver/{Uri.EscapeDataString(code)}?jour={local:yyyy-MM-dd}&debut={local:HH:mm}&duree={length.TotalMinutes:0}#reserver");
    }

    public static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A day of the address or of a form; what is not one is null.</summary>
    public static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 2000 and < 2200 ? day : null;

    public static TimeOnly? Hour(string? text) =>
        TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    public static int? Whole(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>What to do about a refused right: a link and its words, or null.</summary>
    public static (string Href, string Label)? WayOut(string code, Lang l) => code switch
    {
        "membership-needed" or "membership-not-in-force" => ("/carte", l.T("Trouver un lieu où adhérer", "Find a place to join")),
        "credential-needed" or "credential-not-in-force" => ("/catalogue?kind=training", l.T("Voir les formations", "See the trainings")),
        "own-overlap" => ("/mes-reservations", l.T("Voir mes réservations", "See my bookings")),
        "sign-in-first" => ("/connexion", l.T("Se connecter", "Sign in")),
        _ => null,
    };

    public static NamedSlot Slot(AlternativeView view, IReadOnlyDictionary<Guid, string> codes) =>
        new(codes.GetValueOrDefault(view.ResourceId, ""), view.Resource, view.Place, view.Km, view.Start, view.End);
}

/// <summary>A free slot with the names a person reads.</summary>
public sealed record NamedSlot(string Code, string Resource, string Place, double Km, DateTime Start, DateTime End);
