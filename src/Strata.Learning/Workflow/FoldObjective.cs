using System.Text.Json.Nodes;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Metrics;
using Strata.Learning.Preparation;
using Strata.Learning.Search;

namespace Strata.Learning.Workflow;

/// <summary>The mean of a metric over folds, as a function of hyperparameters.</summary>
internal sealed class FoldObjective(
    TrainingPlan plan, Algorithm algorithm, TrainingTable rows, IReadOnlyList<RowSplit> folds, Metric metric, PruneBy pruneBy, FitContext context)
{
    /// <summary>A trial's note: the mean time of a fit.</summary>
    public const string FitSeconds = "fit_seconds";

    /// <summary>A trial's note: the metric's standard deviation over the folds.</summary>
    public const string Deviation = "deviation";

    private double lastFitSeconds;

    /// <summary>Of the fold that was fitted last in any trial; 0 before.</summary>
    public double LastFitSeconds => Volatile.Read(ref lastFitSeconds);

    public double Evaluate(RunningTrial trial)
    {
        var values = new Dictionary<string, JsonNode?>(plan.Hyperparameters);
        foreach ((string name, JsonNode? value) in trial.Values)
        {
            values[name] = value;
        }

        Pipeline pipeline = Training.PipelineOf(plan, algorithm.Recipe(values));
        var scores = new List<double>(folds.Count);
        TimeSpan fitTime = TimeSpan.Zero;
        for (int fold = 0; fold < folds.Count; fold++)
        {
            trial.Cancellation.ThrowIfCancellationRequested();
            (double score, TimeSpan time) = Fold(pipeline, fold, trial);
            fitTime += time;
            Volatile.Write(ref lastFitSeconds, time.TotalSeconds);
            trial.Note(FitSeconds, fitTime.TotalSeconds / (fold + 1));
            if (!double.IsNaN(score))
            {
                scores.Add(score);
            }

            if (pruneBy == PruneBy.Folds && fold + 1 < folds.Count && scores.Count == fold + 1 && !trial.Report(fold, scores.Average()))
            {
                throw new OperationCanceledException(trial.Cancellation);
            }
        }

        if (scores.Count == 0)
        {
            throw new DataException($"Metric '{metric.Name}' is undefined in every fold.");
        }

        double mean = scores.Average();
        trial.Note(Deviation, scores.Count < 2 ? 0 : Math.Sqrt(scores.Sum(score => (score - mean) * (score - mean)) / (scores.Count - 1)));
        return mean;
    }

    private (double Score, TimeSpan FitTime) Fold(Pipeline pipeline, int fold, RunningTrial trial)
    {
        TrainingTable train = rows.Take(folds[fold].Train), test = rows.Take(folds[fold].Test);
        bool isWatched = pruneBy == PruneBy.Rounds && fold == 0;
        long started = context.Clock.GetTimestamp();
        PipelineModel model = pipeline.Fit(train, context with
        {
            Cancellation = trial.Cancellation,
            Watched = isWatched ? test : null,
            Progress = isWatched ? new Rounds(trial, metric.HigherIsBetter ? -1 : 1) : null,
        });
        TimeSpan fitTime = context.Clock.GetElapsedTime(started);
        trial.Cancellation.ThrowIfCancellationRequested();
        Predictions predictions = model.Predict(test.Features, context with { Cancellation = trial.Cancellation });
        return (metric.Of(predictions, test.Target, test.Weights, test.Groups), fitTime);
    }

    /// <summary>Reports the watched rows' loss each tenth round, turned so that good values lie on the metric's side.</summary>
    private sealed class Rounds(RunningTrial trial, int sign) : IProgress<FitProgress>
    {
        public void Report(FitProgress value)
        {
            if ((value.Step + 1) % 10 == 0)
            {
                foreach ((string name, double loss) in value.Metrics)
                {
                    if (name.StartsWith("watched_", StringComparison.Ordinal))
                    {
                        trial.Report(value.Step, sign * loss);
                        return;
                    }
                }
            }
        }
    }
}
