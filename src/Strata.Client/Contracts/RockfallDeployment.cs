namespace Strata.Client.Contracts;

/// <summary>How a training's model is to be served.</summary>
/// <param name="Name">1 to 100 letters, digits, <c>-</c>, <c>_</c> and <c>.</c>; a deployment of that name serves this model from then on. Null for a name made of the job's.</param>
/// <param name="LogShare">The share of predictions that are logged, 0 to 1, for a new deployment; null for all.</param>
/// <param name="Note">Why, for the history.</param>
public sealed record RockfallDeploymentRequest(string? Name = null, double? LogShare = null, string? Note = null);

/// <summary>A name that answers predictions.</summary>
/// <param name="DeploymentId">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="JobId">The training of the model that answers most; null where it was not trained here.</param>
/// <param name="ModelId">That model.</param>
/// <param name="ModelName">Its name; null when it has been deleted since.</param>
/// <param name="ModelVersion">Its version; null when it has been deleted since.</param>
/// <param name="Share">Its part of the traffic, 0 to 1.</param>
/// <param name="Revision">How often the deployment has changed, from 1.</param>
/// <param name="Status">What led to what it serves now.</param>
/// <param name="Endpoint">Where rows are sent.</param>
/// <param name="DeployedAt">From when on it serves this.</param>
/// <param name="DeployedBy">Who decided so; null for the server itself.</param>
public sealed record RockfallDeploymentView(
    string DeploymentId,
    string Name,
    string? JobId,
    string ModelId,
    string? ModelName,
    int? ModelVersion,
    double Share,
    int Revision,
    DeploymentChange Status,
    string Endpoint,
    DateTimeOffset DeployedAt,
    string? DeployedBy);

/// <summary>Some deployments, the newest first.</summary>
/// <param name="Deployments">The deployments.</param>
/// <param name="Total">How many there are in all.</param>
public sealed record RockfallDeploymentsView(IReadOnlyList<RockfallDeploymentView> Deployments, int Total);
