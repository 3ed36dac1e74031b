using System.Runtime.Intrinsics;
using Strata.Learning.Trees;

namespace Strata.Learning.Explanation;

/// <summary>
/// Exact Shapley values of an ensemble of trees in which what is not known of a row is averaged over the training weight along the paths (Lundberg et al. 2020, "tree path
/// dependent"). They add up to the raw score to rounding error. <see cref="ShapProgram"/> says how they are computed.
/// </summary>
public sealed class TreeShap
{
    /// <summary>Trees are made ready this many nodes at a time, so that large forests need little memory; an ensemble that fits is made ready once.</summary>
    private const int NodesAtATime = 200_000;

    private readonly TreeEnsemble trees;
    private readonly Lazy<ShapProgram[]>? kept;

    public TreeShap(TreeEnsemble trees)
    {
        ArgumentNullException.ThrowIfNull(trees);
        this.trees = trees;
        kept = trees.NodeCount <= NodesAtATime ? new Lazy<ShapProgram[]>(() => Prepare(0, trees.TreeCount, 1)) : null;
        Bias = ScoresOfNothingKnown(trees);
    }

    /// <summary>The raw scores when nothing is known of a row [outputs].</summary>
    public IReadOnlyList<double> Bias { get; }

    /// <summary>How much each feature moves each raw score, row-major [rows, outputs, features].</summary>
    /// <param name="columns">One array a feature with a number a row, by the rule of <see cref="Data.Column.NumberAt"/>.</param>
    /// <param name="rowCount">The number of rows.</param>
    /// <param name="threads">At most so many run at once; the result does not depend on it.</param>
    public double[] Contributions(IReadOnlyList<double[]> columns, int rowCount, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(columns);
        if (columns.Count != trees.FeatureCount || columns.Any(column => column.Length < rowCount))
        {
            throw new ArgumentException($"Expected {trees.FeatureCount} columns of {rowCount} rows.", nameof(columns));
        }

        var values = new double[checked(rowCount * trees.OutputCount * trees.FeatureCount)];
        foreach (ShapProgram[] programs in Batches(threads))
        {
            if (Vector512.IsHardwareAccelerated)
            {
                Run<Lanes512>(programs, columns, rowCount, threads, values);
            }
            else if (Vector256.IsHardwareAccelerated)
            {
                Run<Lanes256>(programs, columns, rowCount, threads, values);
            }
            else
            {
                Run<Lanes128>(programs, columns, rowCount, threads, values);
            }
        }

        return values;
    }

    /// <summary>Adds the programs' contributions to the values, a block of rows at a time.</summary>
    internal void Run<T>(ShapProgram[] programs, IReadOnlyList<double[]> columns, int rowCount, int threads, double[] values)
        where T : unmanaged, IDoubleLanes<T>
    {
        int depth = programs.Max(program => program.Depth), pointCount = programs.Max(program => program.PointCount);
        int blockRows = new ShapKernel<T>(trees, depth, pointCount, rowCount).BlockRows;
        int blockCount = (rowCount + blockRows - 1) / blockRows;
        var options = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads) };
        Parallel.For(
            0,
            blockCount,
            options,
            () => new RowBlock<T>(trees, new ShapKernel<T>(trees, depth, pointCount, rowCount)),
            (block, _, rows) =>
            {
                rows.Add(programs, columns, block * blockRows, Math.Min(blockRows, rowCount - block * blockRows), values);
                return rows;
            },
            _ => { });
    }

    internal ShapProgram[] Prepare(int firstTree, int treeCount, int threads)
    {
        var programs = new ShapProgram[treeCount];
        Parallel.For(0, treeCount, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads) }, i => programs[i] = ShapProgram.Of(trees, firstTree + i));
        return programs;
    }

    private IEnumerable<ShapProgram[]> Batches(int threads)
    {
        if (kept is not null)
        {
            if (trees.TreeCount > 0)
            {
                yield return kept.Value;
            }

            yield break;
        }

        for (int first = 0, next; first < trees.TreeCount; first = next)
        {
            next = first + 1;
            while (next < trees.TreeCount && trees.TreeStart[next + 1] - trees.TreeStart[first] <= NodesAtATime)
            {
                next++;
            }

            yield return Prepare(first, next - first, threads);
        }
    }

    private static double[] ScoresOfNothingKnown(TreeEnsemble trees)
    {
        double[] scores = [.. trees.BaseScores];
        var share = new double[trees.NodeCount];
        for (int tree = 0; tree < trees.TreeCount; tree++)
        {
            share[trees.TreeStart[tree]] = 1;
            for (int node = trees.TreeStart[tree]; node < trees.TreeStart[tree + 1]; node++)
            {
                if (!trees.IsLeaf(node))
                {
                    double left = ShapProgram.LeftShare(trees, node);
                    share[trees.Left[node]] = share[node] * left;
                    share[trees.Right[node]] = share[node] * (1 - left);
                    continue;
                }

                for (int k = 0; k < trees.ValueWidth; k++)
                {
                    scores[trees.TreeOutput[tree] + k] += share[node] * trees.Value[node * trees.ValueWidth + k];
                }
            }
        }

        return scores;
    }

    /// <summary>One thread's block of rows: values in, contributions out.</summary>
    private sealed class RowBlock<T>(TreeEnsemble trees, ShapKernel<T> kernel)
        where T : unmanaged, IDoubleLanes<T>
    {
        private readonly double[] features = new double[trees.FeatureCount * kernel.BlockRows];
        private readonly double[] contributions = new double[trees.OutputCount * trees.FeatureCount * kernel.BlockRows];

        public void Add(ShapProgram[] programs, IReadOnlyList<double[]> columns, int firstRow, int count, double[] values)
        {
            int blockRows = kernel.BlockRows;
            for (int feature = 0; feature < columns.Count; feature++)
            {
                columns[feature].AsSpan(firstRow, count).CopyTo(features.AsSpan(feature * blockRows));
            }

            Array.Clear(contributions);
            foreach (ShapProgram program in programs)
            {
                kernel.Add(program, features, contributions);
            }

            int width = contributions.Length / blockRows;
            for (int row = 0; row < count; row++)
            {
                Span<double> own = values.AsSpan((firstRow + row) * width, width);
                for (int i = 0; i < width; i++)
                {
                    own[i] += contributions[i * blockRows + row];
                }
            }
        }
    }
}
