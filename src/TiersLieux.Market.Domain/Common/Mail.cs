using System.Text.RegularExpressions;

namespace TiersLieux.Market.Domain.Common;

/// <summary>One message to one person.</summary>
/// <param name="OperationId">Of what sends it; a retry carries the same, and so is the same message (same Message-ID) wherever it arrives.</param>
/// <param name="To">An address, without a display name.</param>
/// <param name="HtmlBody">The same as the text body for those who read HTML; null to send text alone.</param>
public sealed partial record Mail(string OperationId, string To, string Subject, string TextBody, string? HtmlBody = null)
{
    public IReadOnlyList<MailAttachment> Attachments { get; init; } = [];

    /// <summary>What keeps the message from being sent, or null. A line break in a header would let a name add recipients or hide text.</summary>
    public Reason? Fault()
    {
        if (!OperationPattern.IsMatch(OperationId))
        {
            return new Reason(
                "mail-operation",
                "Ce message n'a pas d'identifiant d'envoi valable : lettres, chiffres, point, tiret, 100 caractères au plus.",
                "This message has no valid sending id: letters, digits, dot, hyphen, 100 characters at most.");
        }

        if (To.Length > 254 || !AddressPattern.IsMatch(To))
        {
            return new Reason(
                "mail-address",
                "L'adresse électronique n'est pas valable. Écrivez-la sous la forme nom@domaine.fr.",
                "The e-mail address is not valid. Write it as name@domain.org.") { Field = "to" };
        }

        if (Subject.Length is 0 or > 200 || Subject.Any(char.IsControl))
        {
            return new Reason(
                "mail-subject",
                "L'objet du message doit tenir sur une ligne de 1 à 200 caractères.",
                "The subject must be one line of 1 to 200 characters.") { Field = "subject" };
        }

        return Attachments.Any(a => a.FileName.Length is 0 or > 120 || a.FileName.Any(c => char.IsControl(c) || c is '/' or '\\' or '"') || !MediaTypePattern.IsMatch(a.MediaType))
            ? new Reason(
                "mail-attachment",
                "Une pièce jointe a un nom ou un type non valable : pas de barre oblique, de guillemet ni de retour à la ligne.",
                "An attachment has an invalid name or type: no slash, quotation mark or line break.") { Field = "attachments" }
            : null;
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9.\-]{0,99}\z", RegexOptions.None, 1000)]
    private static partial Regex OperationPattern { get; }

    [GeneratedRegex(@"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~\-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9\-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9\-]*[A-Za-z0-9])?)+\z", RegexOptions.None, 1000)]
    private static partial Regex AddressPattern { get; }

    [GeneratedRegex(@"^[a-z0-9.+\-]+/[a-z0-9.+\-]+\z", RegexOptions.None, 1000)]
    private static partial Regex MediaTypePattern { get; }
}

/// <param name="FileName">What the reader sees; no path.</param>
public sealed record MailAttachment(string FileName, string MediaType, ReadOnlyMemory<byte> Content);
