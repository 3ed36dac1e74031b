using Strata.Client.Contracts;

namespace Strata.Client;

/// <content>The omics framework's routes.</content>
public sealed partial class StrataClient
{
    /// <summary>Looks for the best model that can be had in some time.</summary>
    public Task<OmicsJobView> StartAutomlAsync(OmicsAutomlRequest request, CancellationToken cancellation = default) => Post<OmicsJobView>("api/ml/automl/train", Json(request), cancellation);

    /// <summary>Trains a network.</summary>
    public Task<OmicsJobView> StartDeepLearningAsync(OmicsNetworkRequest request, CancellationToken cancellation = default) => Post<OmicsJobView>("api/ml/deep-learning/train", Json(request), cancellation);

    /// <summary>Trains a network that begins from the weights of another.</summary>
    public Task<OmicsJobView> StartTransferLearningAsync(OmicsTransferRequest request, CancellationToken cancellation = default) =>
        Post<OmicsJobView>("api/ml/transfer-learning/train", Json(request), cancellation);

    /// <summary>Trains several algorithms together.</summary>
    public Task<OmicsJobView> CreateEnsembleAsync(OmicsEnsembleRequest request, CancellationToken cancellation = default) => Post<OmicsJobView>("api/ml/ensemble/create", Json(request), cancellation);

    public Task<OmicsJobView> OmicsJobAsync(string jobId, CancellationToken cancellation = default) => Get<OmicsJobView>($"api/ml/jobs/{Segment(jobId)}/status", cancellation);

    public Task<OmicsResultsView> OmicsResultsAsync(string modelId, CancellationToken cancellation = default) => Get<OmicsResultsView>($"api/ml/models/{Segment(modelId)}/results", cancellation);

    /// <summary>All that an automatic model was chosen among.</summary>
    public Task<LeaderboardView> LeaderboardAsync(string modelId, CancellationToken cancellation = default) => Get<LeaderboardView>($"api/ml/models/{Segment(modelId)}/leaderboard", cancellation);

    /// <summary>Makes a model of one row of an automatic model's leaderboard.</summary>
    public Task<ModelView> MakeCandidateAsync(string modelId, string candidate, string? name = null, CancellationToken cancellation = default) =>
        Post<ModelView>($"api/ml/models/{Segment(modelId)}/candidates/{Segment(candidate)}", Json(new CandidateRequest(name)), cancellation);

    /// <summary>Teaches one small model to answer as a large one does.</summary>
    public Task<OmicsJobView> DistilAsync(string modelId, DistilRequest? request = null, CancellationToken cancellation = default) =>
        Post<OmicsJobView>($"api/ml/models/{Segment(modelId)}/distil", Json(request ?? new DistilRequest()), cancellation);

    /// <summary>The newest first.</summary>
    public Task<OmicsModelsView> OmicsModelsAsync(int offset = 0, int count = 100, CancellationToken cancellation = default) =>
        Get<OmicsModelsView>($"api/ml/models/list?offset={offset}&count={count}", cancellation);

    public Task DeleteOmicsModelAsync(string modelId, CancellationToken cancellation = default) => Delete($"api/ml/models/{Segment(modelId)}", cancellation);

    /// <summary>Why a model answers as it does, by the method's usual name.</summary>
    public Task<OmicsExplanationView> ExplainOmicsModelAsync(string modelId, OmicsExplanationRequest request, CancellationToken cancellation = default) =>
        Post<OmicsExplanationView>($"api/ml/models/{Segment(modelId)}/explain", Json(request), cancellation);
}
