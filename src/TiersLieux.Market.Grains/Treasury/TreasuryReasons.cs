using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Grains.Treasury;

internal static class TreasuryReasons
{
    public static Reason UnknownFormat { get; } = new(
        "statement-format",
        "Ce fichier n'est pas un relevé que nous savons lire. Demandez à votre banque un relevé au format CAMT.053 (fichier .xml).",
        "This file is not a statement we can read. Ask your bank for a CAMT.053 statement (an .xml file).")
    { Field = "file" };

    public static Reason EmptyFile { get; } = new("statement-empty", "Choisissez le fichier de relevé donné par votre banque.", "Choose the statement file your bank gave you.") { Field = "file" };

    public static Reason LineUnknown { get; } = new("not-found", "Cette ligne de banque n'existe pas ou plus. Rechargez la page.", "This bank line does not exist. Reload the page.");

    public static Reason MatchUnknown { get; } = new("not-found", "Ce rapprochement n'existe pas. Rechargez la page.", "This match does not exist. Reload the page.");

    public static Reason CandidateGone { get; } = new(
        "candidate-gone",
        "Cette pièce n'est plus en attente : quelqu'un l'a peut-être déjà rapprochée. Rechargez la page.",
        "This document is no longer open: somebody may have matched it already. Reload the page.");

    public static Reason FeeIsMoneyOut { get; } = new(
        "fee-is-money-out",
        "Des frais sont une somme qui sort du compte ; cette ligne est une entrée.",
        "A fee leaves the account; this line is money coming in.");
}
