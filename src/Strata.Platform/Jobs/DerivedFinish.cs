using System.Text.Json.Nodes;
using Strata.Platform.Datasets;
using Strata.Platform.Storage;

namespace Strata.Platform.Jobs;

/// <summary>Makes derived datasets ready with what their worker has made, or failed with the reason.</summary>
internal sealed class DerivedFinish(DatasetLibrary datasets) : IJobFinish
{
    public string Kind => DerivedDatasets.DeriveKind;

    public Task<JobFinish> PrepareAsync(EndedJob ended, CancellationToken cancellation)
    {
        Dataset[] made = [.. ended.Job.Payload["dataset_ids"]!.AsArray().Select(id => datasets.Get(id!.GetValue<string>()))];
        return Task.FromResult(ended.Status == JobStatus.Completed ? Complete(ended, made) : Fail(ended, made));
    }

    private static JobFinish Complete(EndedJob ended, Dataset[] made)
    {
        DerivedTable result = JsonText.Read<DerivedTable>(ended.Result!.ToJsonString());
        Dataset[] ready = [.. made.Select((dataset, at) => Made(ended, dataset, result, at))];
        var told = new JsonObject
        {
            ["dataset_id"] = ready[0].Id,
            ["dataset_ids"] = JsonText.NodeOf(ready.Select(dataset => dataset.Id)),
            ["row_count"] = ready[0].RowCount,
            ["column_count"] = ready[0].ColumnCount,
        };
        return new JobFinish(told, connection => Array.ForEach(ready, dataset => DatasetTable.SaveReading(connection, dataset))) { Artifacts = [] };
    }

    private static Dataset Made(EndedJob ended, Dataset dataset, DerivedTable result, int at)
    {
        Blob FileOf(string name) => ended.File(DerivedTable.FileOf(at, name));
        Derivation derivation = dataset.Derivation! with
        {
            Done = result.Steps,
            Split = dataset.Derivation.Split is { } split ? split with { Text = result.Split ?? string.Empty } : null,
        };
        string? rows = ended.Files.GetValueOrDefault(DerivedTable.FileOf(at, DerivedTable.RowsFileName))?.Hash;
        return dataset.Made(result.Tables[at], FileOf(TableDescription.FrameFileName).Hash, FileOf(TableDescription.ProfileFileName).Hash, FileOf(DerivedTable.TextFileName), rows, derivation);
    }

    private static JobFinish Fail(EndedJob ended, Dataset[] made)
    {
        Dataset[] failed = [.. made.Select(dataset => dataset.Fail(ended.Error ?? "The work was cancelled."))];
        return new JobFinish(null, connection => Array.ForEach(failed, dataset => DatasetTable.SaveReading(connection, dataset)));
    }
}
