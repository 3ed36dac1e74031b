using System.Globalization;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Validation;

namespace Strata.Learning.Workflow;

/// <summary>
/// Algorithms compared by cross-validation on the training rows only, the best of them tuned on the same rows and fitted on all of these, and that model tested once on rows that nothing before
/// has seen.
/// </summary>
/// <param name="Comparison">The algorithms, the best first.</param>
/// <param name="Best">The one that was taken.</param>
/// <param name="Tuning">The search for its hyperparameters; null where there was nothing to search or no time.</param>
/// <param name="Training">The model and its test.</param>
public sealed record AlgorithmChoice(AlgorithmComparison Comparison, ComparedAlgorithm Best, TuningOutcome? Tuning, TrainingOutcome Training)
{
    /// <summary>So many trials must fit into the time that is left, or the best algorithm is taken as it was compared.</summary>
    private const int FewestTrials = 3;

    /// <param name="plan">What to do.</param>
    /// <param name="table">The rows.</param>
    /// <param name="context">Cancellation, progress and clock; seed and threads give way to the plan's.</param>
    /// <param name="folds">Hears of every compared fold; null for nobody.</param>
    /// <param name="trials">Hears of every trial; null for nobody.</param>
    /// <param name="test">Rows to test on; null holds some back.</param>
    /// <param name="validation">Rows that the last fit stops early by; null for none.</param>
    /// <exception cref="DataException">Plan and table do not fit, or no algorithm got done in time; all problems at once.</exception>
    public static AlgorithmChoice Run(ChoicePlan plan, Frame table, FitContext context, IProgress<ComparedFold>? folds = null, IProgress<TuningProgress>? trials = null, Frame? test = null, Frame? validation = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(context);
        plan.Check();
        long began = context.Clock.GetTimestamp();
        var baseline = new Baseline();
        (TrainingPlan training, PlannedTable planned, TrainingTable rows, _, _, RowSplit? split) = Workflow.Training.Prepare(plan.Training with { Algorithm = baseline.Algorithm, Hyperparameters = None }, baseline, table, test);
        training = training with { Task = rows.Target.Task.IsClassification() ? TargetKind.Classification : TargetKind.Regression };
        Frame learned = split is null ? table : table.Take([.. split.Train.Select(row => planned.RowNumbers[row])]);
        AlgorithmComparison comparison = AlgorithmComparison.Run((plan with { Training = training }).Comparison(UsualAlgorithms.For(rows.Target.Task, table)), learned, context, folds);
        ComparedAlgorithm best = comparison.Best ?? throw new DataException("No algorithm was measured within the time. Allow more, or name fewer and quicker algorithms.");

        training = training with { Algorithm = best.Algorithm, Hyperparameters = best.Hyperparameters, Metrics = [.. training.Metrics.Append(comparison.Metric).Distinct()] };
        double? left = plan.TimeLimit is double limit ? limit - context.Clock.GetElapsedTime(began).TotalSeconds : null;
        TuningOutcome? tuning = IsWorthTuning(plan, best, left) ? Tuned(plan, training, left, table, context, trials, test, validation) : null;
        TrainingOutcome outcome = tuning?.Training ?? Workflow.Training.Run(training, table, context with { Progress = null }, test, validation: validation);
        return new AlgorithmChoice(comparison, best, tuning, outcome with { Notes = [Sentence(comparison, best, tuning), .. comparison.Notes.Except(outcome.Notes), .. outcome.Notes] });
    }

    private static IReadOnlyDictionary<string, System.Text.Json.Nodes.JsonNode?> None { get; } = new Dictionary<string, System.Text.Json.Nodes.JsonNode?>();

    private static bool IsWorthTuning(ChoicePlan plan, ComparedAlgorithm best, double? left) =>
        plan.Trials > 0
        && !(left < FewestTrials * plan.Folds * best.FitSeconds)
        && Algorithms.Named(best.Algorithm).Hyperparameters.Any(known => !known.Declared.Advanced && !double.IsNaN(known.Declared.SearchMin) && !best.Hyperparameters.Keys.Any(known.IsCalled));

    /// <summary>Null where the time was up before one trial was done.</summary>
    private static TuningOutcome? Tuned(ChoicePlan plan, TrainingPlan training, double? left, Frame table, FitContext context, IProgress<TuningProgress>? trials, Frame? test, Frame? validation)
    {
        try
        {
            return Workflow.Tuning.Run(new TuningPlan { Training = training, Metric = plan.Metric, Folds = plan.Folds, Trials = plan.Trials, TimeLimit = left }, table, context with { Progress = null }, progress: trials, test: test, validation: validation);
        }
        catch (DataException) when (left is not null)
        {
            return null;
        }
    }

    private static string Sentence(AlgorithmComparison comparison, ComparedAlgorithm best, TuningOutcome? tuning)
    {
        string tuned = tuning is null ? "It was taken with its usual settings." : $"Its settings are the best of {tuning.Trials.Count} trials.";
        return string.Create(CultureInfo.InvariantCulture, $"{best.Name} was the best of {comparison.Algorithms.Count} by {comparison.Metric} ({best.Scores.Average():0.0000}) on folds of the training rows; the test rows chose nothing. {tuned}");
    }
}
