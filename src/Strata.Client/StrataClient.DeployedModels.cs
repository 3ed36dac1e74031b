using Strata.Client.Contracts;

namespace Strata.Client;

/// <content>Deployed versions in the words of the training platform.</content>
public sealed partial class StrataClient
{
    /// <summary>Deploys what a training job has come to, staged or in production.</summary>
    public Task<DeployedVersionView> DeployModelAsync(ModelDeploymentRequest request, CancellationToken cancellation = default) => Post<DeployedVersionView>("api/ml/models/deploy", Json(request), cancellation);

    /// <summary>Deployed versions, of one name or status or of all.</summary>
    public Task<DeployedVersionsView> DeployedModelsAsync(string? name = null, ModelVersionStatus? status = null, int offset = 0, int count = 100, CancellationToken cancellation = default) =>
        Get<DeployedVersionsView>(
            $"api/ml/models/deployed?offset={offset}&count={count}{(name is null ? string.Empty : $"&name={Segment(name)}")}{(status is null ? string.Empty : $"&status={status.Value.ToString().ToLowerInvariant()}")}", cancellation);

    /// <summary>Brings a deployed model into production.</summary>
    public Task<DeployedVersionView> PromoteDeployedModelAsync(string modelId, VersionPromotionRequest? request = null, CancellationToken cancellation = default) =>
        Post<DeployedVersionView>($"api/ml/models/{Segment(modelId)}/promote", Json(request ?? new VersionPromotionRequest()), cancellation);

    /// <summary>Brings back what was in production before, or a named version that once was.</summary>
    public Task<DeployedVersionView> RollBackDeployedModelAsync(string name, string? toVersion = null, CancellationToken cancellation = default) =>
        Post<DeployedVersionView>($"api/ml/models/{Segment(name)}/rollback{(toVersion is null ? string.Empty : $"?to_version={Segment(toVersion)}")}", null, cancellation);

    /// <summary>Splits traffic between two models.</summary>
    public Task<ModelTestView> StartModelTestAsync(ModelTestRequest request, CancellationToken cancellation = default) => Post<ModelTestView>("api/ml/models/ab-test", Json(request), cancellation);

    /// <summary>Predicts by one model or by a test.</summary>
    public Task<ModelPredictionView> PredictByModelAsync(ModelPredictionRequest request, CancellationToken cancellation = default) => Post<ModelPredictionView>("api/ml/models/predict", Json(request), cancellation);
}
