using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Grains.Common;

/// <summary>Refusals that several grains give.</summary>
internal static class Reasons
{
    public static Reason SignIn { get; } = new("sign-in-first", "Connectez-vous pour continuer.", "Sign in to go on.");

    public static Reason Unknown { get; } = new("not-found", "Nous ne trouvons pas ce que vous cherchez. L'adresse est peut-être incomplète.", "We can't find what you are looking for. The address may be incomplete.");

    public static Reason NotYours { get; } = new("not-allowed", "Vous n'avez pas le droit de faire cela. Demandez à la personne qui gère votre structure.", "You may not do this. Ask the person who manages your organisation.");

    public static Reason SlotTaken { get; } = new(
        "slot-taken",
        "Quelqu'un vient de prendre un des créneaux. Rien n'a été commandé : demandez un nouveau devis, il tient compte de ce changement.",
        "Somebody has just taken one of the slots. Nothing was ordered: ask for a new quote, it takes the change into account.");
}
