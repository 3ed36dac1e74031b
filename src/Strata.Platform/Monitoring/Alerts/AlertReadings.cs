using System.Globalization;
using Strata.Platform.Deployments;
using Strata.Platform.Jobs;

namespace Strata.Platform.Monitoring.Alerts;

/// <summary>Reads what rules look at.</summary>
internal sealed class AlertReadings(DeploymentLibrary deployments, DeploymentMonitor monitor, JobQueue jobs, TimeProvider clock)
{
    public async Task<AlertReading> OfAsync(AlertRule rule)
    {
        try
        {
            if (rule.Terms.Deployment is string name && deployments.ProjectOf(name) != rule.Terms.Project)
            {
                throw NotFoundException.Of("deployment", name); // Its name went to another project: what that has is not for this rule's webhooks.
            }

            return rule.Terms.Condition switch
            {
                AlertCondition.DriftAbove => Drift(rule, await monitor.DriftAsync(rule.Terms.Deployment!, rule.Terms.Window).ConfigureAwait(false)),
                AlertCondition.PerformanceWorse => Performance(rule, await monitor.PerformanceAsync(rule.Terms.Deployment!, rule.Terms.Window).ConfigureAwait(false)),
                AlertCondition.FailuresAbove => Failures(rule, Traffic(rule)),
                AlertCondition.LatencyAbove => Latency(rule, Traffic(rule)),
                AlertCondition.CanaryRolledBack => RolledBack(rule),
                _ => Failed(rule),
            };
        }
        catch (NotFoundException gone)
        {
            return new AlertReading(null, null, gone.Message);
        }
    }

    private static AlertReading Drift(AlertRule rule, DriftReport report)
    {
        if (report.ReferenceRows == 0 || report.Columns.All(column => column.AdjustedPValue is null))
        {
            return new AlertReading(null, null, report.Verdict);
        }

        DriftedColumn? worst = report.Columns.Where(column => column.HasDrifted).MaxBy(column => column.Drift.Stability);
        return Above(rule, worst?.Drift.Stability ?? 0, worst is null ? report.Verdict : $"The stability index of '{worst.Drift.Column}' is {Text(worst.Drift.Stability)} in {report.Rows} rows");
    }

    private static AlertReading Performance(AlertRule rule, PerformanceReport report)
    {
        if (report.Known < rule.Terms.LeastRequests || !report.Metrics.TryGetValue(rule.Terms.Metric!, out double value))
        {
            return new AlertReading(null, null, $"{report.Known} outcomes are known; {rule.Terms.LeastRequests} with {rule.Terms.Metric} are needed.");
        }

        string what = $"{rule.Terms.Metric} is {Text(value)} on {report.Known} predictions whose outcome is known";
        return rule.Terms.Metric != AlertTerms.Accuracy ? Above(rule, value, what) : new AlertReading(value < rule.Terms.Threshold, value, $"{what}, {(value < rule.Terms.Threshold ? "below" : "not below")} {Text(rule.Terms.Threshold!.Value)}.");
    }

    private static AlertReading Failures(AlertRule rule, ArmTraffic traffic) => traffic.Requests < rule.Terms.LeastRequests
        ? TooFew(rule, traffic)
        : Above(rule, traffic.FailureShare, $"{traffic.Failed} of {traffic.Requests} requests failed, a share of {Text(traffic.FailureShare)}");

    private static AlertReading Latency(AlertRule rule, ArmTraffic traffic) => traffic.Requests < rule.Terms.LeastRequests || traffic.Latency.QuantileInMilliseconds(0.95) is not double latency
        ? TooFew(rule, traffic)
        : Above(rule, latency, $"The 95th percentile of latency is {Text(latency)} ms over {traffic.Answered} answers");

    private AlertReading RolledBack(AlertRule rule)
    {
        DateTimeOffset from = From(rule);
        DeploymentRevision[] taken = [.. deployments.History(rule.Terms.Deployment!, 0, 100).Items.Where(revision => revision.Change == DeploymentChange.CanaryFailed && revision.At >= from)];
        return new AlertReading(taken.Length > 0, taken.Length, taken.Length == 0 ? "No trial was taken back." : taken[0].Note ?? "A trial was taken back.");
    }

    private AlertReading Failed(AlertRule rule)
    {
        (int count, Job? newest) = jobs.FailedSince(rule.Terms.Project, From(rule));
        return new AlertReading(count > 0, count, newest is null ? "No job failed." : $"{count} failed, the last of them {newest.Kind} {newest.Id}: {newest.Error}");
    }

    private static AlertReading Above(AlertRule rule, double value, string what) =>
        new(value > rule.Terms.Threshold, value, $"{what.TrimEnd('.')}, {(value > rule.Terms.Threshold ? "above" : "not above")} {Text(rule.Terms.Threshold!.Value)}.");

    private static AlertReading TooFew(AlertRule rule, ArmTraffic traffic) => new(null, null, $"{traffic.Requests} requests in the window; {rule.Terms.LeastRequests} are needed.");

    /// <summary>What happened before the rule was made is not its business.</summary>
    private DateTimeOffset From(AlertRule rule) => clock.GetUtcNow() - rule.Terms.Window is DateTimeOffset from && from > rule.CreatedAt ? from : rule.CreatedAt;

    private ArmTraffic Traffic(AlertRule rule)
    {
        HashSet<string> shadows = [.. deployments.Get(rule.Terms.Deployment!).Current.Plan.Models.Where(model => model.IsShadow).Select(model => model.ModelId)];
        return ArmTraffic.Of(deployments.Traffic(rule.Terms.Deployment!, clock.GetUtcNow() - rule.Terms.Window), id => !shadows.Contains(id));
    }

    private static string Text(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
