using Strata.Learning.Search;
using Strata.Learning.Workflow;
using Strata.Platform.Jobs;

namespace Strata.Platform.Models;

/// <summary>Each trial of a search as a point of the series <c>trial</c> and <c>best</c>, and a line of the log.</summary>
/// <param name="work">The job.</param>
/// <param name="timeLimit">Seconds for the search; null for no limit.</param>
/// <param name="from">Per cent when it begins.</param>
/// <param name="to">Per cent when it ends.</param>
internal sealed class TrialReports(JobWork work, double? timeLimit, double from, double to) : IProgress<TuningProgress>
{
    private readonly long began = work.Clock.GetTimestamp();

    public void Report(TuningProgress value)
    {
        Trial trial = value.Trial;
        if (trial.Status == TrialStatus.Completed)
        {
            work.Metric("trial", trial.Number, trial.Value);
        }

        if (value.Best is Trial best)
        {
            work.Metric("best", trial.Number, best.Value);
        }

        work.Log($"Trial {trial.Number}: {(trial.Status == TrialStatus.Completed ? TuneModel.Text(trial.Value) : $"{trial.Status} ({trial.Reason})")}");
        double byTrials = value.Most is int most ? (double)value.Ended / most : 0;
        double byTime = timeLimit is double seconds ? work.Clock.GetElapsedTime(began).TotalSeconds / seconds : 0;
        string told = value.Best is Trial leader ? $", best {TuneModel.Text(leader.Value)}" : string.Empty;
        work.Progress(from + (to - from) * Math.Min(1, Math.Max(byTrials, byTime)), $"Searching, {value.Ended}{(value.Most is int all ? $" of {all}" : string.Empty)} trials{told}");
    }
}
