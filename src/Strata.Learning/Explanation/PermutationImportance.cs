using Strata.Learning.Data;
using Strata.Learning.Metrics;
using Strata.Tensors;

namespace Strata.Learning.Explanation;

/// <summary>How much a metric worsens when a column is shuffled: positive means that the model uses it to good effect.</summary>
/// <param name="Column">The column, or the name given to a group of columns.</param>
/// <param name="Mean">Mean worsening over the repeats, in the metric's unit.</param>
/// <param name="StandardDeviation">Over the repeats (divided by their number).</param>
public sealed record ColumnImportance(string Column, double Mean, double StandardDeviation);

/// <summary>Columns that are shuffled together because they say the same thing.</summary>
public sealed record ColumnGroup(string Name, IReadOnlyList<string> Columns);

/// <summary>Permutation importance (Breiman 2001; Fisher, Rudin and Dominici 2019) of original columns. Measure it on rows that the model has not learned from.</summary>
public static class PermutationImportance
{
    /// <summary>Shuffles each column, or group of columns, and measures how much worse the predictions become; the most important first.</summary>
    /// <param name="model">The model.</param>
    /// <param name="table">Rows with truth; its weights weigh in the metric.</param>
    /// <param name="metric">What to measure; null for the task's default.</param>
    /// <param name="repeats">How often each column is shuffled, at least 1.</param>
    /// <param name="seed">Where chance starts; a column's shuffles do not depend on the other columns.</param>
    /// <param name="groups">Columns shuffled together; null for each column of the model alone.</param>
    /// <param name="context">Threads for predictions, cancellation, progress in columns; null for the defaults.</param>
    /// <exception cref="DataException">A column is missing, or the metric is undefined on these rows.</exception>
    public static IReadOnlyList<ColumnImportance> Of(
        IModel model, TrainingTable table, Metric? metric = null, int repeats = 5, ulong seed = 0, IReadOnlyList<ColumnGroup>? groups = null, FitContext? context = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(table);
        ArgumentOutOfRangeException.ThrowIfLessThan(repeats, 1);
        context ??= new FitContext();
        metric ??= Metric.DefaultFor(table.Target.Task);
        groups ??= [.. model.Signature.Features.Names.Select(name => new ColumnGroup(name, [name]))];

        double Score(Frame rows) => metric.Of(model.Predict(rows, context.Threads), table.Target, table.Weights);
        Frame frame = table.Features.Select(model.Signature.Features.Names.Union(groups.SelectMany(group => group.Columns)));
        double baseline = Score(frame);
        if (!double.IsFinite(baseline))
        {
            throw new DataException($"Metric '{metric.Name}' is undefined on these {table.RowCount} rows, so no importance can be measured with it.");
        }

        var importances = new List<ColumnImportance>(groups.Count);
        foreach (ColumnGroup group in groups)
        {
            var random = RandomSource.For(seed, group.Name);
            var drops = new double[repeats];
            for (int i = 0; i < repeats; i++)
            {
                context.Cancellation.ThrowIfCancellationRequested();
                double score = Score(Shuffled(frame, group, random));
                drops[i] = metric.HigherIsBetter ? baseline - score : score - baseline;
            }

            double mean = drops.Average();
            importances.Add(new ColumnImportance(group.Name, mean, Math.Sqrt(drops.Average(drop => (drop - mean) * (drop - mean)))));
            context.Progress?.Report(new FitProgress(importances.Count - 1, groups.Count, new Dictionary<string, double>()));
        }

        return [.. importances.OrderByDescending(importance => importance.Mean)];
    }

    private static Frame Shuffled(Frame frame, ColumnGroup group, RandomSource random)
    {
        int[] order = [.. Enumerable.Range(0, frame.RowCount)];
        random.Shuffle<int>(order);
        return group.Columns.Aggregate(frame, (shuffled, name) => shuffled.With(frame[name].Take(order)));
    }
}
