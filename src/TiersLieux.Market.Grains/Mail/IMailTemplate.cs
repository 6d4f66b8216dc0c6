using TiersLieux.Market.Grains.Common;
using TiersLieux.Market.Storage;

namespace TiersLieux.Market.Grains.Mail;

/// <summary>Writes the mails of one kind of notice.</summary>
internal interface IMailTemplate
{
    /// <summary>As <see cref="MailNotice.Template"/> names it.</summary>
    string Name { get; }

    /// <summary>One letter a reader; none when what it is about does not exist.</summary>
    Task<IReadOnlyList<Letter>> WriteAsync(MarketDbContext db, MailNotice notice, CancellationToken cancellation);
}
