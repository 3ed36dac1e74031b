using Strata.Learning.Data;
using Strata.Platform.Storage;

namespace Strata.Platform.Monitoring.Alerts;

/// <summary>When somebody is to be told, and whom.</summary>
public sealed record AlertTerms
{
    /// <summary>Accuracy is the one metric of which more is better.</summary>
    public const string Accuracy = "accuracy";

    private static readonly string[] Metrics = [Accuracy, "log_loss", "calibration_error", "mae", "rmse"];
    private static readonly TimeSpan Longest = TimeSpan.FromDays(90);

    public required string Name { get; init; }

    /// <summary>The deployment's, or the one whose jobs it looks at.</summary>
    public string Project { get; init; } = ProjectScope.Usual;

    public required AlertCondition Condition { get; init; }

    /// <summary>The name of the deployment that it looks at; null for jobs.</summary>
    public string? Deployment { get; init; }

    /// <summary>What must be passed; null where an event alone counts.</summary>
    public double? Threshold { get; init; }

    /// <summary>Which metric of performance.</summary>
    public string? Metric { get; init; }

    /// <summary>How far back it looks; how long an event counts.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long the condition must hold before anybody is told.</summary>
    public TimeSpan Hold { get; init; }

    /// <summary>How long after firing it does not fire again.</summary>
    public TimeSpan CoolDown { get; init; }

    /// <summary>Nothing is said of fewer requests, or outcomes.</summary>
    public int LeastRequests { get; init; } = 20;

    /// <summary>Who is told.</summary>
    public IReadOnlyList<string> WebhookIds { get; init; } = [];

    /// <exception cref="DataException">It makes no sense; all problems at once.</exception>
    internal void Check()
    {
        var problems = new List<string>();
        string condition = JsonText.NameOf(Condition);
        void Time(string name, TimeSpan time, bool mayBeNone)
        {
            if (time > Longest || time < TimeSpan.Zero || (time == TimeSpan.Zero && !mayBeNone))
            {
                problems.Add($"{name} is {time.TotalSeconds:0.###} seconds; expected {(mayBeNone ? "0" : "above 0")} to {Longest.TotalSeconds:0}.");
            }
        }

        Time("window", Window, mayBeNone: false);
        Time("hold", Hold, mayBeNone: true);
        Time("cool_down", CoolDown, mayBeNone: true);
        if (Condition.IsOfDeployment() != (Deployment is not null))
        {
            problems.Add(Deployment is null ? $"'deployment' is missing: {condition} looks at one." : $"'deployment' is '{Deployment}', but {condition} looks at the jobs of a project.");
        }

        if (Condition.HasThreshold() != (Threshold is not null) || Threshold is double threshold && !(threshold >= 0 && double.IsFinite(threshold)))
        {
            problems.Add(Condition.HasThreshold() ? $"'threshold' is {(Threshold is null ? "missing" : Threshold)}: {condition} takes a number from 0 on." : $"'threshold' is {Threshold}, but {condition} has none.");
        }

        if ((Condition == AlertCondition.PerformanceWorse) != (Metric is not null) || (Metric is not null && !Metrics.Contains(Metric)))
        {
            problems.Add(Condition == AlertCondition.PerformanceWorse ? $"'metric' is {(Metric is null ? "missing" : $"'{Metric}'")}; expected one of {string.Join(", ", Metrics)}." : $"'metric' is '{Metric}', but {condition} has none.");
        }

        if (LeastRequests < 1)
        {
            problems.Add($"least_requests is {LeastRequests}; expected 1 or more.");
        }

        DataException.ThrowIfAny(problems);
    }
}
