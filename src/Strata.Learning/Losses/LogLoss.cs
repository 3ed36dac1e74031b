using System.Numerics;
using System.Runtime.InteropServices;

namespace Strata.Learning.Losses;

/// <summary>Logarithmic loss of two classes: with <c>p = 1 / (1 + exp(-s))</c>, <c>-log p</c> for class 1 and <c>-log(1 - p)</c> for class 0; derivatives <c>p - y</c> and <c>p (1 - p)</c>.</summary>
public sealed record LogLoss : ILoss
{
    public string Metric => "log_loss";

    public int OutputCount => 1;

    public bool HasUnitHessian => false;

    public bool IsShiftInvariant => false;

    public double LargestGradient => 1;

    public double LargestHessian => 0.25;

    public double[] InitialScores(ReadOnlySpan<float> targets, ReadOnlySpan<float> weights)
    {
        double ones = 0, all = 0;
        for (int row = 0; row < targets.Length; row++)
        {
            ones += targets[row] * (double)weights[row];
            all += weights[row];
        }

        // A class without rows gets half a row's share: its logarithm is finite.
        double share = Math.Clamp(ones / all, 0.5 / (all + 1), 1 - 0.5 / (all + 1));
        return [Math.Log(share / (1 - share))];
    }

    public void Derivatives(in LossBlock block, Span<float> gradients, Span<float> hessians)
    {
        ReadOnlySpan<Vector<float>> scores = Vectors(block.ScoresOf(0)), targets = Vectors(block.Targets), weights = Vectors(block.Weights);
        Span<Vector<float>> g = MemoryMarshal.Cast<float, Vector<float>>(gradients), h = MemoryMarshal.Cast<float, Vector<float>>(hessians);
        for (int i = 0; i < scores.Length; i++)
        {
            Vector<float> p = Vector<float>.One / (Vector<float>.One + Vector.Exp(-scores[i]));
            g[i] = (p - targets[i]) * weights[i];
            h[i] = p * (Vector<float>.One - p) * weights[i];
        }
    }

    public double Sum(in LossBlock block)
    {
        ReadOnlySpan<Vector<float>> scores = Vectors(block.ScoresOf(0)), targets = Vectors(block.Targets), weights = Vectors(block.Weights);
        Vector<double> sum = Vector<double>.Zero;
        for (int i = 0; i < scores.Length; i++)
        {
            // log(1 + exp(s)) - y s, written so that neither end overflows.
            Vector<float> loss = Vector.Log(Vector<float>.One + Vector.Exp(-Vector.Abs(scores[i]))) + Vector.Max(scores[i], Vector<float>.Zero) - targets[i] * scores[i];
            Vector.Widen(loss * weights[i], out Vector<double> low, out Vector<double> high);
            sum += low + high;
        }

        return Vector.Sum(sum);
    }

    public double Mean(double lossSum, double weightSum) => lossSum / weightSum;

    private static ReadOnlySpan<Vector<float>> Vectors(ReadOnlySpan<float> values) => MemoryMarshal.Cast<float, Vector<float>>(values);
}
