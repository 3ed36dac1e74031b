using System.Text.Json.Nodes;
using Strata.Platform;
using Strata.Platform.Datasets;
using Strata.Platform.Jobs;
using Strata.Solutions;

namespace Strata.Server.Sources;

/// <summary>Stores what a source gave as a dataset. The same table under the same name is the same dataset, so doing it twice does no harm.</summary>
internal sealed class FetchSourceFinish(StrataPlatform platform) : IJobFinish
{
    public string Kind => FetchSource.KindName;

    public async Task<JobFinish> PrepareAsync(EndedJob ended, CancellationToken cancellation)
    {
        if (ended.Status != JobStatus.Completed)
        {
            return new JobFinish(ended.Result);
        }

        ITableSource source = Solution.SourceOf(Text(ended, "source"))!;
        var upload = new DatasetUpload(Text(ended, "file_name")) { Name = source.Title, Project = ended.Job.Project, AskedBy = ended.Job.Terms.AskedBy, Origin = source.Kind.To<DatasetOrigin>() };
        FileStream table = platform.Storage.Blobs.Open(ended.File(FetchSource.TableFile).Hash);
        await using (table.ConfigureAwait(false))
        {
            Dataset dataset = await platform.Datasets.UploadAsync(table, upload, cancellation).ConfigureAwait(false);
            return new JobFinish(new JsonObject { ["dataset_id"] = dataset.Id }) { Artifacts = [] };
        }
    }

    private static string Text(EndedJob ended, string name) => ended.Result?[name]?.GetValue<string>() ?? throw new InvalidOperationException($"The source's job returned no '{name}'.");
}
