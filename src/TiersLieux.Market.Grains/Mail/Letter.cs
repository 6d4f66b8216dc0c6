using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;

namespace TiersLieux.Market.Grains.Mail;

/// <summary>Who gets a mail, and in which language it is written.</summary>
/// <param name="Key">Tells the readers of one notice apart, so that each has a mail of their own; empty where there is only one.</param>
internal sealed record Recipient(string Email, string Name, string Language, string Key)
{
    public static Recipient Only(Person person) => new(person.Email, person.DisplayName, person.Language, "");

    public static Recipient OneOf(Person person) => new(person.Email, person.DisplayName, person.Language, person.Id.ToString("N"));

    /// <summary>The organisation's own address, where no person of it is known.</summary>
    public static Recipient Of(Organisation organisation) => new(organisation.Email, organisation.Name, "fr", "");
}

/// <summary>One mail as its template writes it: what happened, what is next, and the page that shows it.</summary>
/// <param name="Path">Of the page, from the root of the site.</param>
internal sealed record Letter(Recipient To, Text Subject, Text Happened, Text Next, string Path)
{
    public IReadOnlyList<MailAttachment> Attachments { get; init; } = [];
}
