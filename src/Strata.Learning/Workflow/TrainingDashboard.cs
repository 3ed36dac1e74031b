using System.Globalization;
using Strata.Learning.Data;
using Strata.Learning.Workflow.Plots;

namespace Strata.Learning.Workflow;

/// <summary>One training to watch: it splits, prepares and fits in the safe order, keeps the curves, and says in the end how good the model is on the rows set aside.</summary>
public sealed class TrainingDashboard
{
    private TrainingDashboard(TrainingOutcome outcome, IReadOnlyList<Series> curves) => (Outcome, Curves) = (outcome, curves);

    public TrainingOutcome Outcome { get; }

    /// <summary>Each metric that the fit reported, over its iterations; empty for algorithms that fit in one step.</summary>
    public IReadOnlyList<Series> Curves { get; }

    /// <summary>Trains the algorithm that the preparation names.</summary>
    /// <param name="data">What to learn from, and by which algorithm.</param>
    /// <param name="context">Threads, cancellation, and who else is told of progress; null for the defaults.</param>
    /// <param name="watch">Where a line about every tenth of the way is written; null for nowhere.</param>
    /// <exception cref="DataException">Plan and table do not fit; all problems at once.</exception>
    /// <exception cref="OperationCanceledException">The context's token was cancelled.</exception>
    public static TrainingDashboard Train(DataPreparation data, FitContext? context = null, TextWriter? watch = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        context ??= new FitContext();
        var curves = new FitCurves(new Lines(context.Progress, watch));
        TrainingOutcome outcome = Training.Run(data.Plan, data.Table, context with { Progress = curves });
        var dashboard = new TrainingDashboard(outcome, curves.Series);
        watch?.WriteLine(dashboard.Summary);
        return dashboard;
    }

    /// <summary>In a few lines: what was trained, how it was tested, and the metrics.</summary>
    public string Summary => string.Create(
        CultureInfo.InvariantCulture,
        $"{Outcome.Plan.Algorithm}: {Outcome.TrainingRows} rows in {Outcome.FitTime.TotalSeconds:0.00} s. {Outcome.Split}\n{string.Join(", ", Outcome.Evaluation.Metrics.Take(6).Select(metric => $"{metric.Key} {metric.Value:0.0000}"))}");

    /// <summary>Writes the curves as an SVG picture.</summary>
    /// <exception cref="DataException">The algorithm reported none.</exception>
    public void SaveCurves(string path)
    {
        string picture = Plot.Curves($"Training {Outcome.Plan.Algorithm}", "iteration", "metric", Curves);
        WholeFile.Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(picture)));
    }

    /// <summary>Writes a line about every tenth of the way.</summary>
    private sealed class Lines(IProgress<FitProgress>? further, TextWriter? watch) : IProgress<FitProgress>
    {
        private int lastTenth = -1;

        public void Report(FitProgress value)
        {
            further?.Report(value);
            int tenth = (int)(10L * (value.Step + 1) / Math.Max(1, value.StepCount));
            if (tenth > lastTenth)
            {
                lastTenth = tenth;
                watch?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{10 * tenth,3} %  {string.Join("  ", value.Metrics.Take(3).Select(metric => $"{metric.Key} {metric.Value:0.0000}"))}").TrimEnd());
            }
        }
    }
}
