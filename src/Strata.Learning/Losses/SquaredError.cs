using System.Numerics;
using System.Runtime.InteropServices;

namespace Strata.Learning.Losses;

/// <summary>Half the squared difference, <c>(s - y)^2 / 2</c>: derivatives <c>s - y</c> and 1. Its metric is the root of the mean squared difference.</summary>
public sealed record SquaredError : ILoss
{
    public string Metric => "rmse";

    public int OutputCount => 1;

    public bool HasUnitHessian => true;

    public bool IsShiftInvariant => true;

    public double LargestGradient => double.PositiveInfinity;

    public double LargestHessian => 1;

    public double[] InitialScores(ReadOnlySpan<float> targets, ReadOnlySpan<float> weights)
    {
        double sum = 0, all = 0;
        for (int row = 0; row < targets.Length; row++)
        {
            sum += targets[row] * (double)weights[row];
            all += weights[row];
        }

        return [sum / all];
    }

    public void Derivatives(in LossBlock block, Span<float> gradients, Span<float> hessians)
    {
        ReadOnlySpan<Vector<float>> scores = Vectors(block.ScoresOf(0)), targets = Vectors(block.Targets), weights = Vectors(block.Weights);
        Span<Vector<float>> g = MemoryMarshal.Cast<float, Vector<float>>(gradients), h = MemoryMarshal.Cast<float, Vector<float>>(hessians);
        for (int i = 0; i < scores.Length; i++)
        {
            g[i] = (scores[i] - targets[i]) * weights[i];
            h[i] = weights[i];
        }
    }

    public double Sum(in LossBlock block)
    {
        ReadOnlySpan<float> scores = block.ScoresOf(0);
        double sum = 0;
        for (int row = 0; row < scores.Length; row++)
        {
            double difference = (double)scores[row] - block.Targets[row];
            sum += difference * difference * block.Weights[row];
        }

        return sum / 2;
    }

    public double Mean(double lossSum, double weightSum) => Math.Sqrt(2 * lossSum / weightSum);

    private static ReadOnlySpan<Vector<float>> Vectors(ReadOnlySpan<float> values) => MemoryMarshal.Cast<float, Vector<float>>(values);
}
