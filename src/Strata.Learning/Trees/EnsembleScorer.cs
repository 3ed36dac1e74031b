using Strata.Learning.Data;
using Strata.Tensors.Kernels;

namespace Strata.Learning.Trees;

/// <summary>Scores many rows: block by block, so that a block's values and then one tree after the other stay in the cache.</summary>
internal static unsafe class EnsembleScorer
{
    private const int BlockRows = 256;

    /// <summary>Fewer rows are not worth the compiled form.</summary>
    private const int FewRows = 64;

    /// <summary>Raw scores, row-major [rows, outputs]. The frame has the ensemble's columns in order, at least.</summary>
    public static double[] Score(TreeEnsemble trees, Frame frame, int threads)
    {
        int rowCount = frame.RowCount, outputs = trees.OutputCount;
        var scores = new double[rowCount * outputs];
        for (int row = 0; row < rowCount; row++)
        {
            trees.BaseScores.CopyTo(scores, row * outputs);
        }

        double[]?[] columns = UsedColumns(trees, frame);
        int blocks = (rowCount + BlockRows - 1) / BlockRows;
        using var team = new ThreadTeam(Math.Clamp(threads, 1, Math.Max(1, blocks / 4)));
        if (rowCount >= FewRows && trees.Compiled is CompiledTrees compiled)
        {
            var memory = new AlignedBuffer<ushort>?[team.Size];
            team.Run(blocks, (block, member) =>
            {
                AlignedBuffer<ushort> ranks = memory[member] ??= new AlignedBuffer<ushort>(Math.Max(1, (BlockRows + 8) * compiled.RowCells));
                int from = block * BlockRows, count = Math.Min(BlockRows, rowCount - from);
                compiled.Rank(columns, from, count, ranks.Pointer);
                compiled.Add(ranks.Pointer, count, scores.AsSpan(from * outputs, count * outputs));
            });
            foreach (AlignedBuffer<ushort>? ranks in memory)
            {
                ranks?.Dispose();
            }

            return scores;
        }

        var values = new double[trees.FeatureCount];
        for (int row = 0; row < rowCount; row++)
        {
            for (int feature = 0; feature < values.Length; feature++)
            {
                values[feature] = columns[feature]?[row] ?? 0;
            }

            trees.AddTo(scores.AsSpan(row * outputs, outputs), values);
        }

        return scores;
    }

    /// <summary>The numbers of each column that some tree looks at.</summary>
    private static double[]?[] UsedColumns(TreeEnsemble trees, Frame frame)
    {
        var columns = new double[trees.FeatureCount][];
        foreach (int feature in trees.Feature.Distinct().Where(feature => feature >= 0))
        {
            columns[feature] = frame.Columns[feature] is Float64Column doubles ? doubles.Values : new double[frame.RowCount];
            if (frame.Columns[feature] is not Float64Column)
            {
                frame.Columns[feature].CopyNumbers(columns[feature]);
            }
        }

        return columns;
    }
}
