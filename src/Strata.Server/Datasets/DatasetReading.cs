using Strata.Learning.Data;
using Strata.Platform;
using Strata.Platform.Datasets;
using Strata.Platform.Jobs;

namespace Strata.Server.Datasets;

internal static class DatasetReading
{
    /// <summary>The dataset when its worker has read it, or still reading when that takes longer than the setting. A table that cannot be read is not kept.</summary>
    /// <exception cref="DataException">It cannot be read.</exception>
    public static async Task<Dataset> WhenRead(this Dataset dataset, StrataPlatform platform, ServerOptions options, CancellationToken cancellation)
    {
        if (dataset is not { Status: DatasetStatus.Reading, JobId: string jobId })
        {
            return dataset;
        }

        Job job = await platform.Jobs.WaitAsync(jobId, options.ReadingPatience, cancellation).ConfigureAwait(false);
        if (job.Status is JobStatus.Failed or JobStatus.Cancelled)
        {
            await platform.Datasets.DeleteAsync(dataset.Id).ConfigureAwait(false);
            throw new DataException(job.Error ?? "Reading was cancelled.");
        }

        return platform.Datasets.Get(dataset.Id);
    }

    /// <summary>Derived datasets when their worker has made them, or still at work when that takes longer than the setting. What cannot be made is not kept.</summary>
    /// <exception cref="DataException">They cannot be made.</exception>
    public static async Task<IReadOnlyList<Dataset>> WhenMade(this IReadOnlyList<Dataset> made, StrataPlatform platform, ServerOptions options, CancellationToken cancellation)
    {
        if (made[0] is not { Status: DatasetStatus.Reading, JobId: string jobId })
        {
            return made;
        }

        Job job = await platform.Jobs.WaitAsync(jobId, options.ReadingPatience, cancellation).ConfigureAwait(false);
        if (job.Status is JobStatus.Failed or JobStatus.Cancelled)
        {
            foreach (Dataset dataset in made)
            {
                await platform.Datasets.DeleteAsync(dataset.Id).ConfigureAwait(false);
            }

            throw new DataException(job.Error ?? "The work was cancelled.");
        }

        return [.. made.Select(dataset => platform.Datasets.Get(dataset.Id))];
    }
}
