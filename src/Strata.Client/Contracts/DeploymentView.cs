namespace Strata.Client.Contracts;

/// <summary>A name that answers predictions with one or several stored models.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Project">The project that it belongs to.</param>
/// <param name="Current">What it serves now.</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record DeploymentView(string Id, string Name, string Project, DeploymentRevisionView Current, DateTimeOffset CreatedAt);

/// <summary>What a deployment has served from a moment on.</summary>
/// <param name="Revision">1 for the first.</param>
/// <param name="Models">The models.</param>
/// <param name="LogShare">The share of predictions that are logged.</param>
/// <param name="Canary">The trial that one of the models is on, or null.</param>
/// <param name="Change">What kind of change led here.</param>
/// <param name="Note">Why, or null.</param>
/// <param name="By">Who changed it; null for the server itself.</param>
/// <param name="At">From when on.</param>
public sealed record DeploymentRevisionView(
    int Revision, IReadOnlyList<DeployedModelView> Models, double LogShare, CanaryView? Canary, DeploymentChange Change, string? Note, string? By, DateTimeOffset At);

/// <summary>A model in a deployment.</summary>
/// <param name="ModelId">The stored model.</param>
/// <param name="Name">Its name; null when it has been deleted since.</param>
/// <param name="Version">Its version; null when it has been deleted since.</param>
/// <param name="Algorithm">Its algorithm; null when it has been deleted since.</param>
/// <param name="Weight">As it was given.</param>
/// <param name="Share">Its part of the traffic, 0 to 1; 0 for a shadow.</param>
/// <param name="Shadow">Whether it is only asked beside the others.</param>
public sealed record DeployedModelView(string ModelId, string? Name, int? Version, string? Algorithm, double Weight, double Share, bool Shadow);

/// <summary>The trial of a model.</summary>
public sealed record CanaryView(string ModelId, DateTimeOffset Until, double MostFailures, double MostSlowdown, int LeastRequests);

/// <summary>Why a deployment changed.</summary>
public enum DeploymentChange
{
    Created,
    Changed,
    Promoted,
    RolledBack,
    CanaryStarted,
    CanaryPassed,
    CanaryFailed,
    TestDecided,
}
