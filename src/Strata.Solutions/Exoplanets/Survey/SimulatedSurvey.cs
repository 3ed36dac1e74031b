using System.Globalization;
using System.Text;
using Strata.Learning.Data;

namespace Strata.Solutions.Exoplanets.Survey;

/// <summary>The simulator as a source of tables: offline, as many rows as wanted.</summary>
public sealed class SimulatedSurvey(Mission mission) : ITableSource
{
    public const int UsualRowCount = 4000;

    public const int MostRows = 1_000_000;

    public string Name => $"{mission.Name}_simulated";

    public string Title => $"{mission.Title}, simulated";

    public string Description => "Stars, transiting planets, eclipsing binaries and noise from physics and chance, in the archive's columns. No row is an observation.";

    public SourceKind Kind => SourceKind.Simulated;

    public string DatasetName => mission.Name;

    public Task<FetchedTable> FetchAsync(SourceRequest request, SourceContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        int rowCount = request.RowCount ?? UsualRowCount;
        if (rowCount is < 1 or > MostRows)
        {
            throw new SourceException($"The simulator was asked for {rowCount} rows; it makes 1 to {MostRows}.");
        }

        context.Progress?.Report(new SourceProgress($"Simulating about {rowCount} rows", 0, null));
        Frame table = TransitSurvey.OfRows(mission, rowCount, request.Seed).Observe(context.Cancellation);
        byte[] csv = Encoding.UTF8.GetBytes(Text(table, request.Seed));
        context.Progress?.Report(new SourceProgress($"Simulated {table.RowCount} rows", csv.Length, csv.Length));
        string name = string.Create(CultureInfo.InvariantCulture, $"{mission.Name}_simulated_seed{request.Seed}.csv");
        return Task.FromResult(new FetchedTable(name, () => new MemoryStream(csv, writable: false), [$"Simulated survey, seed {request.Seed}: no row is an observation."]));
    }

    /// <summary>The table as CSV, headed by lines that say what it is.</summary>
    public string Text(Frame table, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(table);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# SIMULATED DATA: made by Strata's transit survey simulator, seed {seed}. No row is an observation.\n");
        text.Append(CultureInfo.InvariantCulture, $"# The columns are those of the NASA Exoplanet Archive's table '{mission.ArchiveTable}'; stars and objects do not exist.\n");
        foreach (ColumnMeaning column in mission.Preset.Columns.Where(column => table.Contains(column.Name)))
        {
            text.Append(CultureInfo.InvariantCulture, $"# COLUMN {column.Name}: {column.Title}{(column.Unit is null ? string.Empty : $" [{column.Unit}]")}\n");
        }

        text.AppendJoin(',', table.Names).Append('\n');
        for (int row = 0; row < table.RowCount; row++)
        {
            for (int i = 0; i < table.ColumnCount; i++)
            {
                text.Append(i > 0 ? "," : string.Empty).Append(table.Columns[i].TextAt(row));
            }

            text.Append('\n');
        }

        return text.ToString();
    }
}
