using System.Collections.Frozen;
using TiersLieux.Market.Domain.Network;

namespace TiersLieux.Market.Domain.Routing.Indexing;

/// <summary>
/// What does not change with anybody's time: who is where in the snapshot's arrays, and who can do what. Shared by all snapshots
/// of a network until a machine or a workshop is new or can do something else.
/// </summary>
internal sealed class NetworkIndex
{
    private readonly Dictionary<Guid, int> _workshops;
    private readonly Dictionary<Guid, int> _machines;
    private readonly FrozenDictionary<string, ProcessIndex> _byProcess;
    private readonly int[][] _ofWorkshop;
    private readonly Dictionary<Guid, GeoPoint> _places;

    /// <summary>Which processes a place offers at all.</summary>
    private readonly HashSet<(ProcessIndex Process, Guid Place)> _offered = [];

    /// <exception cref="ArgumentException">A machine stands in an unknown workshop, or an id occurs twice.</exception>
    public NetworkIndex(PersistentArray<WorkshopCapacity> workshops, PersistentArray<MachineCapacity> machines)
    {
        _workshops = Positions(workshops, workshop => workshop.Id);
        _machines = Positions(machines, machine => machine.Id);
        var ofProcess = new Dictionary<string, List<IndexEntry>>(StringComparer.Ordinal);
        var ofWorkshop = new List<int>?[workshops.Count];
        for (var i = 0; i < machines.Count; i++)
        {
            var machine = machines[i];
            if (!_workshops.TryGetValue(machine.Workshop, out var at))
                throw new ArgumentException($"Machine {machine.Id} stands in workshop {machine.Workshop}, which is not in the snapshot.", nameof(machines));
            (ofWorkshop[at] ??= []).Add(i);
            foreach (var (process, capability) in machine.Capabilities)
            {
                if (!ofProcess.TryGetValue(process, out var entries)) ofProcess[process] = entries = [];
                entries.Add(new IndexEntry(i, at, machine, capability, workshops[at]));
            }
        }

        _byProcess = ofProcess.ToFrozenDictionary(pair => pair.Key, pair => new ProcessIndex([.. pair.Value], workshops), StringComparer.Ordinal);
        foreach (var process in _byProcess.Values)
        {
            foreach (var entry in process.Blocks.SelectMany(block => block.Entries)) _offered.Add((process, workshops[entry.Workshop].Place));
        }

        _places = workshops.DistinctBy(workshop => workshop.Place).ToDictionary(workshop => workshop.Place, workshop => workshop.Position);
        _ofWorkshop = [.. ofWorkshop.Select(list => list is null ? Array.Empty<int>() : [.. list])];
    }

    /// <summary>Whether only time, prices of material and minimum order differ, which the index does not know.</summary>
    public static bool IsAlike(WorkshopCapacity a, WorkshopCapacity b) =>
        a.Place == b.Place && a.Position == b.Position && a.LabourRate == b.LabourRate && a.Notice == b.Notice && (a.Materials.Count > 0) == (b.Materials.Count > 0);

    /// <summary>Whether only free time, name and power differ.</summary>
    public static bool IsAlike(MachineCapacity a, MachineCapacity b) =>
        a.Workshop == b.Workshop && a.WorkArea == b.WorkArea
        && (ReferenceEquals(a.Materials, b.Materials) || (a.Materials is not null && b.Materials?.SetEquals(a.Materials) == true))
        && (ReferenceEquals(a.Capabilities, b.Capabilities)
            || (a.Capabilities.Count == b.Capabilities.Count && a.Capabilities.All(pair => b.Capabilities.TryGetValue(pair.Key, out var other) && other == pair.Value)));

    /// <exception cref="KeyNotFoundException">There is no such workshop.</exception>
    public int Workshop(Guid id) => _workshops[id];

    public int Machine(Guid id) => _machines[id];

    public bool TryWorkshop(Guid id, out int position) => _workshops.TryGetValue(id, out position);

    public bool TryMachine(Guid id, out int position) => _machines.TryGetValue(id, out position);

    /// <summary>Null when no machine offers the process.</summary>
    public ProcessIndex? Offering(string process) => _byProcess.GetValueOrDefault(process);

    /// <summary>Whether a place has a machine for a process, of whatever size and for whatever material.</summary>
    public bool IsOffered(ProcessIndex process, Guid place) => _offered.Contains((process, place));

    /// <summary>Where a place is; null when no workshop is in it.</summary>
    public GeoPoint? PositionOf(Guid place) => _places.TryGetValue(place, out var position) ? position : null;

    /// <summary>Positions of a workshop's machines, ascending.</summary>
    public int[] MachinesOf(int workshop) => _ofWorkshop[workshop];

    private static Dictionary<Guid, int> Positions<T>(PersistentArray<T> items, Func<T, Guid> id)
    {
        var positions = new Dictionary<Guid, int>(items.Count);
        foreach (var item in items)
        {
            if (!positions.TryAdd(id(item), positions.Count)) throw new ArgumentException("A workshop or a machine occurs twice.", nameof(items));
        }

        return positions;
    }
}
