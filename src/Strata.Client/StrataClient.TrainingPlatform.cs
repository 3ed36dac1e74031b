using System.Net;
using Strata.Client.Contracts;
using Strata.Client.Contracts.TrainingPlatform;

namespace Strata.Client;

/// <content>Derived datasets, and the training platform's names for data and training (<c>/api/ml</c>).</content>
public sealed partial class StrataClient
{
    /// <summary>Makes a dataset of another one by recorded steps, or several by a split; the answer is ready, or still at work when that takes longer than a minute.</summary>
    public Task<DerivedDatasetsView> DeriveAsync(string datasetId, DerivationRequest request, CancellationToken cancellation = default) =>
        Post<DerivedDatasetsView>($"api/datasets/{Segment(datasetId)}/derive", Json(request), cancellation);

    /// <summary>Sends a table, and waits until it is read.</summary>
    public async Task<PlatformDatasetView> UploadPlatformDatasetAsync(
        Stream content, string fileName, string? name = null, string? targetColumn = null, string? project = null, CancellationToken cancellation = default)
    {
        using var form = new MultipartFormDataContent { { FileContent(content), "file", fileName } };
        foreach ((string field, string? text) in new[] { ("name", name), ("target_column", targetColumn), ("project", project) })
        {
            if (text is not null)
            {
                form.Add(new StringContent(text), field);
            }
        }

        using HttpResponseMessage answer = await http.PostAsync("api/ml/datasets/upload", form, cancellation).ConfigureAwait(false);
        return answer.StatusCode == HttpStatusCode.Accepted
            ? await PlatformDatasetAsync(await MadeBy(answer, cancellation).ConfigureAwait(false), cancellation).ConfigureAwait(false)
            : await Read<PlatformDatasetView>(answer, cancellation).ConfigureAwait(false);
    }

    public Task<Page<PlatformDatasetView>> PlatformDatasetsAsync(int offset = 0, int count = 100, CancellationToken cancellation = default) =>
        Get<Page<PlatformDatasetView>>($"api/ml/datasets?offset={offset}&count={count}", cancellation);

    public Task<PlatformDatasetView> PlatformDatasetAsync(string id, CancellationToken cancellation = default) => Get<PlatformDatasetView>($"api/ml/datasets/{Segment(id)}", cancellation);

    /// <summary>Cleans a dataset into a new one, and waits for it.</summary>
    public Task<CleanDataView> CleanDataAsync(CleanDataRequest request, CancellationToken cancellation = default) => PostUntilMade<CleanDataRequest, CleanDataView>("api/ml/data/clean", request, cancellation);

    /// <summary>Keeps a dataset's best columns in a new one, and waits for it.</summary>
    public Task<SelectFeaturesView> SelectFeaturesAsync(SelectFeaturesRequest request, CancellationToken cancellation = default) =>
        PostUntilMade<SelectFeaturesRequest, SelectFeaturesView>("api/ml/data/select-features", request, cancellation);

    /// <summary>Splits a dataset into new ones, and waits for them.</summary>
    public Task<SplitDataView> SplitDataAsync(SplitDataRequest request, CancellationToken cancellation = default) => PostUntilMade<SplitDataRequest, SplitDataView>("api/ml/data/split", request, cancellation);

    public Task<TrainingJobView> TrainModelAsync(TrainModelRequest request, CancellationToken cancellation = default) => Post<TrainingJobView>("api/ml/models/train", Json(request), cancellation);

    /// <summary>A training, or a search for hyperparameters: how far it is, and what has come of it.</summary>
    public Task<TrainingJobView> TrainingJobAsync(string jobId, CancellationToken cancellation = default) => Get<TrainingJobView>($"api/ml/models/train/{Segment(jobId)}", cancellation);

    public Task<TrainingJobView> TuneModelAsync(TuneModelRequest request, CancellationToken cancellation = default) => Post<TrainingJobView>("api/ml/models/tune", Json(request), cancellation);

    public Task<TrainingJobView> TuningJobAsync(string jobId, CancellationToken cancellation = default) => Get<TrainingJobView>($"api/ml/models/tune/{Segment(jobId)}", cancellation);

    public Task<ModelComparisonView> CompareModelsAsync(CompareModelsRequest request, CancellationToken cancellation = default) => Post<ModelComparisonView>("api/ml/models/compare", Json(request), cancellation);

    /// <summary>A comparison: how far it is, and the ranking when it is completed.</summary>
    public Task<ModelComparisonView> ModelComparisonAsync(string jobId, CancellationToken cancellation = default) => Get<ModelComparisonView>($"api/ml/models/compare/{Segment(jobId)}", cancellation);

    /// <summary>Asks again when the job is done: the same steps on the same rows are the dataset that is there.</summary>
    private async Task<TView> PostUntilMade<TRequest, TView>(string path, TRequest request, CancellationToken cancellation)
    {
        using HttpResponseMessage answer = await http.PostAsync(path, Json(request), cancellation).ConfigureAwait(false);
        if (answer.StatusCode != HttpStatusCode.Accepted)
        {
            return await Read<TView>(answer, cancellation).ConfigureAwait(false);
        }

        _ = await MadeBy(answer, cancellation).ConfigureAwait(false);
        return await Post<TView>(path, Json(request), cancellation).ConfigureAwait(false);
    }

    /// <summary>The dataset that the job of an answer has made.</summary>
    private async Task<string> MadeBy(HttpResponseMessage answer, CancellationToken cancellation)
    {
        JobView job = await WaitAsync((await Read<JobView>(answer, cancellation).ConfigureAwait(false)).Id, null, cancellation).ConfigureAwait(false);
        return job is { Status: JobStatus.Completed, Result: { } result } && result.GetProperty("dataset_id").GetString() is string id
            ? id
            : throw new RefusedException(new Problem("Unusable data", 422, job.Error ?? "The work was cancelled.", []));
    }
}
