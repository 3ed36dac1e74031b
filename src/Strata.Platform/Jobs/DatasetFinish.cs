using System.Text.Json.Nodes;
using Strata.Platform.Datasets;
using Strata.Platform.Storage;

namespace Strata.Platform.Jobs;

/// <summary>Makes a dataset ready with what its worker has read, or failed with the reason.</summary>
internal sealed class DatasetFinish(DatasetLibrary datasets) : IJobFinish
{
    public string Kind => DatasetLibrary.ReadKind;

    public Task<JobFinish> PrepareAsync(EndedJob ended, CancellationToken cancellation)
    {
        Dataset dataset = datasets.Get(ended.Job.Payload["dataset_id"]!.GetValue<string>());
        return Task.FromResult(ended.Status == JobStatus.Completed ? Complete(ended, dataset) : Fail(ended, dataset));
    }

    private static JobFinish Complete(EndedJob ended, Dataset dataset)
    {
        TableDescription table = JsonText.Read<TableDescription>(ended.Result!.ToJsonString());
        Dataset ready = dataset.Read(table, ended.File(TableDescription.FrameFileName).Hash, ended.File(TableDescription.ProfileFileName).Hash);
        var result = new JsonObject { ["dataset_id"] = ready.Id, ["row_count"] = ready.RowCount, ["column_count"] = ready.ColumnCount };
        return new JobFinish(result, connection => DatasetTable.SaveReading(connection, ready)) { Artifacts = [] };
    }

    private static JobFinish Fail(EndedJob ended, Dataset dataset)
    {
        Dataset failed = dataset.Fail(ended.Error ?? "Reading was cancelled.");
        return new JobFinish(null, connection => DatasetTable.SaveReading(connection, failed));
    }
}
