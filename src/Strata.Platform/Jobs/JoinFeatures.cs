using System.Text.Json.Nodes;
using Strata.Learning.Data;
using Strata.Learning.Data.Profiling;
using Strata.Platform.Datasets;
using Strata.Platform.Features;
using Strata.Platform.Storage;

namespace Strata.Platform.Jobs;

/// <summary>The job kind <c>join_features</c>: completes a table with features as they were known at each row's time.</summary>
public sealed class JoinFeatures : IJobKind
{
    /// <summary>The output file with the joined table as CSV: the new dataset's original.</summary>
    internal const string CsvFile = "table.csv";

    public string Name => FeatureStore.JoinKind;

    public Task<JsonNode?> RunAsync(JobWork work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(work);
        work.Progress(5, "Reading the table");
        JoinOrder order = work.PayloadAs<JoinOrder>("order");
        var notes = new List<string>();
        Frame joined = PointInTimeJoin.Run(
            order,
            Table(work, FeatureStore.TableInput),
            group =>
            {
                work.Progress(10 + 40.0 * group / order.Groups.Count, $"Joining {order.Groups[group].Name}");
                return Table(work, FeatureStore.ValuesInput(group));
            },
            notes.Add,
            cancellation);
        work.Log(string.Join('\n', notes));
        work.Progress(50, "Storing the columns");
        FrameFile.Write(work.OutputPath(TableDescription.FrameFileName), joined);
        using (FileStream csv = File.Create(work.OutputPath(CsvFile)))
        {
            FrameCsv.Write(csv, joined);
        }

        work.Progress(75, "Profiling the columns");
        File.WriteAllBytes(work.OutputPath(TableDescription.ProfileFileName), JsonText.BytesOf(TableProfile.Of(joined, null, cancellation)));
        return Task.FromResult(JsonText.NodeOf(new TableDescription
        {
            RowCount = joined.RowCount,
            Columns = [.. joined.Columns.Select(column => new DatasetColumn(column.Name, column.Type))],
            Notes = notes,
            SuggestedTarget = TargetSuggestion.Of(joined, null),
        }));
    }

    private static Frame Table(JobWork work, string input)
    {
        using FileStream file = File.OpenRead(work.InputPath(input));
        return FrameFile.Read(file);
    }
}
