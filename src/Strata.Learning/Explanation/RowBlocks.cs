using Strata.Learning.Trees;

namespace Strata.Learning.Explanation;

/// <summary>Carries rows through <see cref="EdgeWalk{T}"/>s, a block at a time and a walk a thread.</summary>
internal sealed class RowBlocks(TreeEnsemble trees, ShapProgram[] programs, IReadOnlyList<double[]> columns, int rowCount, FitContext context)
{
    private readonly int depth = programs.Max(program => program.Depth), pointCount = programs.Max(program => program.PointCount);

    /// <summary>What comes out of a block for one of its rows.</summary>
    /// <param name="sums">[.., blockRows]</param>
    /// <param name="blockRows">As said.</param>
    /// <param name="at">The row's place in the block.</param>
    /// <param name="row">The row's number.</param>
    private delegate void RowTaker(double[] sums, int blockRows, int at, int row);

    /// <param name="values">Written [rows, outputs, features].</param>
    public void Contributions<T>(double[] values)
        where T : unmanaged, IDoubleLanes<T>
    {
        int width = trees.OutputCount * trees.FeatureCount;
        Run(() => new ShapKernel<T>(trees, depth, pointCount, rowCount), width, (sums, blockRows, at, row) =>
        {
            Span<double> own = values.AsSpan(row * width, width);
            for (int i = 0; i < width; i++)
            {
                own[i] = sums[i * blockRows + at];
            }
        });
    }

    /// <param name="values">Written off the diagonals [rows, outputs, features, features].</param>
    public void Interactions<T>(double[] values)
        where T : unmanaged, IDoubleLanes<T>
    {
        int features = trees.FeatureCount, pairs = InteractionKernel<T>.PairCount(features);
        Run(() => new InteractionKernel<T>(trees, depth, pointCount, rowCount), trees.OutputCount * pairs, (sums, blockRows, at, row) =>
        {
            for (int output = 0, pair = 0; output < trees.OutputCount; output++)
            {
                Span<double> matrix = values.AsSpan((row * trees.OutputCount + output) * features * features, features * features);
                for (int low = 0; low < features; low++)
                {
                    for (int high = low + 1; high < features; high++, pair++)
                    {
                        matrix[low * features + high] = matrix[high * features + low] = sums[pair * blockRows + at] / 2;
                    }
                }
            }
        });
    }

    private void Run<T>(Func<EdgeWalk<T>> make, int sumsPerRow, RowTaker take)
        where T : unmanaged, IDoubleLanes<T>
    {
        int blockRows = make().BlockRows, blocks = (rowCount + blockRows - 1) / blockRows;
        var progress = new BlockProgress(context, blocks);
        Parallel.For(
            0,
            blocks,
            context.ParallelOptions,
            () => (Walk: make(), Features: new double[trees.FeatureCount * blockRows], Sums: new double[sumsPerRow * blockRows]),
            (block, _, own) =>
            {
                int first = block * blockRows, count = Math.Min(blockRows, rowCount - first);
                for (int feature = 0; feature < columns.Count; feature++)
                {
                    columns[feature].AsSpan(first, count).CopyTo(own.Features.AsSpan(feature * blockRows));
                }

                Array.Clear(own.Sums);
                foreach (ShapProgram program in programs)
                {
                    context.Cancellation.ThrowIfCancellationRequested();
                    own.Walk.Add(program, own.Features, own.Sums);
                }

                for (int row = 0; row < count; row++)
                {
                    take(own.Sums, blockRows, row, first + row);
                }

                progress.Finished();
                return own;
            },
            _ => { });
    }
}
