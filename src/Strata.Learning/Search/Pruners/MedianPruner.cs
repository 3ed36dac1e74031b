namespace Strata.Learning.Search.Pruners;

/// <summary>Gives a trial up when its best value so far is worse than the median of what others had at the same step (Golovin et al. 2017).</summary>
public sealed class MedianPruner : IPruner
{
    public string Name => "median";

    /// <summary>No trial is given up before so many have been completed.</summary>
    public int StartupTrials { get; init; } = 5;

    /// <summary>No trial is given up before this step.</summary>
    public int WarmupSteps { get; init; }

    public bool ShouldPrune(Trial trial, IReadOnlyList<Trial> others, Direction direction)
    {
        ArgumentNullException.ThrowIfNull(trial);
        ArgumentNullException.ThrowIfNull(others);
        int step = trial.Reports[^1].Step;
        if (step < WarmupSteps || others.Count(other => other.Status == TrialStatus.Completed) < StartupTrials)
        {
            return false;
        }

        double[] costs = [.. others.Where(other => other.Status == TrialStatus.Completed).Select(other => direction.Cost(other.ReportAt(step))).Where(cost => !double.IsNaN(cost)).Order()];
        if (costs.Length == 0)
        {
            return false;
        }

        double median = (costs[(costs.Length - 1) / 2] + costs[costs.Length / 2]) / 2;
        return trial.Reports.Min(report => direction.Cost(report.Value)) > median;
    }
}
