using Strata.Learning.Trees;

namespace Strata.Learning.Explanation;

internal static class ShapColumns
{
    /// <exception cref="ArgumentException">There is not one column a feature, or one is too short.</exception>
    public static void Check(TreeEnsemble trees, IReadOnlyList<double[]> columns, int rowCount)
    {
        if (columns.Count != trees.FeatureCount || columns.Any(column => column.Length < rowCount))
        {
            throw new ArgumentException($"Expected {trees.FeatureCount} columns of {rowCount} rows.", nameof(columns));
        }
    }
}

/// <summary>Tells of finished blocks of rows, in rising order, from whatever thread finished one.</summary>
internal sealed class BlockProgress(FitContext context, int blocks)
{
    private static readonly Dictionary<string, double> NoMetrics = [];
    private readonly Lock gate = new();
    private int finished;

    public void Finished()
    {
        if (context.Progress is IProgress<FitProgress> progress)
        {
            lock (gate)
            {
                progress.Report(new FitProgress(finished++, blocks, NoMetrics));
            }
        }
    }
}
