using Strata.Learning.Data;
using Strata.Learning.Metrics;

namespace Strata.Learning.Validation;

/// <summary>Mean and sample standard deviation of a metric over the folds in which it is defined.</summary>
public sealed record MetricSummary(double Mean, double StandardDeviation, int FoldCount);

/// <summary>One fold: its rows, and how the model that learned from the others did on them.</summary>
public sealed record Fold(RowSplit Rows, Evaluation Evaluation, TimeSpan FitTime);

/// <summary>How a recipe does on rows that it has not learned from, fold by fold.</summary>
public sealed record CrossValidation
{
    private const int StepsPerFold = 1000;

    public required SplitDescription Split { get; init; }

    public required IReadOnlyList<Fold> Folds { get; init; }

    /// <summary>The tested rows of the table, ascending: all of them, or the later ones when splitting by time.</summary>
    public required int[] OutOfFoldRows { get; init; }

    /// <summary>Predictions for <see cref="OutOfFoldRows"/>, each by the model that had not seen the row.</summary>
    public required Predictions OutOfFold { get; init; }

    /// <summary>All out-of-fold predictions measured together.</summary>
    public required Evaluation Overall { get; init; }

    public required IReadOnlyDictionary<string, MetricSummary> Metrics { get; init; }

    /// <summary>Fits the recipe once a fold, on the folds that the table's times, groups and classes ask for, and measures it on the fold's test rows.</summary>
    /// <param name="recipe">What to fit; a pipeline fits its preparation on each fold's training rows too.</param>
    /// <param name="table">The rows.</param>
    /// <param name="foldCount">At least 2.</param>
    /// <param name="context">Seed (of folds and fits), threads (all for one fit at a time), cancellation, progress in thousandths of a fold.</param>
    /// <param name="further">Metrics to measure beside the usual ones; null for none.</param>
    /// <exception cref="DataException">The rows cannot be split so, or the recipe cannot learn from them.</exception>
    /// <exception cref="OperationCanceledException">The context's token was cancelled.</exception>
    public static CrossValidation Run(IRecipe recipe, TrainingTable table, int foldCount, FitContext context, IReadOnlyList<Metric>? further = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(context);
        (IReadOnlyList<RowSplit> splits, SplitDescription description) = RowSplits.Folds(table, foldCount, context.Seed);
        return Run(recipe, table, splits, description, context, further);
    }

    /// <summary>As the other <c>Run</c>, on given splits; no row may be tested twice.</summary>
    public static CrossValidation Run(IRecipe recipe, TrainingTable table, IReadOnlyList<RowSplit> splits, SplitDescription description, FitContext context, IReadOnlyList<Metric>? further = null)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(splits);
        ArgumentNullException.ThrowIfNull(context);
        Target.Require(table.Target);
        var outOfFold = new OutOfFoldPredictions(table);
        var folds = new List<Fold>(splits.Count);
        for (int i = 0; i < splits.Count; i++)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            Fold fold = RunFold(recipe, table, splits[i], ContextOfFold(context, i, splits.Count), outOfFold, further);
            folds.Add(fold);
            context.Progress?.Report(new FitProgress((i + 1) * StepsPerFold - 1, splits.Count * StepsPerFold, fold.Evaluation.Metrics));
        }

        (int[] rows, Predictions predictions) = outOfFold.Collect();
        TrainingTable tested = table.Take(rows);
        return new CrossValidation
        {
            Split = description,
            Folds = folds,
            OutOfFoldRows = rows,
            OutOfFold = predictions,
            Overall = Evaluation.Of(predictions, tested.Target, tested.Weights, tested.Groups, further),
            Metrics = Summarise(folds, table.Target.Task),
        };
    }

    private static Fold RunFold(IRecipe recipe, TrainingTable table, RowSplit split, FitContext context, OutOfFoldPredictions outOfFold, IReadOnlyList<Metric>? further)
    {
        TrainingTable train = table.Take(split.Train), test = table.Take(split.Test);
        long started = context.Clock.GetTimestamp();
        IModel model = recipe.Fit(train, context);
        TimeSpan fitTime = context.Clock.GetElapsedTime(started);
        context.Cancellation.ThrowIfCancellationRequested();
        Predictions predictions = model.Predict(test.Features, context);
        outOfFold.Set(split.Test, predictions);
        return new Fold(split, Evaluation.Of(predictions, test.Target, test.Weights, test.Groups, further), fitTime);
    }

    /// <summary>The context of one fold's fit: nothing is watched or checkpointed, and its progress is a part of the whole.</summary>
    private static FitContext ContextOfFold(FitContext context, int fold, int foldCount) => context with
    {
        Watched = null,
        Validation = null,
        Checkpoints = null,
        Progress = context.Progress is null ? null : new PartOfProgress(context.Progress, fold * StepsPerFold, StepsPerFold, foldCount * StepsPerFold),
    };

    /// <summary>Mean and standard deviation of each metric over the folds in which it is defined.</summary>
    internal static OrderedDictionary<string, MetricSummary> Summarise(IReadOnlyList<Fold> folds, LearningTask task)
    {
        var summaries = new OrderedDictionary<string, MetricSummary>(StringComparer.Ordinal);
        foreach (string name in Metric.For(task).Select(metric => metric.Name).Concat(folds.SelectMany(fold => fold.Evaluation.Metrics.Keys)).Distinct())
        {
            double[] values = [.. folds.Where(fold => fold.Evaluation.Metrics.ContainsKey(name)).Select(fold => fold.Evaluation.Metrics[name])];
            if (values.Length > 0)
            {
                double mean = values.Average();
                double deviation = values.Length < 2 ? 0 : Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
                summaries.Add(name, new MetricSummary(mean, deviation, values.Length));
            }
        }

        return summaries;
    }
}
