using Strata.Learning.Data;
using Strata.Learning.Preparation;

namespace Strata.Learning.Clusters;

/// <summary>The rows to group: those with weight, sorted by their numbers so that nothing depends on the order in which the table has them.</summary>
/// <param name="Values">Row-major [rows, columns].</param>
/// <param name="Weights">Positive, one a row.</param>
/// <param name="ColumnCount">Of each row.</param>
internal sealed record ClusterRows(double[] Values, double[] Weights, int ColumnCount)
{
    public const string Learner = "a search for clusters";

    public int Count => Weights.Length;

    public double TotalWeight => Weights.Sum();

    public static ClusterRows Of(TrainingTable table, FitContext context, string title)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(context);
        context.Cancellation.ThrowIfCancellationRequested();
        if (table.Target.Task != LearningTask.Clustering)
        {
            throw new DataException($"{title} learns without a target, but the table has '{table.Target.Name}'.");
        }

        table.RequireSomethingToLearn();
        CompleteNumbers.Check(table.Features, Learner, context.ParallelOptions);
        double[] values = CompleteNumbers.RowMajor(table.Features);
        int columns = table.Features.ColumnCount;
        int[] order = [.. Enumerable.Range(0, table.RowCount).Where(row => table.Weights is null || table.Weights[row] > 0)];
        Array.Sort(order, (a, b) => values.AsSpan(a * columns, columns).SequenceCompareTo(values.AsSpan(b * columns, columns)));
        var sorted = new double[order.Length * columns];
        for (int i = 0; i < order.Length; i++)
        {
            values.AsSpan(order[i] * columns, columns).CopyTo(sorted.AsSpan(i * columns));
        }

        return new ClusterRows(sorted, [.. order.Select(row => table.Weights?[row] ?? 1)], columns);
    }

    public ReadOnlySpan<double> Row(int row) => Values.AsSpan(row * ColumnCount, ColumnCount);

    public int DistinctCount()
    {
        int distinct = 1;
        for (int row = 1; row < Count; row++)
        {
            distinct += Row(row).SequenceEqual(Row(row - 1)) ? 0 : 1;
        }

        return distinct;
    }

    /// <summary>The weighted mean and variance of each column.</summary>
    public (double[] Means, double[] Variances) Moments()
    {
        double total = TotalWeight;
        double[] means = new double[ColumnCount], variances = new double[ColumnCount];
        for (int i = 0; i < Values.Length; i++)
        {
            means[i % ColumnCount] += Weights[i / ColumnCount] / total * Values[i];
        }

        for (int i = 0; i < Values.Length; i++)
        {
            double distance = Values[i] - means[i % ColumnCount];
            variances[i % ColumnCount] += Weights[i / ColumnCount] / total * distance * distance;
        }

        return (means, variances);
    }
}
