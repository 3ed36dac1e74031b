namespace Strata.Platform.Deployments;

/// <summary>Why a deployment changed.</summary>
public enum DeploymentChange
{
    Created,
    Changed,
    Promoted,
    RolledBack,

    /// <summary>A new model began its trial.</summary>
    CanaryStarted,

    /// <summary>The trial went well: the model has all traffic.</summary>
    CanaryPassed,

    /// <summary>The trial went badly: what was before serves again.</summary>
    CanaryFailed,

    /// <summary>An A/B test was decided.</summary>
    TestDecided,
}

/// <summary>One entry of a deployment's history: what it has served from a moment on, until the next.</summary>
/// <param name="Number">1 for the first.</param>
/// <param name="Plan">What it served.</param>
/// <param name="Change">What kind of change led here.</param>
/// <param name="Note">In words, why; null where nothing was said.</param>
/// <param name="By">Who changed it; null for the server itself.</param>
/// <param name="At">From when on.</param>
public sealed record DeploymentRevision(int Number, DeploymentPlan Plan, DeploymentChange Change, string? Note, string? By, DateTimeOffset At);
