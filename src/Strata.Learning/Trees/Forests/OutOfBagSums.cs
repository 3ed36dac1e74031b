using Strata.Learning.Data;
using Strata.Learning.Metrics;
using Strata.Learning.Trees.Binning;
using Strata.Learning.Trees.Growth;
using Strata.Tensors.Kernels;

namespace Strata.Learning.Trees.Forests;

/// <summary>For each training row the sum of the values of the trees that did not see it. Trees are added in their order, so that threads change nothing.</summary>
internal sealed class OutOfBagSums(BinnedTable table, int[] rows, int width)
{
    private const int RowsAtATime = 2048;

    private readonly double[] sums = new double[rows.Length * width];
    private readonly int[] treeCounts = new int[rows.Length];

    /// <param name="trees">Grown one after the other.</param>
    /// <param name="copies">For each tree how often it saw each of the rows.</param>
    /// <param name="team">The rows are divided among them.</param>
    public void Add(GrownTree[] trees, int[][] copies, ThreadTeam team)
    {
        var walks = new BinnedWalk[trees.Length];
        team.Run(trees.Length, (tree, _) => walks[tree] = new BinnedWalk(trees[tree]));
        team.Run((rows.Length + RowsAtATime - 1) / RowsAtATime, (piece, _) =>
        {
            Span<int> places = stackalloc int[RowsAtATime], unseen = stackalloc int[RowsAtATime], leaves = stackalloc int[RowsAtATime];
            for (int tree = 0; tree < trees.Length; tree++)
            {
                int count = 0;
                for (int i = piece * RowsAtATime; i < Math.Min(rows.Length, (piece + 1) * RowsAtATime); i++)
                {
                    (places[count], unseen[count]) = (i, rows[i]);
                    count += copies[tree][i] == 0 ? 1 : 0;
                }

                walks[tree].Leaves(table, unseen[..count], leaves);
                for (int i = 0; i < count; i++)
                {
                    Add(places[i], trees[tree].Values(leaves[i]));
                }
            }
        });
    }

    /// <summary>The scores of what was added; null when every tree saw every row.</summary>
    public OutOfBag? Judge(TrainingTable training, ModelSignature signature)
    {
        int[] judged = [.. Enumerable.Range(0, rows.Length).Where(i => treeCounts[i] > 0)];
        if (judged.Length == 0)
        {
            return null;
        }

        var means = new double[judged.Length * width];
        for (int i = 0; i < means.Length; i++)
        {
            means[i] = sums[judged[i / width] * width + i % width] / treeCounts[judged[i / width]];
        }

        int[] original = [.. judged.Select(i => rows[i])];
        TrainingTable truth = new(new Frame(), training.Target.Take(original), training.Weights is null ? null : [.. original.Select(row => training.Weights[row])]);
        Predictions predictions = AveragedScores.Predictions(signature, means);
        IReadOnlyDictionary<string, double> metrics = Evaluation.MetricsOf(predictions, truth.Target, truth.Weights);
        return new OutOfBag(metrics, judged.Length, judged.Length / (double)rows.Length, training.Groups is not null) { Rows = original, Predictions = predictions };
    }

    private void Add(int i, ReadOnlySpan<double> values)
    {
        treeCounts[i]++;
        for (int k = 0; k < width; k++)
        {
            sums[i * width + k] += values[k];
        }
    }
}
