namespace TiersLieux.Market.Domain.Payments;

/// <summary>
/// The key under which one operation of ours is known at the provider, however often it is sent. It is derived from the
/// operation's own id and stored with it, so that a retry after a crash is the same operation.
/// </summary>
/// <param name="Value">At most 255 characters, the same on every attempt.</param>
/// <param name="Since">UTC instant from which it may have been sent.</param>
public readonly record struct OperationKey(string Value, DateTime Since)
{
    /// <summary>The provider forgets keys after 24 hours; an hour is kept for clocks and slow networks.</summary>
    public static TimeSpan Memory { get; } = TimeSpan.FromHours(23);

    /// <summary>True when the provider may have forgotten the key: look for the operation before sending it again.</summary>
    public bool MayBeForgotten(DateTime now) => now - Since >= Memory;

    internal static string For(string kind, Guid id, int attempt) =>
        attempt == 1 ? $"{kind}-{id:N}" : FormattableString.Invariant($"{kind}-{id:N}-{attempt}");
}
