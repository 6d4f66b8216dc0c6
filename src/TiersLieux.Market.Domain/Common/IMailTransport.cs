namespace TiersLieux.Market.Domain.Common;

/// <summary>Hands a message over. The same operation sent again is the same message: readers never see it twice where the way there can tell.</summary>
public interface IMailTransport
{
    Task<MailResult> Send(Mail mail, CancellationToken cancellation = default);
}

public abstract record MailResult
{
    private MailResult()
    {
    }

    /// <param name="MessageId">As in the header, with its angle brackets.</param>
    public sealed record Sent(string MessageId) : MailResult;

    /// <summary>It will never be accepted as it is (address, header, size).</summary>
    public sealed record Refused(Reason Reason) : MailResult;

    /// <summary>Try again later.</summary>
    public sealed record Unavailable(Reason Reason) : MailResult;
}
