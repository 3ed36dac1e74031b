using Strata.Learning.Data;
using Strata.Tensors.Kernels;

namespace Strata.Learning.Trees;

/// <summary>Scores many rows: block by block, so that a block's values and then one tree after the other stay in the cache.</summary>
internal static class EnsembleScorer
{
    private const int BlockRows = 256;

    /// <summary>Raw scores, row-major [rows, outputs]. The frame has the ensemble's columns in order, at least.</summary>
    public static double[] Score(TreeEnsemble trees, Frame frame, int threads)
    {
        int rowCount = frame.RowCount, outputs = trees.OutputCount, features = trees.FeatureCount;
        var scores = new double[rowCount * outputs];
        double[]?[] columns = UsedColumns(trees, frame);
        int blocks = (rowCount + BlockRows - 1) / BlockRows;
        using var team = new ThreadTeam(Math.Clamp(threads, 1, Math.Max(1, blocks / 4)));
        double[][] memory = [.. Enumerable.Range(0, team.Size).Select(_ => new double[BlockRows * features])];
        team.Run(blocks, (block, member) =>
        {
            int from = block * BlockRows, count = Math.Min(BlockRows, rowCount - from);
            double[] values = memory[member];
            for (int feature = 0; feature < features; feature++)
            {
                if (columns[feature] is double[] column)
                {
                    for (int row = 0; row < count; row++)
                    {
                        values[row * features + feature] = column[from + row];
                    }
                }
            }

            ScoreBlock(trees, values, count, scores.AsSpan(from * outputs, count * outputs));
        });
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

    private static void ScoreBlock(TreeEnsemble trees, double[] values, int count, Span<double> scores)
    {
        int outputs = trees.OutputCount, width = trees.ValueWidth, features = trees.FeatureCount;
        for (int row = 0; row < count; row++)
        {
            trees.BaseScores.CopyTo(scores[(row * outputs)..]);
        }

        for (int tree = 0; tree < trees.TreeCount; tree++)
        {
            for (int row = 0; row < count; row++)
            {
                int leaf = trees.LeafOf(tree, values.AsSpan(row * features, features));
                int first = row * outputs + trees.TreeOutput[tree];
                for (int k = 0; k < width; k++)
                {
                    scores[first + k] += trees.Value[leaf * width + k];
                }
            }
        }
    }
}
