using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Bookings;
using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Grains.Bookings;
using TiersLieux.Market.Grains.Capacity;
using TiersLieux.Market.Web.Bookings;
using TiersLieux.Market.Web.Components.Drawings;
using TiersLieux.Market.Web.Components.Forms;

namespace TiersLieux.Market.Web.Pages.Bookings;

public sealed partial class MachinePage
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    [Parameter] public string Code { get; set; } = "";
    [SupplyParameterFromQuery(Name = "jour")] private string? Jour { get; set; }
    [SupplyParameterFromQuery(Name = "debut")] private string? Debut { get; set; }
    [SupplyParameterFromQuery(Name = "duree")] private string? Duree { get; set; }
    [SupplyParameterFromQuery(Name = "places")] private string? Places { get; set; }
    [SupplyParameterFromQuery(Name = "deplacer")] private string? Deplacer { get; set; }

    [SupplyParameterFromForm(Name = "BookingId")] private string? PostedId { get; set; }
    [SupplyParameterFromForm(Name = "Start")] private string? PostedStart { get; set; }
    [SupplyParameterFromForm(Name = "Minutes")] private string? PostedMinutes { get; set; }
    [SupplyParameterFromForm(Name = "Seats")] private string? PostedSeats { get; set; }
    [SupplyParameterFromForm(Name = "Settlement")] private string? PostedSettlement { get; set; }

    private Bookable? _what;
    private BookingPerson? _who;
    private NamedBooking? _moving;
    private string _name = "";
    private IReadOnlyList<(string Label, string Href)> _trail = [];
    private DateOnly _today;
    private DateOnly _day;
    private DateOnly _week;
    private int _minutes;
    private int _seats = 1;
    private TimeSpan _length;
    private DateTime? _start;
    private bool _missed;
    private IReadOnlyList<DateTime> _starts = [];
    private IReadOnlyList<NamedSlot> _later = [];
    private IReadOnlyList<(DateOnly Day, string Says, bool None)> _days = [];
    private IReadOnlyList<FieldOption> _lengths = [];
    private IReadOnlyList<FieldOption> _startOptions = [];
    private IReadOnlyList<DayRow> _rows = [];
    private (int From, int To) _hours;
    private BookingPrice? _price;
    private IReadOnlyList<(string Label, Money Amount)> _lines = [];
    private IReadOnlyList<(bool Met, string Text)> _rules = [];
    private Reason? _blocked;
    private Reason? _refusal;
    private IReadOnlyList<NamedSlot> _alternatives = [];
    private bool _signedIn;
    private bool _hasAccount;
    private string? _credential;

    protected override async Task OnInitializedAsync()
    {
        _trail = [(L.T("Réserver", "Book"), "/reserver")];
        var what = await Calendar.FindAsync(Code);
        if (what is null || !what.IsOffered) return;
        _what = what;
        _name = BookingWords.Name(what.Resource, L);
        _trail = [.. _trail, (what.Place.Name, $"/reserver?lieu={Uri.EscapeDataString(what.Place.Code)}")];

        var actor = await Current.GetAsync();
        _signedIn = !actor.IsAnonymous;
        if (_signedIn) _who = await Desk.PersonAsync(actor.PersonId, null);
        if (_signedIn && Deplacer is not null) _moving = await OldAsync(actor);

        _today = ParisTime.DateOf(Clock.UtcNow());
        var asked = BookingWords.Day(Jour) ?? (_moving is null ? null : ParisTime.DateOf(_moving.Booking.Start));
        _day = asked is { } day && day > _today ? day : _today;
        _week = Earliest(_day.AddDays(-(((int)_day.DayOfWeek + 6) % 7)));
        var moved = _moving is null ? (int?)null : (int)(_moving.Booking.End - _moving.Booking.Start).TotalMinutes;
        _minutes = BookingCalendar.NearestLength(what.Resource, BookingWords.Whole(Duree) ?? moved);
        _length = TimeSpan.FromMinutes(_minutes);
        _seats = Math.Clamp(BookingWords.Whole(Places) ?? _moving?.Booking.Seats ?? 1, 1, what.Resource.Seats);
        _lengths = [.. BookingCalendar.Lengths(what.Resource).Append(_minutes).Distinct().Order().Select(minutes => new FieldOption(minutes.ToString(Invariant), F.Duration(TimeSpan.FromMinutes(minutes))))];

        if (what.Resource.Credential is { } kind) _credential = await CredentialAsync(kind);
        await FindTimesAsync(what, _signedIn ? actor.PersonId : null);
        if (_start is { } start) Explain(what, start);
    }

    private async Task FindTimesAsync(Bookable what, Guid? viewer)
    {
        var (from, to) = (DayRows.Whole(_week).Start, DayRows.Whole(_week.AddDays(7)).Start);
        // The booking that moves does not stand in its own way, so its time is drawn as one's own but the machine decides.
        var free = (await Calendar.FreeAsync([what], from, to))[what.Resource.Id];
        var all = Calendar.Starts(what, free, _length).ToList();
        _starts = [.. all.Where(start => ParisTime.DateOf(start) == _day)];
        _startOptions = [.. _starts.Select(start => new FieldOption(Hour(start), F.Time(start)))];

        var wanted = BookingWords.Hour(Debut) is { } hour ? ParisTime.ToUtc(_day, hour) : (DateTime?)null;
        if (_starts.Count > 0)
        {
            _start = wanted is { } at ? _starts.MinBy(start => (start - at).Duration()) : _starts[0];
            _missed = wanted is not null && _start != wanted;
        }
        else
        {
            var near = wanted ?? DayRows.Whole(_day).Start;
            _later = [.. BookingGrid.Nearest(new Interval(near, near + _length), [.. free.Select(f => new FreeInterval(f.Start, f.End))], Clock.UtcNow(), 4)
                .Where(slot => BookingRules.CheckSlot(new BookingWish(slot), what, Clock.UtcNow(), Calendar.Policy) is null)
                .Select(slot => new NamedSlot(what.Resource.Code, _name, what.Place.Name, 0, slot.Start, slot.End))];
        }

        var (timelines, _) = await Queries.TimelineAsync([what.Resource.Id], from, to, viewer);
        var selected = _start is { } chosen ? new Interval(chosen, chosen + _length) : (Interval?)null;
        var days = Enumerable.Range(0, 7).Select(_week.AddDays).ToList();
        _days = [.. days.Select(day => all.Exists(start => ParisTime.DateOf(start) == day)
            ? (day, L.T("libre", "free"), false)
            : (day, timelines[0].Open.Any(DayRows.Whole(day).Overlaps) ? L.T("complet", "full") : L.T("fermé", "closed"), true))];
        _hours = DayRows.Hours([what], timelines, days);
        _rows = [.. days.Select(day => new DayRow(
            $"{F.Weekday(day)} {F.ShortDate(day)}", null, what.Resource.Mark, DayRows.Blocks(what, day, free, timelines[0], _length, selected, L), Here(day)))];
    }

    /// <summary>What it costs and what it takes: the same rules as the machine applies, told before it is asked.</summary>
    private void Explain(Bookable what, DateTime start)
    {
        var (time, day) = (new Interval(start, start + _length), ParisTime.DateOf(start));
        var booker = _who?.Booker ?? new Booker(false, false, [], [], []);
        var (price, refusal) = BookingPrice.Of(what.Resource.Tariff!, booker.AudienceOn(day), _length, _seats, what.Seller!.Value, day);
        (_price, _refusal) = (price, refusal);
        _lines = price is null ? [] : [.. price.Lines.Select(line => (L.T(line.Label), line.ExclTax))];
        _hasAccount = _who?.OrganisationId is not null && booker.HasAccountOn(day);
        _blocked = _who is null ? null : BookingRules.CheckPerson(time, what, booker) ?? (_who.OrganisationId is null ? BookingReasons.OrganisationNeeded : null);

        var rules = new List<(bool, string)>();
        if (what.Resource.Kind is ResourceKind.Machine or ResourceKind.Equipment)
        {
            var membership = booker.Memberships.Where(m => m.InForce(day)).OrderByDescending(m => m.Until).FirstOrDefault();
            rules.Add(membership is null
                ? (false, L.T("Il faut être membre d’un lieu du réseau", "Membership of a place of the network is needed"))
                : (true, L.T($"Vous êtes membre, jusqu’au {F.Date(membership.Until)}", $"You are a member, until {F.Date(membership.Until)}")));
        }

        if (what.Resource.Credential is { } kind)
        {
            var held = booker.Credentials.Where(c => c.Kind == kind && c.InForce(day)).OrderByDescending(c => c.Until).FirstOrDefault();
            rules.Add(held is null
                ? (false, L.T($"Il faut l’habilitation « {_credential} »", $"The credential \"{_credential}\" is needed"))
                : (true, L.T($"Votre habilitation « {_credential} » vaut jusqu’au {F.Date(held.Until)}", $"Your credential \"{_credential}\" is valid until {F.Date(held.Until)}")));
        }

        if (rules.Count == 0) rules.Add((true, L.T("Ouvert à tout le monde, sans habilitation", "Open to everybody, no credential needed")));
        _rules = rules;
    }

    private async Task BookAsync()
    {
        if (_what is null || _who is null) return;
        if (!Guid.TryParse(PostedId, out var id) || PostedTime() is not { } time)
        {
            _refusal = BookingRefusals.Instant("start");
            return;
        }

        var settlement = PostedSettlement == "account" ? BookingSettlement.Account : BookingSettlement.Card;
        var outcome = await Grains.GetGrain<IMachineGrain>(_what.Resource.Id).Book(new BookTime(id, _who.Id, time.Start, time.End, BookingWords.Whole(PostedSeats) ?? 1, settlement));
        if (outcome.Booking is not { } booking) await RefuseAsync(outcome);
        else Address.NavigateTo(booking.State == BookingState.Held ? $"/pay/reservation/{booking.Reference}" : $"/reservations/{booking.Reference}?fait=reservee");
    }

    private async Task MoveAsync()
    {
        if (_what is null || _who is null || _moving is null) return;
        if (PostedTime() is not { } time)
        {
            _refusal = BookingRefusals.Instant("start");
            return;
        }

        var outcome = await Grains.GetGrain<IMachineGrain>(_what.Resource.Id).MoveBooking(new MoveTime(_moving.Booking.Id, _who.Id, time.Start, time.End));
        if (outcome.Booking is not { } booking) await RefuseAsync(outcome);
        else Address.NavigateTo($"/reservations/{booking.Reference}?fait=deplacee");
    }

    private async Task RefuseAsync(BookingOutcome outcome)
    {
        _refusal = outcome.Refusal!.ToReason();
        var codes = await Calendar.CodesAsync(outcome.Alternatives.Select(alternative => alternative.ResourceId));
        _alternatives = [.. outcome.Alternatives.Select(alternative => BookingWords.Slot(alternative, codes))];
    }

    private Interval? PostedTime() =>
        DateTime.TryParse(PostedStart, Invariant, DateTimeStyles.RoundtripKind, out var start) && BookingWords.Whole(PostedMinutes) is { } minutes
            ? new Interval(DateTime.SpecifyKind(start, DateTimeKind.Utc), DateTime.SpecifyKind(start, DateTimeKind.Utc).AddMinutes(minutes))
            : null;

    private async Task<string> CredentialAsync(string code)
    {
        await using var db = await Databases.CreateDbContextAsync();
        return await db.Set<CredentialKind>().AsNoTracking().FirstOrDefaultAsync(kind => kind.Code == code) is { } kind ? L.T(kind.Name) : code;
    }

    private async Task<NamedBooking?> OldAsync(Actor actor)
    {
        await using var db = await Databases.CreateDbContextAsync();
        var id = await db.Set<Booking>().Where(b => b.Reference == Deplacer).Select(b => b.Id).FirstOrDefaultAsync();
        return await Queries.FindAsync(actor, id) is { } found && found.Booking.ResourceId == _what!.Resource.Id ? found : null;
    }

    /// <summary>Round starts and the first of each free stretch, so that the list stays short; the field above has them all.</summary>
    private IEnumerable<DateTime> Chips() => _starts.Where((start, i) => start.Minute == 0 || start == _start || i == 0 || start - _starts[i - 1] > BookingGrid.Step);

    private string Here(DateOnly day) => $"/reserver/{Uri.EscapeDataString(Code)}?jour={BookingWords.Iso(day)}&duree={_minutes.ToString(Invariant)}{Carry()}";

    private string Carry() => (_seats > 1 ? $"&places={_seats.ToString(Invariant)}" : "") + (_moving is null ? "" : $"&deplacer={_moving.Booking.Reference}");

    private DateOnly Earliest(DateOnly day) => day < _today ? _today : day;

    private static string Hour(DateTime utc) => ParisTime.ToLocal(utc).ToString("HH:mm", Invariant);
}
