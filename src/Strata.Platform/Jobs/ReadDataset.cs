using System.Text.Json.Nodes;
using Strata.Learning.Data;
using Strata.Learning.Data.Profiling;
using Strata.Learning.Data.Reading;
using Strata.Platform.Datasets;
using Strata.Platform.Storage;
using Strata.Solutions;

namespace Strata.Platform.Jobs;

/// <summary>The job kind <c>read_dataset</c>: reads an uploaded file away from the server, which a hostile file could otherwise bring down.</summary>
public sealed class ReadDataset : IJobKind
{
    public string Name => DatasetLibrary.ReadKind;

    public Task<JsonNode?> RunAsync(JobWork work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(work);
        work.Progress(5, "Reading the table");
        TableReading reading = Read(work, cancellation);
        foreach (string note in reading.Notes)
        {
            work.Log(note);
        }

        if (work.Payload["target"]?.GetValue<string>() is string target && !reading.Frame.Contains(target))
        {
            throw new DataException($"The target: {DataException.NoSuchColumn(target, reading.Frame.Names).Message}");
        }

        work.Progress(60, "Storing the columns");
        FrameFile.Write(work.OutputPath(TableDescription.FrameFileName), reading.Frame);
        work.Progress(75, "Profiling the columns");
        File.WriteAllBytes(work.OutputPath(TableDescription.ProfileFileName), JsonText.BytesOf(TableProfile.Of(reading.Frame, null, cancellation)));
        return Task.FromResult(JsonText.NodeOf(Describe(reading, work.Payload["target"]?.GetValue<string>())));
    }

    private static TableReading Read(JobWork work, CancellationToken cancellation)
    {
        using FileStream file = File.OpenRead(work.InputPath("original"));
        var options = new TableReadOptions { Types = work.PayloadAs<Dictionary<string, ColumnType>>("types"), Threads = work.Threads };
        TableLayout layout = work.Payload["layout"] is JsonNode given ? JsonText.Read<TableLayout>(given.ToJsonString()) : TableLayout.Usual;
        return TableFile.Read(file, work.Payload["file_name"]?.GetValue<string>(), layout.In(options), cancellation);
    }

    private static TableDescription Describe(TableReading reading, string? target)
    {
        Frame table = reading.Frame;
        TablePreset? preset = Solution.Recognise(table.Schema);
        return new TableDescription
        {
            RowCount = table.RowCount,
            Columns = [.. table.Columns.Select(column => new DatasetColumn(column.Name, column.Type))],
            Notes = reading.Notes,
            SuggestedTarget = target ?? TargetSuggestion.Of(table, preset),
            Preset = preset?.Name,
        };
    }
}
