using System.Globalization;
using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;

namespace TiersLieux.Market.Storage.Seeding;

/// <summary>
/// One row of a seed table, read cell by cell. A cell that cannot be read notes its fault and gives a harmless value, so that one reading finds
/// every fault of a folder; nothing is stored once there is one.
/// </summary>
internal sealed class SeedRow(string file, int line, IReadOnlyDictionary<string, string> cells, List<SeedFault> faults)
{
    public int Line => line;

    public IReadOnlyDictionary<string, string> Cells => cells;

    public string this[string column] => cells[column];

    public bool IsBlank(string column) => cells[column].Length == 0;

    public void Refuse(string column, string code, string french, string english) => Refuse(column, new Reason(code, french, english) { Field = column });

    public void Refuse(string column, Reason reason) => faults.Add(new SeedFault(file, line, column, reason));

    public string Text(string column)
    {
        if (IsBlank(column)) Refuse(column, "seed-empty", $"La colonne {column} est vide : remplissez-la.", $"Column {column} is empty: fill it in.");
        return cells[column];
    }

    public string? Optional(string column) => IsBlank(column) ? null : cells[column];

    /// <summary>The columns <c>x_fr</c> and <c>x_en</c>.</summary>
    public Text Bilingual(string column) => new(Text(column + "_fr"), Text(column + "_en"));

    public Text? OptionalBilingual(string column) => IsBlank(column + "_fr") && IsBlank(column + "_en") ? null : Bilingual(column);

    public decimal Number(string column, decimal minimum, decimal maximum)
    {
        if (decimal.TryParse(cells[column], NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            && value >= minimum && value <= maximum)
        {
            return value;
        }

        Refuse(column, "seed-number",
            FormattableString.Invariant($"« {cells[column]} » : écrivez un nombre de {minimum} à {maximum}, avec un point pour les décimales."),
            FormattableString.Invariant($"\"{cells[column]}\": write a number from {minimum} to {maximum}, with a point for decimals."));
        return minimum;
    }

    public int Whole(string column, int minimum, int maximum)
    {
        var value = Number(column, minimum, maximum);
        if (value == decimal.Truncate(value)) return (int)value;
        Refuse(column, "seed-whole", $"« {cells[column]} » : écrivez un nombre entier.", $"\"{cells[column]}\": write a whole number.");
        return minimum;
    }

    public int? OptionalWhole(string column, int minimum, int maximum) => IsBlank(column) ? null : Whole(column, minimum, maximum);

    /// <summary>Whole cents of euro; blank is 0.</summary>
    public Money Cents(string column) => IsBlank(column) ? Money.Zero : new Money(Whole(column, 0, 100_000_000));

    public decimal VatRate(string column)
    {
        var rate = Number(column, 0, 100);
        if (rate is not (20m or 10m or 5.5m or 2.1m or 0m))
            Refuse(column, "seed-vat-rate", $"« {cells[column]} » n'est pas un taux de TVA : 20, 10, 5.5, 2.1 ou 0.", $"\"{cells[column]}\" is no VAT rate: 20, 10, 5.5, 2.1 or 0.");
        return rate;
    }

    public bool YesNo(string column) => Choice(column, ("yes", true), ("no", false));

    public T Choice<T>(string column, params ReadOnlySpan<(string Name, T Value)> choices) => Choose(column, cells[column], choices);

    public T Choose<T>(string column, string text, params ReadOnlySpan<(string Name, T Value)> choices)
    {
        var names = new List<string>(choices.Length);
        foreach (var (name, value) in choices)
        {
            if (string.Equals(name, text, StringComparison.Ordinal)) return value;
            names.Add(name);
        }

        var known = string.Join(", ", names);
        Refuse(column, "seed-choice", $"« {text} » n'est pas prévu dans {column} : écrivez {known}.", $"\"{text}\" is not foreseen in {column}: write {known}.");
        return choices[0].Value;
    }

    public DateOnly Date(string column)
    {
        if (DateOnly.TryParseExact(cells[column], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return date;
        Refuse(column, "seed-date", $"« {cells[column]} » : écrivez une date sous la forme 2026-01-31.", $"\"{cells[column]}\": write a date as 2026-01-31.");
        return new DateOnly(2000, 1, 1);
    }

    public TimeOnly Time(string column)
    {
        if (TimeOnly.TryParseExact(cells[column], "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)) return time;
        Refuse(column, "seed-time", $"« {cells[column]} » : écrivez une heure sous la forme 18:00.", $"\"{cells[column]}\": write a time as 18:00.");
        return TimeOnly.MinValue;
    }

    public WeeklyHours Hours(string column)
    {
        Text(column);
        if (WeeklyHours.TryParse(cells[column], out var hours, out var reason)) return hours;
        Refuse(column, reason);
        return WeeklyHours.Never;
    }

    public string[] List(string column) => cells[column].Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public GeoPoint Position() => new((double)Number("lat", -90, 90), (double)Number("lon", -180, 180));

    public PositionPrecision Precision(string column) => Choice(column,
        ("address", PositionPrecision.Address), ("commune", PositionPrecision.Commune), ("approximate", PositionPrecision.Approximate));

    /// <summary>An identifier with a check digit; blank is none.</summary>
    public string? Identifier(string column, Func<string?, IdentifierCheck> check)
    {
        if (IsBlank(column)) return null;
        switch (check(cells[column]))
        {
            case IdentifierCheck.Valid(var value): return value;
            case IdentifierCheck.Refused(var reason): Refuse(column, reason); break;
        }

        return null;
    }

    /// <summary>Pairs <c>number:number</c>, as steps and price breaks are written.</summary>
    public IReadOnlyList<(decimal From, decimal Value)> Pairs(string column)
    {
        var pairs = new List<(decimal From, decimal Value)>();
        foreach (var part in List(column))
        {
            var ends = part.Split(':');
            if (ends.Length == 2
                && decimal.TryParse(ends[0], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var from)
                && decimal.TryParse(ends[1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
                && (pairs.Count == 0 || pairs[^1].From < from))
            {
                pairs.Add((from, value));
            }
            else
            {
                Refuse(column, "seed-steps", $"« {part} » : écrivez des paliers croissants « à partir de:centimes », par exemple 1:1700;20:1400.", $"\"{part}\": write ascending steps \"from:cents\", for instance 1:1700;20:1400.");
            }
        }

        return pairs;
    }
}
