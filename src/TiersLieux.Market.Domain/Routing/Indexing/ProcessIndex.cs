namespace TiersLieux.Market.Domain.Routing.Indexing;

/// <summary>A machine that offers a process, with what bounds need of it; the snapshot has the rest.</summary>
internal readonly struct IndexEntry
{
    public IndexEntry(int machine, int workshop, MachineCapacity capacity, MachineCapability capability, WorkshopCapacity at)
    {
        (Machine, Workshop) = (machine, workshop);
        (Speed, Rate, LabourRate) = ((double)capability.Speed, (double)capability.HourlyRate, (double)at.LabourRate);
        NoticeMinutes = (int)Math.Min(int.MaxValue / 4, Math.Max(0, at.Notice.TotalMinutes));
        HasOwnMaterials = at.Materials.Count > 0;
        Position = at.Position.UnitVector();
        Area = capacity.WorkArea;
    }

    /// <summary>Positions in the snapshot.</summary>
    public int Machine { get; }

    public int Workshop { get; }

    public double Speed { get; }

    /// <summary>Euros per hour of the machine and of a person.</summary>
    public double Rate { get; }

    public double LabourRate { get; }

    public int NoticeMinutes { get; }

    /// <summary>Whether its workshop has prices of material of its own.</summary>
    public bool HasOwnMaterials { get; }

    public (double X, double Y, double Z) Position { get; }

    public WorkArea? Area { get; }
}

/// <summary>Machines that lie close together, and the best of each kind that any of them has: bounds of all of them at once.</summary>
internal sealed class IndexBlock
{
    public IndexBlock(IndexEntry[] entries)
    {
        Entries = entries;
        Centre = (entries.Average(entry => entry.Position.X), entries.Average(entry => entry.Position.Y), entries.Average(entry => entry.Position.Z));
        Radius = entries.Max(entry => Distance(entry.Position, Centre)) + 1e-9;
        MaximumSpeed = entries.Max(entry => entry.Speed);
        MinimumRate = entries.Min(entry => entry.Rate);
        MinimumLabourRate = entries.Min(entry => entry.LabourRate);
        MinimumRatePerSpeed = entries.Min(entry => entry.Rate / entry.Speed);
        MinimumLabourPerSpeed = entries.Min(entry => entry.LabourRate / entry.Speed);
        MinimumNotice = entries.Min(entry => entry.NoticeMinutes);
        LargestTeam = entries.CountBy(entry => entry.Workshop).Max(pair => pair.Value);
        HasOwnMaterials = entries.Any(entry => entry.HasOwnMaterials);
    }

    public IndexEntry[] Entries { get; }

    public (double X, double Y, double Z) Centre { get; }

    /// <summary>No entry's unit vector is farther from the centre.</summary>
    public double Radius { get; }

    public double MaximumSpeed { get; }

    public double MinimumRate { get; }

    public double MinimumLabourRate { get; }

    public double MinimumRatePerSpeed { get; }

    public double MinimumLabourPerSpeed { get; }

    public int MinimumNotice { get; }

    /// <summary>The most machines that one workshop has here.</summary>
    public int LargestTeam { get; }

    public bool HasOwnMaterials { get; }

    public static double Distance((double X, double Y, double Z) a, (double X, double Y, double Z) b)
    {
        var (x, y, z) = (a.X - b.X, a.Y - b.Y, a.Z - b.Z);
        return Math.Sqrt(x * x + y * y + z * z);
    }
}

/// <summary>
/// The machines that offer a process, packed by place into blocks of some dozens: sort-tile-recursive packing of an R-tree's leaves
/// (Leutenegger, Lopez and Edgington, ICDE 1997). Machines of one workshop stay in one block.
/// </summary>
internal sealed class ProcessIndex
{
    private const int BlockSize = 32;

    public ProcessIndex(IndexEntry[] entries, PersistentArray<WorkshopCapacity> workshops)
    {
        Count = entries.Length;
        var ofWorkshop = entries.GroupBy(entry => entry.Workshop).Select(group => (workshops[group.Key].Position, Entries: group.OrderBy(entry => entry.Machine).ToArray())).ToList();
        var blocks = Math.Max(1, (int)Math.Ceiling(entries.Length / (double)BlockSize));
        var slices = (int)Math.Ceiling(Math.Sqrt(blocks));
        var perSlice = (int)Math.Ceiling(entries.Length / (double)slices);
        Blocks = [.. Cut(ofWorkshop.OrderBy(workshop => workshop.Position.Longitude), perSlice)
            .SelectMany(slice => Cut(slice.OrderBy(workshop => workshop.Position.Latitude), BlockSize))
            .Select(block => new IndexBlock([.. block.SelectMany(workshop => workshop.Entries)]))];
    }

    public int Count { get; }

    public IndexBlock[] Blocks { get; }

    private static IEnumerable<List<(Network.GeoPoint Position, IndexEntry[] Entries)>> Cut(
        IEnumerable<(Network.GeoPoint Position, IndexEntry[] Entries)> workshops, int size)
    {
        var part = new List<(Network.GeoPoint Position, IndexEntry[] Entries)>();
        var count = 0;
        foreach (var workshop in workshops)
        {
            if (count > 0 && count + workshop.Entries.Length > size)
            {
                yield return part;
                (part, count) = ([], 0);
            }

            part.Add(workshop);
            count += workshop.Entries.Length;
        }

        if (count > 0) yield return part;
    }
}
