using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Web.Bookings;

/// <summary>What pages and API refuse before a machine is asked, and how its own refusals are answered over HTTP.</summary>
public static class BookingRefusals
{
    public static Reason SignIn { get; } = new("sign-in-first", "Connectez-vous pour continuer.", "Sign in to go on.");

    public static Reason Unknown { get; } = new("not-found",
        "Nous ne trouvons pas cette réservation ou cette ressource. L'adresse est peut-être incomplète.",
        "We can't find this booking or resource. The address may be incomplete.");

    public static Reason ResourceNeeded { get; } = new("resource-needed",
        "Dites quelle ressource réserver : son identifiant ou son code.",
        "Say which resource to book: its id or its code.") { Field = "resourceId" };

    public static Reason PaymentUnknown { get; } = new("payment-unknown",
        "Le paiement est « card » (par carte) ou « account » (sur le compte mensuel).",
        "Payment is \"card\" or \"account\" (the monthly account).") { Field = "payment" };

    public static Reason Instant(string field) => new("instant-not-understood",
        "Donnez un instant ISO 8601 avec son fuseau, par exemple 2026-11-24T09:00:00Z.",
        "Give an ISO 8601 instant with its offset, for instance 2026-11-24T09:00:00Z.") { Field = field };

    /// <summary>Codes that say who asks has not the right, and which rule says so.</summary>
    public static bool IsAboutRights(string code) => code is "membership-needed" or "membership-not-in-force" or "credential-needed" or "credential-not-in-force"
        or "account-not-open" or "organisation-needed" or "not-allowed" or "cancel-too-late" or "check-in-too-early" or "scope-missing";

    public static int StatusOf(string code) => code switch
    {
        "sign-in-first" => StatusCodes.Status401Unauthorized,
        "not-found" => StatusCodes.Status404NotFound,
        "slot-taken" or "own-overlap" or "booking-moved-on" or "hold-expired" or "nothing-to-pay" or "not-paid" or "not-checked-in" or "check-in-too-late" => StatusCodes.Status409Conflict,
        _ when IsAboutRights(code) => StatusCodes.Status403Forbidden,
        _ => StatusCodes.Status422UnprocessableEntity,
    };
}
