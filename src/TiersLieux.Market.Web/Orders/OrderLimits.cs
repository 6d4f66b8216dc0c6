using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Web.Orders;

/// <summary>How long texts of an order may be.</summary>
public static class OrderLimits
{
    public const int Street = 200;
    public const int Name = 120;
    public const int Note = 1000;

    public static Reason StreetTooLong { get; } = TooLong("street", Street);

    /// <summary>Why a text that is too long was refused; null when it is not.</summary>
    public static Reason? Check(string field, string? text, int most) => text?.Length > most ? TooLong(field, most) : null;

    private static Reason TooLong(string field, int most) => new("text-too-long", $"Écrivez {most} caractères au plus.", $"Write {most} characters at most.") { Field = field };
}
