using System.Text.Json.Nodes;
using Strata.Learning.Data;
using Strata.Learning.Data.Profiling;
using Strata.Learning.Data.Reading;
using Strata.Platform.Datasets;
using Strata.Platform.Storage;
using Strata.Solutions;

namespace Strata.Platform.Jobs;

/// <summary>Reads a table's file inside a worker and leaves what a dataset consists of. Any kind whose result holds the description is ended by a <see cref="DatasetFinish"/>.</summary>
public static class TableIntake
{
    /// <summary>Name of the result's member that holds the <see cref="TableDescription"/>.</summary>
    public const string Member = "table";

    /// <summary>Reads the file and writes the parsed table and its profile to the output folder.</summary>
    /// <param name="work">Where files, progress and notes go.</param>
    /// <param name="content">The file's bytes.</param>
    /// <param name="fileName">Its ending helps to tell what it is.</param>
    /// <param name="types">Types in place of the inferred ones.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="DataException">The file holds no table that can be read.</exception>
    public static JsonObject Read(JobWork work, Stream content, string fileName, IReadOnlyDictionary<string, ColumnType> types, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(work);
        work.Progress(5, "Reading the table");
        TableReading reading = TableFile.Read(content, fileName, new TableReadOptions { Types = types, Threads = work.Threads }, cancellation);
        foreach (string note in reading.Notes)
        {
            work.Log(note);
        }

        work.Progress(60, "Storing the columns");
        Frame table = reading.Frame;
        FrameFile.Write(work.OutputPath(TableDescription.FrameFileName), table);
        work.Progress(75, "Profiling the columns");
        File.WriteAllBytes(work.OutputPath(TableDescription.ProfileFileName), JsonText.BytesOf(TableProfile.Of(table, null, cancellation)));
        TablePreset? preset = Solution.Recognise(table.Schema);
        return new JsonObject
        {
            [Member] = JsonText.NodeOf(new TableDescription
            {
                RowCount = table.RowCount,
                Columns = [.. table.Columns.Select(column => new DatasetColumn(column.Name, column.Type))],
                Notes = reading.Notes,
                SuggestedTarget = TargetSuggestion.Of(table, preset),
                Preset = preset?.Name,
            }),
        };
    }
}
