using TiersLieux.Market.Domain.Capacity;

namespace TiersLieux.Market.Storage.Seeding;

/// <summary>
/// Turns the tables into the rows that the database lacks. A row that is known there is left as it is, because somebody may have changed it;
/// what hangs on a row (an offer's operations, a person's roles) comes with the row and not again, so that what was taken away stays away.
/// </summary>
internal sealed partial class SeedBuild(IReadOnlyDictionary<string, SeedTable> tables, SeedKnown known, List<SeedFault> faults, DateTime now)
{
    private readonly Dictionary<string, Dictionary<string, Guid>> _ids = new(StringComparer.Ordinal);
    private readonly HashSet<(string Table, string Key)> _new = [];

    /// <summary>Rows to insert.</summary>
    public List<object> Rows { get; } = [];

    public List<SeedCount> Counts { get; } = [];

    public void Run()
    {
        Vocabulary();
        Network();
        Capacity();
        Catalogue();
        People();
        Prices();
    }

    /// <summary>Reads each row with its key; known rows are checked too, but not inserted.</summary>
    private void Each(string file, Func<SeedRow, string> key, Action<SeedRow, Guid, Action<object>> build)
    {
        var ids = _ids[file] = new Dictionary<string, Guid>(StringComparer.Ordinal);
        var inserted = 0;
        foreach (var row in tables[file].Rows)
        {
            var name = key(row);
            if (name.Length == 0) continue;
            var isKnown = known[file].TryGetValue(name, out var id);
            if (!isKnown) id = SeedId.Of(file, name);
            if (!ids.TryAdd(name, id))
            {
                row.Refuse(KeyColumn(row), "seed-twice", $"« {name} » figure deux fois dans {file} : gardez une seule ligne.", $"\"{name}\" is in {file} twice: keep one row.");
                continue;
            }

            if (!isKnown)
            {
                inserted++;
                _new.Add((file, name));
            }

            build(row, id, isKnown ? static _ => { } : Rows.Add);
        }

        Count(file, inserted);
    }

    /// <summary>Reads the rows that hang on rows of another table.</summary>
    private void EachOf(string file, string owner, Func<SeedRow, string> ownerKey, Func<SeedRow, string> key, Action<SeedRow, Guid, Action<object>> build)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var inserted = 0;
        foreach (var row in tables[file].Rows)
        {
            var name = key(row);
            if (!seen.Add(name))
            {
                row.Refuse("", "seed-twice", $"Cette ligne figure deux fois dans {file} : n'en gardez qu'une.", $"This row is in {file} twice: keep one of them.");
                continue;
            }

            var isNew = _new.Contains((owner, ownerKey(row)));
            if (isNew) inserted++;
            build(row, SeedId.Of(file, name), isNew ? Rows.Add : static _ => { });
        }

        Count(file, inserted);
    }

    private void Count(string file, int inserted)
    {
        var read = tables[file].Rows.Count;
        Counts.Add(new SeedCount(Path.GetFileNameWithoutExtension(file), read, inserted, read - inserted));
    }

    private static string KeyColumn(SeedRow row) => row.Cells.Keys.First();

    /// <summary>The code of a row: letters, digits and hyphens.</summary>
    private static string Code(SeedRow row)
    {
        var code = row.Text("code");
        if (code.Length > 0 && (code.Length > 120 || !code.All(c => c is '-' or (>= 'a' and <= 'z') or (>= '0' and <= '9'))))
            row.Refuse("code", "seed-code", $"« {code} » : un code s'écrit en minuscules sans accent, chiffres et tirets, 120 caractères au plus.", $"\"{code}\": a code is written in lower case without accents, digits and hyphens, 120 characters at most.");
        return code;
    }

    /// <summary>The id of a row of another table, of the seed or of the database; required.</summary>
    private Guid Id(SeedRow row, string column, string table) => OptionalId(row, column, table) ?? Empty(row, column);

    private Guid? OptionalId(SeedRow row, string column, string table)
    {
        if (row.IsBlank(column)) return null;
        return Exists(row, column, row[column], table, out var id) ? id : null;
    }

    private bool Exists(SeedRow row, string column, string code, string table, out Guid id)
    {
        if (_ids[table].TryGetValue(code, out id) || known[table].TryGetValue(code, out id)) return true;
        row.Refuse(column, "seed-unknown", $"« {code} » n'existe pas dans {table} : corrigez ce code ou ajoutez la ligne.", $"\"{code}\" is not in {table}: mend this code or add the row.");
        return false;
    }

    /// <summary>A code of another table, or null where blank.</summary>
    private string? Reference(SeedRow row, string column, string table) =>
        row.IsBlank(column) || !Exists(row, column, row[column], table, out _) ? null : row[column];

    private static Guid Empty(SeedRow row, string column)
    {
        row.Text(column);
        return Guid.Empty;
    }

    /// <summary>A place that takes part; a referenced one has no workshop, machine, offer or member.</summary>
    private Guid ActivePlace(SeedRow row, string column)
    {
        var id = Id(row, column, "places.csv");
        if (!row.IsBlank(column) && _referenced.Contains(row[column]))
        {
            row.Refuse(column, "seed-place-referenced",
                $"« {row[column]} » est seulement référencé : il n'a ni atelier, ni ressource, ni offre.",
                $"\"{row[column]}\" is only referenced: it has no workshop, resource or offer.");
        }

        return id;
    }

    private static WeeklyHours? OptionalHours(SeedRow row, string column) => row.IsBlank(column) ? null : row.Hours(column);
}
