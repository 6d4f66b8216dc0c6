using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Domain.Routing;
using TiersLieux.Market.Storage;

namespace TiersLieux.Market.Grains.Capacity;

/// <summary>
/// Everybody's free time in memory, for quotes. Whoever commits a change of a resource's time says so with <see cref="Refresh"/>; the next quote reads
/// those resources again, and only those. A quote gets an immutable snapshot and takes no lock; the machine grain re-checks when time is held.
/// </summary>
public sealed class CapacityBoard(IDbContextFactory<MarketDbContext> databases, TimeProvider clock)
{
    private static readonly TimeSpan Horizon = RoutingLimits.Horizon + TimeSpan.FromDays(2);

    private readonly SemaphoreSlim _reading = new(1, 1);
    private readonly ConcurrentDictionary<Guid, bool> _changedResources = new();
    private readonly ConcurrentDictionary<Guid, bool> _changedWorkshops = new();
    private volatile State? _state;
    private volatile bool _reload = true;

    /// <summary>What has changed is being read: it is no longer marked and not in the state yet.</summary>
    private volatile bool _isReading;

    /// <summary>The resource's occupations have changed.</summary>
    public void Refresh(Guid resourceId) => _changedResources[resourceId] = true;

    /// <summary>The workshop's promised people-time has changed.</summary>
    public void RefreshPeople(Guid workshopId) => _changedWorkshops[workshopId] = true;

    /// <summary>Workshops, machines or opening hours have changed: read all of it again.</summary>
    public void Reload() => _reload = true;

    /// <summary>The state of all machines, as committed when the call was made.</summary>
    public async ValueTask<CapacitySnapshot> SnapshotAsync(CancellationToken cancellation = default)
    {
        var now = clock.UtcNow();
        if (IsCurrent(now) is { } current) return current;
        await _reading.WaitAsync(cancellation);
        try
        {
            if (IsCurrent(now) is { } meanwhile) return meanwhile;
            _isReading = true;
            var state = _state;
            if (state is null || _reload || state.From != ParisTime.DateOf(now))
            {
                _reload = false;
                _changedResources.Clear();
                _changedWorkshops.Clear();
                state = await LoadAsync(now, cancellation);
            }
            else
            {
                state = await RefreshAsync(state, now, cancellation);
            }

            _state = state;
            return state.Snapshot;
        }
        catch
        {
            // The marks are gone and what they marked is not read.
            _reload = true;
            throw;
        }
        finally
        {
            _isReading = false;
            _reading.Release();
        }
    }

    /// <summary>
    /// The same network as if some owners had no time of these machines, so that what they have can be planned anew. All that is free is in it; what of it
    /// production may take of a week, where a place keeps hours for its members, is told apart. People keep all that they have promised.
    /// </summary>
    public async Task<(CapacitySnapshot Snapshot, IReadOnlyDictionary<(Guid Machine, DateOnly Monday), int> LeftForProduction)> WithoutAsync(
        IReadOnlySet<Guid> owners, IReadOnlySet<Guid> machines, CancellationToken cancellation = default)
    {
        await SnapshotAsync(cancellation);
        var (state, now) = (_state!, clock.UtcNow());
        var resources = machines.Where(state.IsMachine).ToArray();
        var (from, to) = Covered(state);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var live = (await OccupationsAsync(db, resources, from, to, cancellation)).FindAll(o => !o.IsExpired(now)).ToLookup(o => o.ResourceId);
        return (state.Without(owners, resources, live, to), state.LeftForProduction(resources, live));
    }

    private static (DateTime From, DateTime To) Covered(State state)
    {
        var from = ParisTime.ToUtc(state.From, TimeOnly.MinValue);
        return (from, from + Horizon);
    }

    private static Task<List<Occupation>> OccupationsAsync(MarketDbContext db, Guid[] resources, DateTime from, DateTime to, CancellationToken cancellation) =>
        db.Set<Occupation>().AsNoTracking().Where(o => resources.Contains(o.ResourceId) && o.Seat == 1 && o.End > from && o.Start < to).ToListAsync(cancellation);

    /// <remarks>Marks, then reading, then state: a reader says that it reads before it takes marks away, and gives the state before it says that it is done.</remarks>
    private CapacitySnapshot? IsCurrent(DateTime now) =>
        !_reload && _changedResources.IsEmpty && _changedWorkshops.IsEmpty && !_isReading && _state is { } state && state.From == ParisTime.DateOf(now) && now < state.NextExpiry
            ? state.Snapshot
            : null;

    private async Task<State> LoadAsync(DateTime now, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var places = await db.Set<Place>().AsNoTracking().Where(p => p.Status == PlaceStatus.Active).ToDictionaryAsync(p => p.Id, cancellation);
        var workshops = await db.Set<Workshop>().AsNoTracking().ToListAsync(cancellation);
        var machines = await db.Set<Resource>().AsNoTracking().Where(r => r.WorkshopId != null && r.Kind == ResourceKind.Machine).ToListAsync(cancellation);
        var closures = (await db.Set<Closure>().AsNoTracking().Where(c => c.End > now).ToListAsync(cancellation)).ToLookup(c => c.PlaceId);
        var state = new State(ParisTime.DateOf(now), places, workshops, [.. machines.Where(m => m.Capabilities.Count > 0)], closures);
        return await ReadAsync(db, state, [.. machines.Select(m => m.Id).Where(state.IsMachine)], [.. workshops.Select(w => w.Id)], now, cancellation);
    }

    private async Task<State> RefreshAsync(State state, DateTime now, CancellationToken cancellation)
    {
        var resources = _changedResources.Keys.Concat(state.Expiring(now)).ToHashSet();
        var workshops = _changedWorkshops.Keys.ToHashSet();
        // Taken out before reading: a change that commits while we read marks them anew.
        foreach (var id in resources) _changedResources.TryRemove(id, out _);
        foreach (var id in workshops) _changedWorkshops.TryRemove(id, out _);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await ReadAsync(db, state, [.. resources.Where(state.IsMachine)], [.. workshops], now, cancellation);
    }

    private static async Task<State> ReadAsync(MarketDbContext db, State state, Guid[] resources, Guid[] workshops, DateTime now, CancellationToken cancellation)
    {
        var (from, to) = Covered(state);
        var occupations = resources.Length == 0 ? [] : await OccupationsAsync(db, resources, from, to, cancellation);
        var days = workshops.Length == 0
            ? []
            : await db.Set<WorkshopDay>().AsNoTracking().Where(d => workshops.Contains(d.WorkshopId) && d.Day >= state.From).ToListAsync(cancellation);
        return state.With(resources, occupations.ToLookup(o => o.ResourceId), workshops, days.ToLookup(d => d.WorkshopId), now, to);
    }

    /// <summary>One day's board; replaced as a whole, its parts shared with the one before.</summary>
    private sealed class State
    {
        private readonly FrozenDictionary<Guid, Resource> _machines;
        private readonly FrozenDictionary<Guid, Workshop> _workshops;
        private readonly IReadOnlyDictionary<Guid, Place> _places;
        private readonly ILookup<Guid, Closure> _closures;

        /// <summary>Only of machines that somebody holds.</summary>
        private readonly ImmutableDictionary<Guid, DateTime> _expiries;

        public State(DateOnly from, IReadOnlyDictionary<Guid, Place> places, IReadOnlyList<Workshop> workshops, IReadOnlyList<Resource> machines, ILookup<Guid, Closure> closures)
        {
            From = from;
            _places = places;
            _workshops = workshops.Where(w => places.ContainsKey(w.PlaceId)).ToFrozenDictionary(w => w.Id);
            _closures = closures;
            _machines = machines.Where(m => places.TryGetValue(m.PlaceId, out var place) && place.Hours is not null).ToFrozenDictionary(m => m.Id);
            _expiries = ImmutableDictionary<Guid, DateTime>.Empty;
            Snapshot = new CapacitySnapshot([], []);
        }

        private State(State before, CapacitySnapshot snapshot, ImmutableDictionary<Guid, DateTime> expiries)
        {
            (From, _places, _workshops, _closures, _machines) = (before.From, before._places, before._workshops, before._closures, before._machines);
            (Snapshot, _expiries) = (snapshot, expiries);
            NextExpiry = expiries.Count == 0 ? DateTime.MaxValue : expiries.Values.Min();
        }

        /// <summary>Paris date from which it holds.</summary>
        public DateOnly From { get; }

        public CapacitySnapshot Snapshot { get; }

        /// <summary>When the first hold runs out and its time becomes free by itself.</summary>
        public DateTime NextExpiry { get; } = DateTime.MaxValue;

        public bool IsMachine(Guid resourceId) => _machines.ContainsKey(resourceId);

        public IEnumerable<Guid> Expiring(DateTime now) => _expiries.Where(e => e.Value <= now).Select(e => e.Key);

        public State With(
            Guid[] resources, ILookup<Guid, Occupation> occupations, Guid[] workshops, ILookup<Guid, WorkshopDay> days, DateTime now, DateTime to)
        {
            var expiries = _expiries.RemoveRange(resources).SetItems(resources
                .Select(id => (Id: id, Deadlines: occupations[id].Where(o => !o.IsExpired(now) && o.Deadline is not null).Select(o => o.Deadline!.Value).ToList()))
                .Where(held => held.Deadlines.Count > 0)
                .Select(held => KeyValuePair.Create(held.Id, held.Deadlines.Min())));
            var machines = resources.Select(id => Machine(_machines[id], [.. occupations[id].Where(o => !o.IsExpired(now))], to)).ToList();
            var teams = workshops.Where(_workshops.ContainsKey).Select(id => People(_workshops[id], days[id])).ToList();
            return new State(this, Snapshot.With(machines, teams), expiries);
        }

        public CapacitySnapshot Without(IReadOnlySet<Guid> owners, Guid[] resources, ILookup<Guid, Occupation> live, DateTime to) =>
            Snapshot.With([.. resources.Select(id => Machine(_machines[id], Free(Calendar(_machines[id]), live[id].Where(o => !owners.Contains(o.OwnerId)), to)))], []);

        public Dictionary<(Guid Machine, DateOnly Monday), int> LeftForProduction(Guid[] resources, ILookup<Guid, Occupation> live)
        {
            var all = new Dictionary<(Guid, DateOnly), int>();
            foreach (var machine in resources.Select(id => _machines[id]).Where(machine => machine.MemberHoursPerWeek > 0))
            {
                var left = LeftPerWeek(machine, Calendar(machine), live[machine.Id]);
                for (var week = Monday(From); week <= From.AddDays((int)Horizon.TotalDays); week = week.AddDays(7)) all[(machine.Id, week)] = (int)left(week).TotalMinutes;
            }

            return all;
        }

        private AvailabilityCalendar Calendar(Resource machine)
        {
            var place = _places[machine.PlaceId];
            return new AvailabilityCalendar(place.Hours!, machine.Hours ?? WeeklyHours.Always)
            {
                Buffer = TimeSpan.FromMinutes(machine.BufferMinutes),
                Closures = [.. _closures[place.Id].Where(c => c.ResourceId is null || c.ResourceId == machine.Id).Select(c => new Interval(c.Start, c.End))],
            };
        }

        private IReadOnlyList<FreeInterval> Free(AvailabilityCalendar calendar, IEnumerable<Occupation> live, DateTime to) =>
            FreeTime.Of(calendar, live.Select(o => o.Time), ParisTime.ToUtc(From, TimeOnly.MinValue), to);

        private MachineCapacity Machine(Resource machine, List<Occupation> live, DateTime to)
        {
            var calendar = Calendar(machine);
            return Machine(machine, KeepMembersHours(machine, calendar, Free(calendar, live, to), live));
        }

        private static MachineCapacity Machine(Resource machine, IReadOnlyList<FreeInterval> free)
        {
            return new MachineCapacity(
                machine.Id,
                machine.WorkshopId!.Value,
                new Text(machine.Name, machine.EnglishName ?? machine.Name),
                machine.Capabilities.ToFrozenDictionary(c => c.Process, c => new MachineCapability(c.Speed, machine.ProductionRate.Amount)),
                FreeCalendar.Of(free))
            {
                Buffer = TimeSpan.FromMinutes(machine.BufferMinutes),
                Materials = machine.Materials.Length == 0 ? null : machine.Materials.Split(' ').ToFrozenSet(StringComparer.Ordinal),
                WorkArea = machine is { WidthMm: { } width, DepthMm: { } depth } ? new WorkArea(width, depth, machine.HeightMm ?? int.MaxValue) : null,
                PowerKilowatts = machine.PowerKw,
            };
        }

        /// <summary>A place keeps some hours of a machine each week for its members: production gets no more than the rest.</summary>
        private static IReadOnlyList<FreeInterval> KeepMembersHours(Resource machine, AvailabilityCalendar calendar, IReadOnlyList<FreeInterval> free, List<Occupation> live) =>
            machine.MemberHoursPerWeek == 0 ? free : FreeTime.LimitPerWeek(free, LeftPerWeek(machine, calendar, live));

        private static Func<DateOnly, TimeSpan> LeftPerWeek(Resource machine, AvailabilityCalendar calendar, IEnumerable<Occupation> live)
        {
            var open = calendar.Place.Intersect(calendar.Resource).PerWeek;
            var forProduction = open - TimeSpan.FromHours(machine.MemberHoursPerWeek);
            // A reservation that is suspended overnight holds the machine while it is shut: only its open time counts.
            var produced = live.Where(o => o.Kind is OccupationKind.Reservation or OccupationKind.Hold)
                .SelectMany(o => OpenTime(calendar, o.Time))
                .GroupBy(o => Monday(ParisTime.DateOf(o.Start)))
                .ToDictionary(g => g.Key, g => TimeSpan.FromTicks(g.Sum(o => o.Length.Ticks)));
            return week => forProduction - produced.GetValueOrDefault(week);
        }

        private static IEnumerable<Interval> OpenTime(AvailabilityCalendar calendar, Interval time) =>
            FreeTime.Of(calendar, [], time.Start, time.End).Select(free => free.Time);

        private WorkshopCapacity People(Workshop workshop, IEnumerable<WorkshopDay> days)
        {
            var place = _places[workshop.PlaceId];
            var left = days.ToDictionary(d => d.Day, d => d.LeftMinutes);
            var count = (int)Horizon.TotalDays;
            var minutes = new int[count];
            for (var i = 0; i < count; i++)
            {
                var day = From.AddDays(i);
                minutes[i] = left.TryGetValue(day, out var known) ? known : workshop.PeopleMinutesOn(day);
            }

            return new WorkshopCapacity(
                workshop.Id,
                place.Id,
                new Text(workshop.Name, workshop.Name),
                place.Position,
                workshop.LabourRate.Amount,
                TimeSpan.FromHours(workshop.NoticeHours),
                workshop.MinimumOrder.Amount,
                new PeopleTime(From, minutes));
        }

        private static DateOnly Monday(DateOnly date) => date.AddDays(-(((int)date.DayOfWeek + 6) % 7));
    }
}
