using System.Collections.Frozen;
using TiersLieux.Market.Domain.Capacity;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Domain.Orders.Pricing;

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
/// <param name="Free">Sorted and disjoint, from <see cref="FreeTime.Of"/>; hours kept for members already taken out.</param>
public sealed record MachineCapacity(Guid Id, Guid Workshop, Text Name, IReadOnlyDictionary<string, MachineCapability> Capabilities, IReadOnlyList<FreeInterval> Free)
{
    /// <summary>Codes of the materials it works; null when all.</summary>
    public IReadOnlySet<string>? Materials { get; init; }

    /// <summary>Largest piece it takes; null when any.</summary>
    public WorkArea? WorkArea { get; init; }

    public decimal PowerKilowatts { get; init; }
}

/// <summary>Everybody's free time at one moment, never changed afterwards, so quotes read it without locks.</summary>
public sealed class CapacitySnapshot
{
    private readonly FrozenDictionary<Guid, WorkshopCapacity> _workshops;
    private readonly FrozenDictionary<string, MachineCapacity[]> _byProcess;

    /// <exception cref="ArgumentException">A machine stands in an unknown workshop, or an id occurs twice.</exception>
    public CapacitySnapshot(IReadOnlyList<WorkshopCapacity> workshops, IReadOnlyList<MachineCapacity> machines)
    {
        Workshops = workshops;
        Machines = machines;
        if (workshops.DistinctBy(workshop => workshop.Id).Count() != workshops.Count || machines.DistinctBy(machine => machine.Id).Count() != machines.Count)
            throw new ArgumentException("A workshop or a machine occurs twice.", nameof(machines));
        _workshops = workshops.ToFrozenDictionary(workshop => workshop.Id);
        if (machines.FirstOrDefault(machine => !_workshops.ContainsKey(machine.Workshop)) is { } stray)
            throw new ArgumentException($"Machine {stray.Id} stands in workshop {stray.Workshop}, which is not in the snapshot.", nameof(machines));
        _byProcess = machines
            .SelectMany(machine => machine.Capabilities.Keys, (machine, process) => (machine, process))
            .GroupBy(pair => pair.process, pair => pair.machine, StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => group.OrderBy(machine => machine.Id).ToArray(), StringComparer.Ordinal);
    }

    public IReadOnlyList<WorkshopCapacity> Workshops { get; }

    public IReadOnlyList<MachineCapacity> Machines { get; }

    public WorkshopCapacity Workshop(Guid id) => _workshops[id];

    /// <summary>The machines that offer a process, in a fixed order.</summary>
    public IReadOnlyList<MachineCapacity> Offering(string process) => _byProcess.TryGetValue(process, out var machines) ? machines : [];
}
