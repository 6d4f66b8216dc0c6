using System.Globalization;
using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Grains.Mail;

/// <summary>Amounts and dates as mails write them; instants are shown in Paris time. The same on every machine, whatever cultures it knows.</summary>
internal static class MailWording
{
    private static readonly NumberFormatInfo French = new() { NumberGroupSeparator = "\u202F", NumberDecimalSeparator = "," };

    public static Text Of(Money amount) => new(amount.Amount.ToString("N2", French) + "\u00A0€", "€" + amount.Amount.ToString("N2", CultureInfo.InvariantCulture));

    public static Text Of(DateOnly day) => new(
        day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture),
        day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture));

    public static Text Day(DateTime utc) => Of(ParisTime.DateOf(utc));

    /// <summary><c>24/11/2026 de 10:00 à 12:00</c>; over midnight both days are named.</summary>
    public static Text Of(Interval time)
    {
        var (from, to) = (Day(time.Start), Day(time.End));
        var (start, end) = (Hour(time.Start), Hour(time.End));
        return from == to
            ? new Text($"{from.French} de {start} à {end}", $"{from.English} from {start} to {end}")
            : new Text($"{from.French} à {start} au {to.French} à {end}", $"{from.English} at {start} to {to.English} at {end}");
    }

    public static Text Moment(DateTime utc) => new($"{Day(utc).French} à {Hour(utc)}", $"{Day(utc).English} at {Hour(utc)}");

    private static string Hour(DateTime utc) => ParisTime.ToLocal(utc).ToString("HH:mm", CultureInfo.InvariantCulture);
}
