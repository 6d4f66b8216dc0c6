using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;

namespace TiersLieux.Market.Domain.Billing;

/// <summary>What stops a document from being issued. Each check answers with the first thing wrong, or null.</summary>
internal static class InvoiceRules
{
    private const int LongestNumber = 35;
    private const int MostPriceDecimals = 4;

    public static Reason? CheckDraft(InvoiceDraft draft) =>
        CheckParty(draft.Seller, "seller", "le vendeur", "the seller", mustHaveSiren: false)
        ?? CheckParty(draft.Buyer, "buyer", "le client", "the customer", draft.Kind.IsSelfBilled())
        ?? CheckSeller(draft)
        ?? CheckDates(draft)
        ?? CheckLines(draft)
        ?? CheckLinks(draft);

    /// <param name="mustHaveSiren">Even abroad or private: who writes a self-billed document lends its SIREN to the number.</param>
    private static Reason? CheckParty(Party party, string field, string french, string english, bool mustHaveSiren)
    {
        if (string.IsNullOrWhiteSpace(party.Name))
            return new Reason("party-name-missing", $"Il manque le nom : complétez {french}.", $"The name is missing: complete {english}.")
            { Field = field + ".name" };
        if (string.IsNullOrWhiteSpace(party.Address.Street) || string.IsNullOrWhiteSpace(party.Address.PostalCode)
            || string.IsNullOrWhiteSpace(party.Address.City))
            return new Reason("party-address-missing",
                $"L'adresse de {party.Name} est incomplète. Ajoutez rue, code postal et commune.",
                $"The address of {party.Name} is incomplete. Add street, postcode and town.")
            { Field = field + ".address" };
        var needsSiren = mustHaveSiren || party.Kind != PartyKind.Consumer && party.Address.CountryCode == "FR";
        if (needsSiren && string.IsNullOrWhiteSpace(party.Siren))
            return new Reason("siren-missing",
                $"Le SIREN de {party.Name} manque. Il est obligatoire sur une facture entre professionnels : ajoutez-le à la fiche.",
                $"The SIREN of {party.Name} is missing. An invoice between businesses must show it: add it to the organisation.")
            { Field = field + ".siren" };
        if (party.Siren is { } siren && (siren.Length != 9 || !siren.All(char.IsAsciiDigit)))
            return new Reason("siren-malformed", $"Le SIREN de {party.Name} doit compter neuf chiffres.", $"The SIREN of {party.Name} must have nine digits.")
            { Field = field + ".siren" };
        if (party.Siret is { } siret && (siret.Length != 14 || !siret.All(char.IsAsciiDigit)
            || (party.Siren is not null && !siret.StartsWith(party.Siren, StringComparison.Ordinal))))
            return new Reason("siret-malformed",
                $"Le SIRET de {party.Name} doit compter quatorze chiffres et commencer par son SIREN.",
                $"The SIRET of {party.Name} must have fourteen digits and start with its SIREN.")
            { Field = field + ".siret" };
        return null;
    }

    private static Reason? CheckSeller(InvoiceDraft draft)
    {
        if (draft.Seller.Kind == PartyKind.Consumer)
            return new Reason("seller-not-a-business", "Un particulier ne peut pas être le vendeur d'une facture.", "A private person cannot be the seller of an invoice.")
            { Field = "seller" };
        var taxable = draft.Seller.Regime is VatRegime.Normal or VatRegime.NormalOnDebits;
        return taxable && string.IsNullOrWhiteSpace(draft.Seller.VatNumber)
            ? new Reason("vat-number-missing",
                $"{draft.Seller.Name} est redevable de la TVA : son numéro de TVA doit figurer sur la facture. Ajoutez-le à la fiche.",
                $"{draft.Seller.Name} is liable to VAT: its VAT number must be on the invoice. Add it to the organisation.")
            { Field = "seller.vatNumber" }
            : null;
    }

    private static Reason? CheckDates(InvoiceDraft draft) =>
        draft.DueDate < draft.IssueDate
            ? new Reason("due-before-issue",
                $"L'échéance du {BillingText.Date(draft.DueDate.Value)} précède la date de facture. Choisissez une échéance au plus tôt le {BillingText.Date(draft.IssueDate)}.",
                "The due date is before the invoice date. Choose a later due date.")
            { Field = "dueDate" }
            : null;

    private static Reason? CheckLines(InvoiceDraft draft)
    {
        if (draft.Lines.Count == 0)
            return new Reason("no-lines", "La facture n'a aucune ligne. Ajoutez-en au moins une.", "The invoice has no line. Add at least one.")
            { Field = "lines" };
        for (var i = 0; i < draft.Lines.Count; i++)
        {
            var line = draft.Lines[i];
            var field = FormattableString.Invariant($"lines[{i}]");
            var place = FormattableString.Invariant($"{i + 1}");
            if (string.IsNullOrWhiteSpace(line.Description))
                return new Reason("line-description-missing", $"La ligne {place} n'a pas de désignation.", $"Line {place} has no description.")
                { Field = field + ".description" };
            if (line.Quantity <= 0)
                return new Reason("line-quantity", $"La quantité de la ligne {place} doit être positive.", $"The quantity of line {place} must be positive.")
                { Field = field + ".quantity" };
            if (line.UnitPrice < 0 || decimal.Round(line.UnitPrice, MostPriceDecimals) != line.UnitPrice)
                return new Reason("line-price",
                    $"Le prix unitaire de la ligne {place} doit être positif, avec quatre décimales au plus.",
                    $"The unit price of line {place} must be positive, with four decimals at most.")
                { Field = field + ".unitPrice" };
            if (line.Discount < Money.Zero || InvoiceTotals.NetOf(line) < Money.Zero)
                return new Reason("line-discount",
                    $"La remise de la ligne {place} doit être comprise entre zéro et le montant de la ligne.",
                    $"The discount of line {place} must lie between zero and the amount of the line.")
                { Field = field + ".discount" };
        }

        return null;
    }

    private static Reason? CheckLinks(InvoiceDraft draft)
    {
        if (draft.Kind.IsCredit() || draft.Kind == DocumentKind.Corrective)
        {
            if (draft.Corrects is not { } corrected)
                return new Reason("corrected-missing", "Indiquez la facture que ce document corrige.", "Name the invoice that this document corrects.")
                { Field = "corrects" };
            if (draft.IssueDate < corrected.IssueDate)
                return new Reason("before-corrected",
                    $"Ce document ne peut pas être daté avant la facture {corrected.Number} du {BillingText.Date(corrected.IssueDate)}.",
                    $"This document cannot be dated before invoice {corrected.Number}.")
                { Field = "issueDate" };
        }

        if (draft.Deposits.Count > 0 && draft.Kind != DocumentKind.Invoice)
            return new Reason("deposit-misplaced", "Seule une facture définitive peut déduire un acompte.", "Only a final invoice can take off a deposit.")
            { Field = "deposits" };
        return draft.AlreadyPaid < Money.Zero || draft.Deposits.Any(d => d.Basis < Money.Zero || d.Tax < Money.Zero)
            ? new Reason("prepaid-negative", "Un montant déjà réglé ne peut pas être négatif.", "An amount already paid cannot be negative.")
            { Field = "alreadyPaid" }
            : null;
    }

    public static Reason? CheckSeries(InvoiceDraft draft, NumberSeries series, IssueContext context)
    {
        var expected = NumberSeries.PrefixFor(draft.Kind, draft.Buyer.Siren);
        var fits = draft.Kind.IsSelfBilled() ? series.Prefix == expected : !series.IsSelfBilled;
        if (series.SellerId != draft.SellerId || !fits || series.Year != draft.IssueDate.Year)
            return new Reason("wrong-series",
                $"La série {series.Prefix}-{series.Year} n'est pas celle de ce document : il attend {expected}-{draft.IssueDate.Year} de {draft.Seller.Name}.",
                $"Series {series.Prefix}-{series.Year} is not that of this document: it needs {expected}-{draft.IssueDate.Year} of {draft.Seller.Name}.");
        var number = series.FormatNext();
        if (number.Length > LongestNumber || !number.All(c => char.IsAsciiLetterOrDigit(c) || " -+_/".Contains(c)))
            return new Reason("number-malformed",
                $"Le numéro {number} dépasse {LongestNumber} caractères ou contient un signe interdit. Raccourcissez le préfixe de la série.",
                $"The number {number} is over {LongestNumber} characters or has a forbidden sign. Shorten the prefix of the series.");
        if (series.LastIssueDate > draft.IssueDate)
            return new Reason("not-chronological",
                $"La dernière facture de la série est datée du {BillingText.Date(series.LastIssueDate.Value)}. Choisissez cette date ou une date plus tardive.",
                "The last invoice of the series has a later date. Choose that date or a later one.")
            { Field = "issueDate" };
        if (context.ClosedThrough >= draft.IssueDate)
            return new Reason("period-closed",
                $"La période est clôturée jusqu'au {BillingText.Date(context.ClosedThrough.Value)}. Datez la facture du premier jour ouvert.",
                "The period is closed. Date the invoice on the first open day.")
            { Field = "issueDate" };
        return draft.IssueDate > ParisTime.DateOf(context.IssuedAt)
            ? new Reason("issue-in-future", "Une facture ne peut pas être datée dans l'avenir.", "An invoice cannot be dated in the future.")
            { Field = "issueDate" }
            : null;
    }

    public static Reason? CheckTreatment(InvoiceDraft draft, VatTreatment treatment)
    {
        var taxable = draft.Seller.Regime is VatRegime.Normal or VatRegime.NormalOnDebits;
        var consistent = treatment.Category == "S"
            ? taxable && treatment.RatePercent > 0
            : treatment.RatePercent == 0 && treatment.ExemptionCode is not null;
        // A credit note repeats what its invoice said, whatever became of the seller's regime since.
        return consistent || draft.Kind.IsCredit()
            ? null
            : new Reason("vat-case-impossible",
                $"{draft.Seller.Name} ne peut pas facturer la TVA de cette façon. Vérifiez son régime de TVA et le motif d'exonération.",
                $"{draft.Seller.Name} cannot charge VAT in this way. Check its VAT regime and the ground of exemption.");
    }

    public static Reason? CheckTotals(InvoiceDraft draft, InvoiceTotals totals)
    {
        if (totals.Payable < Money.Zero)
            return new Reason("negative-total",
                $"Les montants déjà réglés ({BillingText.Amount(totals.Prepaid)}) dépassent le total ({BillingText.Amount(totals.InclTax)}). Établissez un avoir pour la différence.",
                "What was already paid exceeds the total. Issue a credit note for the difference.");
        if (!draft.Kind.IsCredit() || draft.Corrects is not { } corrected) return null;
        var left = corrected.InclTax - corrected.AlreadyCredited;
        return totals.InclTax > left
            ? new Reason("credit-above-invoice",
                $"L'avoir de {BillingText.Amount(totals.InclTax)} dépasse ce qui reste de la facture {corrected.Number} : {BillingText.Amount(left)}.",
                $"The credit of {BillingText.Amount(totals.InclTax)} exceeds what is left of invoice {corrected.Number}: {BillingText.Amount(left)}.")
            : null;
    }
}
