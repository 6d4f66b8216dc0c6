using TiersLieux.Market.Domain.Network;

namespace TiersLieux.Market.Domain.Billing;

/// <summary>
/// The sentences on payment that the law asks for (art. L441-9, L441-10 and D441-5 of the code de commerce), as rows
/// dated by the day they start to apply.
/// </summary>
/// <param name="Penalties">Late penalties between businesses (PMD).</param>
/// <param name="PublicPenalties">Late interest owed by public bodies (PMD).</param>
/// <param name="Recovery">Fixed indemnity for recovery costs (PMT).</param>
/// <param name="Discount">Terms of early payment (AAB).</param>
public sealed record LegalTerms(DateOnly From, string Penalties, string PublicPenalties, string Recovery, string Discount)
{
    private static readonly LegalTerms[] Rows =
    [
        new(new DateOnly(2013, 1, 1),
            "En cas de retard de paiement : pénalités au taux de refinancement de la Banque centrale européenne majoré de "
            + "10 points, exigibles sans rappel (art. L441-10 du code de commerce).",
            "En cas de retard de paiement : intérêts moratoires au taux de refinancement de la Banque centrale européenne "
            + "majoré de 8 points (art. R2192-31 du code de la commande publique).",
            "Indemnité forfaitaire pour frais de recouvrement : 40\u00a0€.",
            "Pas d'escompte pour paiement anticipé."),
    ];

    /// <summary>The sentences in force on a day.</summary>
    public static LegalTerms On(DateOnly date) => Rows.Last(r => r.From <= date || r == Rows[0]);

    internal IReadOnlyList<InvoiceMention> MentionsFor(InvoiceDraft draft, char nature)
    {
        var rows = new List<(string Subject, string Text)>();
        if (draft.Kind.IsSelfBilled())
            rows.Add(("REG", $"Autofacturation : document établi par {draft.Buyer.Name} au nom et pour le compte de {draft.Seller.Name}."));
        rows.Add(("REG", nature switch
        {
            'B' => "Nature de l'opération : livraison de biens.",
            'S' => "Nature de l'opération : prestation de services.",
            _ => "Nature de l'opération : livraison de biens et prestation de services.",
        }));
        if (draft.Seller.Regime == VatRegime.NormalOnDebits)
            rows.Add(("TXD", "Option pour le paiement de la taxe d'après les débits."));
        rows.Add(("AAB", Discount));
        if (draft.Buyer.Kind != PartyKind.Consumer)
        {
            rows.Add(("PMD", draft.Buyer.Kind == PartyKind.PublicBody ? PublicPenalties : Penalties));
            rows.Add(("PMT", Recovery));
        }

        return [.. rows.Select((r, i) => new InvoiceMention(i + 1, r.Subject, r.Text))];
    }
}
