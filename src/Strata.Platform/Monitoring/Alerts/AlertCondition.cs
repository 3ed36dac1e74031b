namespace Strata.Platform.Monitoring.Alerts;

/// <summary>What a rule looks at.</summary>
public enum AlertCondition
{
    /// <summary>The largest stability index of a column or answer of the deployment that has certainly drifted.</summary>
    DriftAbove,

    /// <summary>The share of the deployment's requests in which a model failed.</summary>
    FailuresAbove,

    /// <summary>The 95th percentile of the deployment's latency in milliseconds.</summary>
    LatencyAbove,

    /// <summary>A metric of the deployment's predictions whose outcome is known: accuracy below the threshold, any other above it.</summary>
    PerformanceWorse,

    /// <summary>A trial of a new model in the deployment was taken back.</summary>
    CanaryRolledBack,

    /// <summary>A job of the project failed.</summary>
    JobFailed,
}

internal static class AlertConditions
{
    public static bool IsOfDeployment(this AlertCondition condition) => condition != AlertCondition.JobFailed;

    public static bool HasThreshold(this AlertCondition condition) => condition is not (AlertCondition.CanaryRolledBack or AlertCondition.JobFailed);

    /// <summary>Whether reading it goes through logged rows, which takes its time.</summary>
    public static bool IsCostly(this AlertCondition condition) => condition is AlertCondition.DriftAbove or AlertCondition.PerformanceWorse;
}
