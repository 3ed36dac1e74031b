using System.Text.Json.Nodes;
using Strata.Platform.Datasets;
using Strata.Platform.Features;
using Strata.Platform.Storage;

namespace Strata.Platform.Jobs;

/// <summary>Enters a joined table as a dataset, ready to be used. The same table under the same name is the same dataset.</summary>
internal sealed class JoinFeaturesFinish(DatasetLibrary datasets) : IJobFinish
{
    public string Kind => FeatureStore.JoinKind;

    public Task<JobFinish> PrepareAsync(EndedJob ended, CancellationToken cancellation)
    {
        if (ended.Status != JobStatus.Completed)
        {
            return Task.FromResult(new JobFinish(null));
        }

        TableDescription table = JsonText.Read<TableDescription>(ended.Result!.ToJsonString());
        Dataset made = Made(ended, table).Read(table, ended.File(TableDescription.FrameFileName).Hash, ended.File(TableDescription.ProfileFileName).Hash);
        Dataset? same = datasets.FindSame(made);
        var result = new JsonObject { ["dataset_id"] = (same ?? made).Id, ["row_count"] = made.RowCount, ["column_count"] = made.ColumnCount };
        return Task.FromResult(new JobFinish(result, same is null ? connection => DatasetLibrary.Enter(connection, made) : null) { Artifacts = [] });
    }

    private Dataset Made(EndedJob ended, TableDescription table)
    {
        Blob csv = ended.File(JoinFeatures.CsvFile);
        string name = ended.Job.Payload["name"]!.GetValue<string>();
        var upload = new DatasetUpload($"{name}.csv")
        {
            Name = name,
            Project = ended.Job.Project,
            Origin = DatasetOrigin.Derived,
            Types = table.Columns.ToDictionary(column => column.Name, column => column.Type, StringComparer.Ordinal),
        };
        return datasets.Describe(csv.Hash, csv.Bytes, upload) with { JobId = ended.Job.Id };
    }
}
