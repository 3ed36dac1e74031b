using System.Text.Json.Nodes;
using Strata.Platform.Datasets;
using Strata.Platform.Storage;

namespace Strata.Platform.Jobs;

/// <summary>
/// Registers the table that a worker has read: for the dataset that the job's payload names, or as a new one. A kind that makes a new dataset leaves the
/// original file and says in its result, under <c>dataset</c>, what it is: a <see cref="NewDataset"/>.
/// </summary>
public sealed class DatasetFinish(DatasetLibrary datasets, string kind = DatasetLibrary.ReadKind) : IJobFinish
{
    public string Kind => kind;

    public Task<JobFinish> PrepareAsync(EndedJob ended, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(ended);
        string? id = ended.Job.Payload["dataset_id"]?.GetValue<string>();
        return Task.FromResult(ended.Status == JobStatus.Completed ? Complete(ended, id) : Fail(ended, id));
    }

    private JobFinish Complete(EndedJob ended, string? id)
    {
        TableDescription table = JsonText.Read<TableDescription>(ended.Result![TableIntake.Member]!.ToJsonString());
        string frame = ended.File(TableDescription.FrameFileName).Hash, profile = ended.File(TableDescription.ProfileFileName).Hash;
        Dataset dataset = id is not null ? datasets.Get(id) : New(ended);
        Dataset ready = dataset.Read(table, frame, profile) with { JobId = ended.Job.Id };
        var result = new JsonObject { ["dataset_id"] = ready.Id, ["row_count"] = ready.RowCount, ["column_count"] = ready.ColumnCount };
        return new JobFinish(result, connection =>
        {
            if (id is null)
            {
                DatasetTable.Insert(connection, ready with { Version = DatasetTable.NextVersion(connection, ready.Name) });
            }
            else
            {
                DatasetTable.SaveReading(connection, ready);
            }
        })
        { Artifacts = [] };
    }

    private Dataset New(EndedJob ended)
    {
        NewDataset said = JsonText.Read<NewDataset>(ended.Result!["dataset"]!.ToJsonString());
        Blob original = ended.File(said.OriginalFile);
        return datasets.Describe(original.Hash, original.Bytes, new DatasetUpload(said.OriginalFile) { Name = said.Name, Origin = said.Origin });
    }

    private JobFinish Fail(EndedJob ended, string? id)
    {
        if (id is null)
        {
            return new JobFinish(null);
        }

        Dataset failed = datasets.Get(id).Fail(ended.Error ?? "Reading was cancelled.");
        return new JobFinish(null, connection => DatasetTable.SaveReading(connection, failed));
    }
}
