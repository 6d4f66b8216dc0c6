using System.Text.Json;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Storage.Model;

/// <summary>Instants are UTC in the program and in the database.</summary>
internal sealed class UtcDateTimeConverter() : ValueConverter<DateTime, DateTime>(
    value => DateTime.SpecifyKind(value, DateTimeKind.Utc),
    value => DateTime.SpecifyKind(value, DateTimeKind.Utc));

/// <summary>Whole cents of euro; the market has one currency, and another one must not slip in unseen.</summary>
internal sealed class MoneyConverter() : ValueConverter<Money, long>(value => Cents(value), value => new Money(value, "EUR"))
{
    private static long Cents(Money money) => money.Currency == "EUR"
        ? money.Cents
        : throw new InvalidOperationException($"Only euro amounts are stored, not {money.Currency}.");
}

internal sealed class WeeklyHoursConverter() : ValueConverter<WeeklyHours, string>(value => value.ToString(), value => WeeklyHours.Parse(value));

/// <summary>Values that belong to one row and are only read with it are one JSON column.</summary>
public static class JsonColumn
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web);

    public static PropertyBuilder<T> HasJson<T>(this PropertyBuilder<T> property)
        where T : class?
    {
        property.HasConversion(
            value => JsonSerializer.Serialize(value, Options),
            text => JsonSerializer.Deserialize<T>(text, Options)!,
            new ValueComparer<T>(
                (a, b) => JsonSerializer.Serialize(a, Options) == JsonSerializer.Serialize(b, Options),
                value => JsonSerializer.Serialize(value, Options).GetHashCode(StringComparison.Ordinal),
                value => JsonSerializer.Deserialize<T>(JsonSerializer.Serialize(value, Options), Options)!));
        return property;
    }
}
