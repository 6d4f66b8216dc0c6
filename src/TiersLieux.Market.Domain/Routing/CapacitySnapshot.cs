using System.Collections.Frozen;
using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Domain.Orders.Pricing;
using TiersLieux.Market.Domain.Routing.Indexing;

namespace TiersLieux.Market.Domain.Routing;

/// <summary>Time that people of a workshop have left for production, in minutes per Paris date; none outside the dates it covers.</summary>
/// <param name="Minutes">From <paramref name="From"/> on, one figure a day.</param>
public sealed record PeopleTime(DateOnly From, IReadOnlyList<int> Minutes)
{
    public int On(DateOnly date)
    {
        var day = date.DayNumber - From.DayNumber;
        return day >= 0 && day < Minutes.Count ? Minutes[day] : 0;
    }
}

/// <summary>A workshop that takes production orders.</summary>
/// <param name="Place">The place it is in; goods do not travel between workshops of one place.</param>
/// <param name="LabourRate">Euros per hour of a person.</param>
/// <param name="Notice">Nothing starts sooner than this after now.</param>
/// <param name="MinimumOrder">Euros before tax.</param>
public sealed record WorkshopCapacity(Guid Id, Guid Place, Text Name, GeoPoint Position, decimal LabourRate, TimeSpan Notice, decimal MinimumOrder, PeopleTime People)
{
    /// <summary>The workshop's own material prices by code; the network's hold for the others.</summary>
    public IReadOnlyDictionary<string, MaterialPrice> Materials { get; init; } = FrozenDictionary<string, MaterialPrice>.Empty;

    /// <summary>Codes of the certifications it holds.</summary>
    public IReadOnlySet<string> Certifications { get; init; } = FrozenSet<string>.Empty;
}

/// <summary>What a machine does of a process.</summary>
/// <param name="Speed">Units made in the time of one at speed 1; more than 0.</param>
/// <param name="HourlyRate">Euros per hour.</param>
public sealed record MachineCapability(decimal Speed, decimal HourlyRate);

/// <summary>A machine and when it is free for production.</summary>
/// <param name="Capabilities">By code of process.</param>
/// <param name="Free">Sorted and disjoint, from <see cref="FreeTime.Of"/>; hours kept for members already taken out. A <see cref="FreeCalendar"/> takes least memory.</param>
public sealed record MachineCapacity(Guid Id, Guid Workshop, Text Name, IReadOnlyDictionary<string, MachineCapability> Capabilities, IReadOnlyList<FreeInterval> Free)
{
    /// <summary>Codes of the materials it works; null when all.</summary>
    public IReadOnlySet<string>? Materials { get; init; }

    /// <summary>Largest piece it takes; null when any.</summary>
    public WorkArea? WorkArea { get; init; }

    public decimal PowerKilowatts { get; init; }

    /// <summary>Time kept free between two uses. It is out of <see cref="Free"/> already; who plans two orders at a time keeps it between them.</summary>
    public TimeSpan Buffer { get; init; }
}

/// <summary>
/// Everybody's free time at one moment, never changed afterwards, so quotes read it without locks. <see cref="With"/> makes the
/// next one out of it and shares all that stays the same.
/// </summary>
public sealed class CapacitySnapshot
{
    private readonly NetworkIndex _index;
    private readonly PersistentArray<WorkshopCapacity> _workshops;
    private readonly PersistentArray<MachineCapacity> _machines;
    private readonly PersistentArray<FreeCalendar> _calendars;

    /// <exception cref="ArgumentException">A machine stands in an unknown workshop, or an id occurs twice.</exception>
    public CapacitySnapshot(IReadOnlyCollection<WorkshopCapacity> workshops, IReadOnlyCollection<MachineCapacity> machines)
    {
        // By id, so that the same network gives the same plans in whatever order it was read.
        _workshops = new PersistentArray<WorkshopCapacity>([.. workshops.OrderBy(workshop => workshop.Id)]);
        _machines = new PersistentArray<MachineCapacity>([.. machines.OrderBy(machine => machine.Id)]);
        _calendars = new PersistentArray<FreeCalendar>([.. _machines.Select(Calendar)]);
        _index = new NetworkIndex(_workshops, _machines, _calendars);
    }

    private CapacitySnapshot(
        NetworkIndex index, PersistentArray<WorkshopCapacity> workshops, PersistentArray<MachineCapacity> machines, PersistentArray<FreeCalendar> calendars)
    {
        (_index, _workshops, _machines, _calendars) = (index, workshops, machines, calendars);
    }

    /// <summary>In the order of their ids.</summary>
    public IReadOnlyList<WorkshopCapacity> Workshops => _workshops;

    /// <summary>In the order of their ids.</summary>
    public IReadOnlyList<MachineCapacity> Machines => _machines;

    internal NetworkIndex Index => _index;

    public WorkshopCapacity Workshop(Guid id) => _workshops[_index.Workshop(id)];

    /// <returns>Null when there is no such machine.</returns>
    public MachineCapacity? Machine(Guid id) => _index.TryMachine(id, out var machine) ? _machines[machine] : null;

    /// <summary>
    /// The same network with these machines and workshops as they are now. What only concerns free time costs a few kilobytes of copying,
    /// however large the network; machines or workshops that are new, moved, or can do something else have the index made anew.
    /// </summary>
    /// <exception cref="ArgumentException">A machine stands in an unknown workshop.</exception>
    public CapacitySnapshot With(IReadOnlyCollection<MachineCapacity> machines, IReadOnlyCollection<WorkshopCapacity> workshops)
    {
        var calendars = machines.Select(machine => (_index.TryMachine(machine.Id, out var at) ? at : -1, Calendar(machine))).ToList();
        if (!workshops.All(workshop => _index.TryWorkshop(workshop.Id, out var at) && NetworkIndex.IsAlike(_workshops[at], workshop))
            || !machines.Zip(calendars).All(pair => pair.Second.Item1 is >= 0 and var at && NetworkIndex.IsAlike(_machines[at], pair.First) && _index.Bounds(at, pair.Second.Item2)))
        {
            return new CapacitySnapshot(
                [.. _workshops.ExceptBy(workshops.Select(workshop => workshop.Id), workshop => workshop.Id), .. workshops],
                [.. _machines.ExceptBy(machines.Select(machine => machine.Id), machine => machine.Id), .. machines]);
        }

        return new CapacitySnapshot(_index,
            _workshops.With(workshops.Select(workshop => (_index.Workshop(workshop.Id), workshop))),
            _machines.With(machines.Select(machine => (_index.Machine(machine.Id), machine))),
            _calendars.With(calendars));
    }

    internal IEnumerable<MachineCapacity> MachinesOf(Guid workshop) => _index.MachinesOf(_index.Workshop(workshop)).Select(at => _machines[at]);

    internal WorkshopCapacity WorkshopAt(int position) => _workshops[position];

    internal MachineCapacity MachineAt(int position) => _machines[position];

    internal FreeCalendar CalendarAt(int position) => _calendars[position];

    private static FreeCalendar Calendar(MachineCapacity machine) => machine.Free as FreeCalendar ?? FreeCalendar.Of(machine.Free);
}
