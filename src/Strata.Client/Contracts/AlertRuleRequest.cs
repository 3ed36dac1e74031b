namespace Strata.Client.Contracts;

/// <summary>When somebody is to be told.</summary>
/// <param name="Name">For people.</param>
/// <param name="Condition">What is looked at.</param>
/// <param name="Deployment">The deployment's name; null for <c>job_failed</c>, which looks at a project's jobs.</param>
/// <param name="Threshold">What must be passed: a stability index, a share of requests, milliseconds, or the metric's value; null for <c>canary_rolled_back</c> and <c>job_failed</c>.</param>
/// <param name="Metric">For <c>performance_worse</c>: <c>accuracy</c>, <c>log_loss</c>, <c>calibration_error</c>, <c>mae</c> or <c>rmse</c>.</param>
/// <param name="WindowSeconds">How far back it looks; how long an event counts.</param>
/// <param name="HoldSeconds">How long the condition must hold before anybody is told.</param>
/// <param name="CoolDownSeconds">How long after firing it does not fire again.</param>
/// <param name="LeastRequests">Nothing is said of fewer requests, or outcomes.</param>
/// <param name="WebhookIds">Who is told; nobody when empty, the state is kept all the same.</param>
/// <param name="Project">For <c>job_failed</c>: the id or name of the project; null for the only one that it can be.</param>
public sealed record AlertRuleRequest(
    string Name,
    AlertCondition Condition,
    string? Deployment = null,
    double? Threshold = null,
    string? Metric = null,
    double WindowSeconds = 3600,
    double HoldSeconds = 0,
    double CoolDownSeconds = 0,
    int LeastRequests = 20,
    IReadOnlyList<string>? WebhookIds = null,
    string? Project = null);

/// <summary>What a rule looks at.</summary>
public enum AlertCondition
{
    DriftAbove,
    FailuresAbove,
    LatencyAbove,
    PerformanceWorse,
    CanaryRolledBack,
    JobFailed,
}

/// <summary>An address that is to be told of alerts.</summary>
/// <param name="Name">For people.</param>
/// <param name="Address">https:// or http://, on the public Internet unless the server's owner allows more.</param>
/// <param name="Project">The id or name of the project that it goes to; null for the only one that it can be.</param>
public sealed record WebhookRequest(string Name, string Address, string? Project = null);
