using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Domain.Capacity;

/// <summary>The producing unit in a place: its people-hours, rates and how it takes orders.</summary>
public sealed class Workshop
{
    private Workshop() { }

    public Workshop(Guid id, string code, string name, Guid placeId, Guid organisationId, WeeklyHours hours)
    {
        Id = id;
        Code = code;
        Name = name;
        PlaceId = placeId;
        OrganisationId = organisationId;
        Hours = hours;
    }

    public Guid Id { get; private set; }

    public string Code { get; private set; } = "";

    public string Name { get; private set; } = "";

    public Guid PlaceId { get; private set; }

    public Guid OrganisationId { get; private set; }

    /// <summary>When its people work, Paris time.</summary>
    public WeeklyHours Hours { get; private set; } = null!;

    /// <summary>Minutes of attended work it can give on a working day.</summary>
    public int PeopleMinutesPerDay { get; init; }

    /// <summary>Per hour of attended work, excl. VAT.</summary>
    public Money LabourRate { get; init; }

    /// <summary>Hours between an order and the earliest start.</summary>
    public int NoticeHours { get; init; }

    /// <summary>Its share of an order is at least this, excl. VAT.</summary>
    public Money MinimumOrder { get; init; }

    /// <summary>Hours it has to accept or decline a work order before it counts as declined.</summary>
    public int AnswerHours { get; init; } = 24;

    public Text? Description { get; init; }

    public Text? Speciality { get; init; }

    /// <summary>What it adds to the network's price of a material for buying and storing it.</summary>
    public decimal MaterialMarginPercent { get; init; }

    /// <summary>Work orders that fit its calendar count as accepted at once.</summary>
    public bool AcceptsAutomatically { get; init; }

    /// <summary>Minutes of attended work it can promise on a date: none on public holidays and on days without hours.</summary>
    public int PeopleMinutesOn(DateOnly date) => FrenchHolidays.IsHoliday(date) || !Hours.Open(date, date.AddDays(1)).Any() ? 0 : PeopleMinutesPerDay;
}
