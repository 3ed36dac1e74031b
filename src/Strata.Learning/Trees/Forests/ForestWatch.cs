using Strata.Learning.Data;
using Strata.Learning.Trees.Binning;
using Strata.Learning.Trees.Growth;
using Strata.Tensors.Kernels;

namespace Strata.Learning.Trees.Forests;

/// <summary>Scores the watched rows by the mean of the trees so far.</summary>
internal sealed class ForestWatch : IDisposable
{
    /// <summary>Probabilities below this are taken for this, as scikit-learn does with doubles.</summary>
    private const double LeastProbability = 2.220446049250313e-16;

    private readonly BinnedTable bins;
    private readonly int width;
    private readonly bool isClassification;
    private readonly double[] truth, weights, sums;
    private readonly int[] rows, leaves;
    private int treeCount;

    public ForestWatch(ModelSignature signature, TrainingTable watched, IReadOnlyList<FeatureBins> trainingBins, ForestTarget target, ThreadTeam team)
    {
        int[] codeOf = TargetCodes.In(signature, watched.Target);
        bins = BinnedTable.Of(signature.Features.Conform(watched.Features), trainingBins, team);
        (width, isClassification) = (target.Width, signature.Task.IsClassification());
        truth = watched.Target is ClassTarget classes ? [.. classes.Codes.Select(code => (double)codeOf[code])] : ((NumberTarget)watched.Target).Values;
        weights = watched.Weights ?? [.. Enumerable.Repeat(1.0, truth.Length)];
        sums = new double[truth.Length * width];
        rows = [.. Enumerable.Range(0, truth.Length)];
        leaves = new int[truth.Length];
    }

    /// <summary>Adds trees and returns the metric of all so far.</summary>
    public Dictionary<string, double> Add(ReadOnlySpan<GrownTree> trees)
    {
        foreach (GrownTree tree in trees)
        {
            treeCount++;
            new BinnedWalk(tree).Leaves(bins, rows, leaves);
            for (int row = 0; row < truth.Length; row++)
            {
                ReadOnlySpan<double> values = tree.Values(leaves[row]);
                for (int k = 0; k < width; k++)
                {
                    sums[row * width + k] += values[k];
                }
            }
        }

        double loss = 0, all = 0;
        for (int row = 0; row < truth.Length; row++)
        {
            loss += weights[row] * Loss(row);
            all += weights[row];
        }

        double mean = loss / all;
        return !double.IsFinite(mean) ? [] : isClassification ? new() { ["watched_log_loss"] = mean } : new() { ["watched_rmse"] = Math.Sqrt(mean) };
    }

    public void Dispose() => bins.Dispose();

    private double Loss(int row)
    {
        if (!isClassification)
        {
            double difference = sums[row] / treeCount - truth[row];
            return difference * difference;
        }

        double probability = width > 1 ? sums[row * width + (int)truth[row]] / treeCount
            : truth[row] == 1 ? sums[row] / treeCount : 1 - sums[row] / treeCount;
        return -Math.Log(Math.Max(probability, LeastProbability));
    }
}
