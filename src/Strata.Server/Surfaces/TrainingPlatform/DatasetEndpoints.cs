using Microsoft.AspNetCore.Http.HttpResults;
using Strata.Client.Contracts;
using Strata.Client.Contracts.TrainingPlatform;
using Strata.Platform;
using Strata.Platform.Accounts;
using Strata.Platform.Datasets;
using Strata.Server.Datasets;
using Strata.Server.Forms;
using Strata.Server.Jobs;
using Strata.Server.Safety;

namespace Strata.Server.Surfaces.TrainingPlatform;

internal static class DatasetEndpoints
{
    /// <summary>Stores a table. The answer waits for it to be read; when that takes longer than a minute it is 202 with the job that reads it.</summary>
    internal static async Task<Results<Created<PlatformDatasetView>, Accepted<JobView>>> Upload(
        HttpRequest request, Caller caller, StrataPlatform platform, ServerOptions options, CancellationToken cancellation)
    {
        UploadedForm form = await UploadedForm.Read(request, platform, cancellation).ConfigureAwait(false);
        await using (form.ConfigureAwait(false))
        {
            string project = caller.ProjectFor(Role.Trainer, form.Text("project"), platform);
            UploadedFile file = form.RequiredFile("file");
            var upload = new DatasetUpload(file.Name) { Name = form.Text("name"), Project = project, Target = form.Text("target_column") };
            Dataset stored = await platform.Datasets.UploadAsync(file.Open(), upload, cancellation).ConfigureAwait(false);
            Dataset dataset = await stored.WhenRead(platform, options, cancellation).ConfigureAwait(false);
            return dataset.Status == Platform.Datasets.DatasetStatus.Reading
                ? Later(dataset.JobId!, platform)
                : TypedResults.Created($"/api/ml/datasets/{dataset.Id}", await dataset.ViewWithGaps(platform, cancellation).ConfigureAwait(false));
        }
    }

    /// <summary>The stored datasets, newest first.</summary>
    internal static Ok<Client.Contracts.Page<PlatformDatasetView>> List(int? offset, int? count, Caller caller, StrataPlatform platform)
    {
        Paging paging = Paging.Of(offset, count);
        return TypedResults.Ok(platform.Datasets.List(paging.Offset, paging.Count, caller.Projects).View(dataset => dataset.PlatformView()));
    }

    /// <summary>One dataset, with how many values are missing from each column when it is ready.</summary>
    internal static async Task<Ok<PlatformDatasetView>> Get(string id, StrataPlatform platform, CancellationToken cancellation) =>
        TypedResults.Ok(await platform.Datasets.Get(id).ViewWithGaps(platform, cancellation).ConfigureAwait(false));

    /// <summary>What is answered where the work takes longer than a caller waits.</summary>
    internal static Accepted<JobView> Later(string jobId, StrataPlatform platform) => TypedResults.Accepted($"/api/jobs/{jobId}", platform.Jobs.Get(jobId).View());
}
