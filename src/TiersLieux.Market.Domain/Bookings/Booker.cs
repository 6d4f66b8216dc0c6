using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;

namespace TiersLieux.Market.Domain.Bookings;

/// <summary>Which of a tariff's prices applies.</summary>
public enum Audience
{
    Member,
    Professional,
    Public,
}

/// <summary>Who wants to book, with all that decides whether they may.</summary>
/// <param name="Memberships">
/// The person's memberships of active places. One of any place counts in every other (the passport); the host place bills the stay.
/// </param>
/// <param name="Credentials">Granted by any place of the network.</param>
/// <param name="Own">The person's other bookings that take time.</param>
public sealed record Booker(
    bool IsBusiness,
    bool HasApprovedTerms,
    IReadOnlyList<Membership> Memberships,
    IReadOnlyList<Credential> Credentials,
    IReadOnlyList<Interval> Own)
{
    public bool IsMemberOn(DateOnly day) => Memberships.Any(m => m.InForce(day));

    public Audience AudienceOn(DateOnly day) => IsMemberOn(day) ? Audience.Member : IsBusiness ? Audience.Professional : Audience.Public;

    /// <summary>Whether the organisation may settle at the end of the month instead of by card.</summary>
    public bool HasAccountOn(DateOnly day) => HasApprovedTerms || (IsBusiness && IsMemberOn(day));
}
