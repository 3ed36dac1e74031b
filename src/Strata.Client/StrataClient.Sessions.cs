using Strata.Client.Contracts;

namespace Strata.Client;

/// <content>Sessions of planet finding: an own training, or a prediction with a shipped model.</content>
public sealed partial class StrataClient
{
    /// <summary>Trains on an observed or simulated table of planet candidates.</summary>
    public Task<SessionView> StartCustomTrainingAsync(SessionRequest request, CancellationToken cancellation = default) => Post<SessionView>("api/custom/train", Json(request), cancellation);

    public Task<SessionProgress> CustomProgressAsync(string sessionId, CancellationToken cancellation = default) => Get<SessionProgress>($"api/custom/progress/{Segment(sessionId)}", cancellation);

    public Task<SessionResult> CustomResultAsync(string sessionId, CancellationToken cancellation = default) => Get<SessionResult>($"api/custom/result/{Segment(sessionId)}", cancellation);

    /// <summary>Predicts with a shipped model.</summary>
    public Task<SessionView> StartPretrainedPredictionAsync(SessionRequest request, CancellationToken cancellation = default) => Post<SessionView>("api/pretrained/predict", Json(request), cancellation);

    public Task<SessionProgress> PretrainedProgressAsync(string sessionId, CancellationToken cancellation = default) => Get<SessionProgress>($"api/pretrained/progress/{Segment(sessionId)}", cancellation);

    public Task<SessionResult> PretrainedResultAsync(string sessionId, CancellationToken cancellation = default) => Get<SessionResult>($"api/pretrained/result/{Segment(sessionId)}", cancellation);
}
