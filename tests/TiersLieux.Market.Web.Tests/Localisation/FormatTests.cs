using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Web.Localisation;
using Xunit;

namespace TiersLieux.Market.Web.Tests.Localisation;

public sealed class FormatTests
{
    private const string Nb = "\u00A0";
    private const string Thin = "\u202F";
    private static readonly Format French = new("fr");
    private static readonly Format English = new("en-GB");

    [Theory]
    [InlineData(123_456, $"1{Thin}234,56{Nb}€", "€1,234.56")]
    [InlineData(0, $"0,00{Nb}€", "€0.00")]
    [InlineData(-5, $"\u22120,05{Nb}€", "\u2212€0.05")]
    [InlineData(123_456_789_01, $"123{Thin}456{Thin}789,01{Nb}€", "€123,456,789.01")]
    public void Money_is_written_to_the_cent(long cents, string french, string english)
    {
        Assert.Equal(french, French.Money(new Money(cents)));
        Assert.Equal(english, English.Money(new Money(cents)));
    }

    [Fact]
    public void Money_of_another_currency_shows_its_code()
    {
        Assert.Equal($"12,00{Nb}CHF", French.Money(new Money(1200, "CHF")));
        Assert.Equal($"CHF{Nb}12.00", English.Money(new Money(1200, "CHF")));
    }

    [Fact]
    public void Dates_have_day_month_and_year_in_words()
    {
        var date = new DateOnly(2026, 11, 24);
        Assert.Equal("mar. 24 nov. 2026", French.Date(date));
        Assert.Equal("Tue 24 Nov 2026", English.Date(date));
        Assert.Equal("mardi 24 novembre 2026", French.LongDate(date));
        Assert.Equal("novembre 2026", French.Month(date));
        Assert.Equal("sam. 1er août 2026", French.Date(new DateOnly(2026, 8, 1)));
    }

    [Fact]
    public void Instants_are_shown_in_Paris_in_winter_and_in_summer()
    {
        Assert.Equal($"mar. 24 nov. 2026, 14{Nb}h{Nb}30", French.DateTime(Utc(2026, 11, 24, 13, 30)));
        Assert.Equal($"mer. 15 juil. 2026, 9{Nb}h", French.DateTime(Utc(2026, 7, 15, 7, 0)));
        Assert.Equal("Wed 15 Jul 2026, 09:00", English.DateTime(Utc(2026, 7, 15, 7, 0)));
        Assert.Equal($"jeu. 1er janv. 2026, 0{Nb}h{Nb}05", French.DateTime(Utc(2025, 12, 31, 23, 5)));
    }

    [Fact]
    public void An_interval_names_its_day_once_when_it_stays_within_it()
    {
        Assert.Equal($"mar. 24 nov. 2026, 9{Nb}h – 11{Nb}h{Nb}30", French.Interval(new Interval(Utc(2026, 11, 24, 8, 0), Utc(2026, 11, 24, 10, 30))));
        Assert.Equal($"mar. 24 nov. 2026, 22{Nb}h – mer. 25 nov. 2026, 1{Nb}h", French.Interval(new Interval(Utc(2026, 11, 24, 21, 0), Utc(2026, 11, 25, 0, 0))));
    }

    [Theory]
    [InlineData(0, $"0{Nb}min")]
    [InlineData(45, $"45{Nb}min")]
    [InlineData(60, $"1{Nb}h")]
    [InlineData(150, $"2{Nb}h{Nb}30")]
    [InlineData(125, $"2{Nb}h{Nb}05")]
    [InlineData(1440, $"1{Nb}j")]
    [InlineData(3000, $"2{Nb}j 2{Nb}h")]
    [InlineData(-45, $"\u221245{Nb}min")]
    public void Durations_are_in_words(int minutes, string expected) =>
        Assert.Equal(expected, French.Duration(TimeSpan.FromMinutes(minutes)));

    [Fact]
    public void Seconds_round_up_to_a_minute() =>
        Assert.Equal($"1{Nb}min", French.Duration(TimeSpan.FromSeconds(5)));

    [Fact]
    public void Counts_take_the_noun_in_the_right_number()
    {
        Assert.Equal($"0{Nb}atelier", French.Count(0, "atelier", "ateliers"));
        Assert.Equal($"1{Nb}atelier", French.Count(1, "atelier", "ateliers"));
        Assert.Equal($"3{Nb}ateliers", French.Count(3, "atelier", "ateliers"));
        Assert.Equal($"0{Nb}workshops", English.Count(0, "workshop", "workshops"));
        Assert.Equal($"1{Nb}workshop", English.Count(1, "workshop", "workshops"));
    }

    [Fact]
    public void Quantities_lose_their_trailing_zeros()
    {
        Assert.Equal($"0,5{Nb}m²", French.Quantity(0.50m, "m²"));
        Assert.Equal($"2{Thin}000{Nb}pièces", French.Quantity(2000m, "pièces"));
        Assert.Equal($"20{Nb}%", French.Percent(0.2m));
        Assert.Equal("5.5%", English.Percent(0.055m));
    }

    [Theory]
    [InlineData("0", "0 km")]
    [InlineData("3.24", "3,2 km")]
    [InlineData("12.5", "13 km")]
    [InlineData("142.4", "142 km")]
    public void Kilometres_have_a_decimal_only_when_near(string km, string expected) =>
        Assert.Equal(expected.Replace(' ', '\u00A0'), French.Kilometres(decimal.Parse(km, System.Globalization.CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("0", "0 kg")]
    [InlineData("0.025", "25 g")]
    [InlineData("2.5", "2,5 kg")]
    [InlineData("1250", "1,25 t")]
    public void Mass_takes_the_unit_that_reads_best(string kilograms, string expected) =>
        Assert.Equal(expected.Replace(' ', '\u00A0'), French.Mass(decimal.Parse(kilograms, System.Globalization.CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData(0, "aujourd’hui", "today")]
    [InlineData(1, "demain", "tomorrow")]
    [InlineData(-1, "hier", "yesterday")]
    [InlineData(3, $"dans 3{Nb}jours", $"in 3{Nb}days")]
    [InlineData(-6, $"il y a 6{Nb}jours", $"6{Nb}days ago")]
    [InlineData(7, "mar. 1er déc. 2026", "Tue 1 Dec 2026")]
    public void Near_days_are_named_from_today(int days, string french, string english)
    {
        var today = new DateOnly(2026, 11, 24);
        Assert.Equal(french, French.RelativeDay(today.AddDays(days), today));
        Assert.Equal(english, English.RelativeDay(today.AddDays(days), today));
    }

    private static DateTime Utc(int year, int month, int day, int hour, int minute) => new(year, month, day, hour, minute, 0, DateTimeKind.Utc);
}
