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
    /// <summary>From so many groups on, only the rows that a shuffle changes are predicted anew.</summary>
    private const int ManyGroups = 500;

    private const int BatchRows = 16_384;

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

        Frame frame = table.Features.Select(model.Signature.Features.Names.Union(groups.SelectMany(group => group.Columns)));
        Predictions unshuffled = model.Predict(frame, context);
        double baseline = metric.Of(unshuffled, table.Target, table.Weights);
        if (!double.IsFinite(baseline))
        {
            throw new DataException($"Metric '{metric.Name}' is undefined on these {table.RowCount} rows, so no importance can be measured with it.");
        }

        // Many small predictions: each column has a thread to itself, which costs less than sharing out every prediction.
        HashSet<string>? used = Explanation.Importance.UsedColumns(model);
        var importances = new ColumnImportance[groups.Count];
        var progress = new BlockProgress(context, groups.Count);
        if (groups.Count >= ManyGroups)
        {
            ByChangedRows();
            return [.. importances.OrderByDescending(importance => importance.Mean)];
        }

        Parallel.For(0, groups.Count, context.ParallelOptions, i =>
        {
            importances[i] = used is not null && !groups[i].Columns.Any(used.Contains) ? new ColumnImportance(groups[i].Name, 0, 0) : Shuffle(groups[i]);
            progress.Finished();
        });
        return [.. importances.OrderByDescending(importance => importance.Mean)];

        double Score(Frame rows, int threads) => metric.Of(model.Predict(rows, context with { Threads = threads }), table.Target, table.Weights);

        ColumnImportance Shuffle(ColumnGroup group)
        {
            var random = RandomSource.For(seed, group.Name);
            var drops = new double[repeats];
            for (int i = 0; i < repeats; i++)
            {
                context.Cancellation.ThrowIfCancellationRequested();
                drops[i] = Drop(Score(Shuffled(frame, group, random), threads: 1));
            }

            return Importance(group, drops);
        }

        double Drop(double score) => metric.HigherIsBetter ? baseline - score : score - baseline;

        static ColumnImportance Importance(ColumnGroup group, double[] drops)
        {
            double mean = drops.Average();
            return new ColumnImportance(group.Name, mean, Math.Sqrt(drops.Average(drop => (drop - mean) * (drop - mean))));
        }

        // Of very many columns each says little in few rows: rows that no shuffle changes keep their predictions, and the others are predicted many shuffles at once.
        void ByChangedRows()
        {
            double[][] drops = [.. groups.Select(_ => new double[repeats])];
            var waiting = new List<ColumnShuffle>();
            for (int i = 0; i < groups.Count; i++)
            {
                if (used is null || groups[i].Columns.Any(used.Contains))
                {
                    Column[] columns = [.. groups[i].Columns.Select(name => frame[name])];
                    var random = RandomSource.For(seed, groups[i].Name);
                    for (int repeat = 0; repeat < repeats; repeat++)
                    {
                        waiting.Add(ColumnShuffle.Of(columns, Order(frame, random), i, repeat));
                    }
                }

                if (waiting.Sum(shuffle => (long)shuffle.Rows.Length) >= BatchRows || i == groups.Count - 1)
                {
                    context.Cancellation.ThrowIfCancellationRequested();
                    Measure(waiting, drops);
                    waiting.Clear();
                }

                progress.Finished();
            }

            for (int i = 0; i < groups.Count; i++)
            {
                importances[i] = Importance(groups[i], drops[i]);
            }
        }

        void Measure(List<ColumnShuffle> shuffles, double[][] drops)
        {
            Frame changed = ColumnShuffle.Changed(frame, shuffles, groups);
            Predictions shuffled = changed.RowCount == 0 ? unshuffled : model.Predict(changed, context);
            int[] first = new int[shuffles.Count];
            for (int i = 1; i < first.Length; i++)
            {
                first[i] = first[i - 1] + shuffles[i - 1].Rows.Length;
            }

            Parallel.For(0, first.Length, context.ParallelOptions, i =>
            {
                ColumnShuffle shuffle = shuffles[i];
                double score = shuffle.Rows.Length == 0 ? baseline : metric.Of(unshuffled.Replaced(shuffle.Rows, shuffled, first[i]), table.Target, table.Weights);
                drops[shuffle.Group][shuffle.Repeat] = Drop(score);
            });
        }
    }

    private static int[] Order(Frame frame, RandomSource random)
    {
        int[] order = [.. Enumerable.Range(0, frame.RowCount)];
        random.Shuffle<int>(order);
        return order;
    }

    private static Frame Shuffled(Frame frame, ColumnGroup group, RandomSource random)
    {
        int[] order = Order(frame, random);
        return group.Columns.Aggregate(frame, (shuffled, name) => shuffled.With(frame[name].Take(order)));
    }
}
