namespace Strata.Client.Contracts;

/// <summary>A new deployment.</summary>
/// <param name="Name">1 to 100 letters, digits, <c>-</c>, <c>_</c> and <c>.</c>; it stands in the address of its predictions.</param>
/// <param name="Models">What it serves.</param>
/// <param name="LogShare">The share of predictions that are logged, 0 to 1.</param>
/// <param name="Project">The id or name of the project that it goes to; null for the only one that it can be.</param>
/// <param name="Note">Why, for the history.</param>
public sealed record DeploymentRequest(string Name, IReadOnlyList<DeployedModelRequest> Models, double LogShare = 1, string? Project = null, string? Note = null);

/// <summary>A model to serve.</summary>
/// <param name="ModelId">The stored model.</param>
/// <param name="Weight">Its part of the traffic, relative to the weights of the others.</param>
/// <param name="Shadow">Whether it is only asked beside the others and never answers.</param>
public sealed record DeployedModelRequest(string ModelId, double Weight = 1, bool Shadow = false);

/// <summary>What a deployment shall serve from now on; what is left out stays as it is.</summary>
/// <param name="Models">All models that it serves.</param>
/// <param name="LogShare">The share of predictions that are logged, 0 to 1.</param>
/// <param name="Note">Why, for the history.</param>
public sealed record DeploymentChangeRequest(IReadOnlyList<DeployedModelRequest>? Models = null, double? LogShare = null, string? Note = null);

/// <summary>All traffic to one model.</summary>
/// <param name="ModelId">The stored model; it may be new to the deployment.</param>
/// <param name="Note">Why, for the history.</param>
public sealed record PromotionRequest(string ModelId, string? Note = null);

/// <summary>The trial of a new model with a part of the traffic.</summary>
/// <param name="ModelId">The stored model.</param>
/// <param name="Share">Its part of the traffic, above 0 and below 1.</param>
/// <param name="Minutes">How long the trial takes; then the model gets all traffic, unless it was seen to be worse before.</param>
/// <param name="MostFailures">How much larger its share of failed requests may be than that of the others.</param>
/// <param name="MostSlowdown">How many times the others' 95th percentile of latency its own may be.</param>
/// <param name="LeastRequests">Nothing is judged before it has answered so many.</param>
/// <param name="Note">Why, for the history.</param>
public sealed record CanaryRequest(
    string ModelId, double Share = 0.05, double Minutes = 60, double MostFailures = 0.01, double MostSlowdown = 3, int LeastRequests = 100, string? Note = null);
