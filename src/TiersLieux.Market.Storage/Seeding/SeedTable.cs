using System.Text;
using CsvHelper;
using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Storage.Seeding;

/// <summary>A CSV file of the seed: UTF-8, comma, one header row.</summary>
internal sealed record SeedTable(string File, IReadOnlyList<SeedRow> Rows)
{
    private static readonly CsvReaderOptions Options = new() { Separator = ',', HasHeader = true, TrackLineNumbers = true, MalformedData = CsvMalformedDataHandling.Throw };

    /// <summary>Reads a file whose header must name all the columns; what is wrong with it is noted, and then it has no rows.</summary>
    public static SeedTable Read(string folder, string file, string[] columns, List<SeedFault> faults)
    {
        var empty = new SeedTable(file, []);
        var path = Path.Combine(folder, file);
        if (!System.IO.File.Exists(path))
        {
            faults.Add(new SeedFault(file, 0, "", new Reason("seed-file-missing", $"Le fichier {file} manque dans le dossier des tables.", $"File {file} is missing from the folder of tables.")));
            return empty;
        }

        var line = 1;
        try
        {
            var rows = new List<SeedRow>();
            using var text = new StreamReader(path, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
            using var csv = CsvReader.Create(text, Options, leaveOpen: false);
            csv.ReadHeader();
            var header = csv.Headers.ToArray();
            if (Array.Find(columns, c => !header.Contains(c, StringComparer.Ordinal)) is { } missing)
            {
                faults.Add(new SeedFault(file, 1, missing, new Reason("seed-column-missing", $"La colonne {missing} manque dans l'en-tête.", $"Column {missing} is missing from the header.") { Field = missing }));
                return empty;
            }

            while (csv.Read())
            {
                line = (int)csv.LineNumber;
                if (csv.FieldCount != header.Length)
                {
                    faults.Add(new SeedFault(file, line, "", new Reason("seed-cells",
                        $"La ligne a {csv.FieldCount} cellules, l'en-tête en a {header.Length}. Vérifiez les virgules et les guillemets.",
                        $"The row has {csv.FieldCount} cells, the header {header.Length}. Check commas and quotes.")));
                    continue;
                }

                var cells = new Dictionary<string, string>(header.Length, StringComparer.Ordinal);
                for (var i = 0; i < header.Length; i++) cells[header[i]] = csv.GetString(i).Trim();
                rows.Add(new SeedRow(file, line, cells, faults));
            }

            return new SeedTable(file, rows);
        }
        catch (DecoderFallbackException)
        {
            faults.Add(new SeedFault(file, line, "", new Reason("seed-encoding", "Le fichier n'est pas en UTF-8. Enregistrez-le en CSV UTF-8.", "The file is not UTF-8. Save it as CSV UTF-8.")));
        }
        catch (CsvFormatException bad)
        {
            faults.Add(new SeedFault(file, (int)bad.LineNumber, "", new Reason("seed-quotes", "Un guillemet n'est pas à sa place : doublez-le dans une cellule entre guillemets.", "A quotation mark is out of place: double it inside a quoted cell.")));
        }

        return empty;
    }
}
