using System.Numerics;
using System.Runtime.InteropServices;

namespace Strata.Learning.Losses;

/// <summary>A loss of one raw score and one number, row by row.</summary>
public abstract record NumberLoss : ILoss
{
    public abstract string Metric { get; }

    public int OutputCount => 1;

    public virtual bool HasUnitHessian => false;

    public virtual bool IsShiftInvariant => false;

    public virtual double LargestGradient => double.PositiveInfinity;

    public virtual double LargestHessian => double.PositiveInfinity;

    public virtual double? RenewedQuantile => null;

    public virtual string? Objection(double target) => null;

    public abstract double[] InitialScores(ReadOnlySpan<float> targets, ReadOnlySpan<float> weights);

    public void Derivatives(in LossBlock block, Span<float> gradients, Span<float> hessians)
    {
        ReadOnlySpan<Vector<float>> scores = Vectors(block.ScoresOf(0)), targets = Vectors(block.Targets), weights = Vectors(block.Weights);
        Span<Vector<float>> g = MemoryMarshal.Cast<float, Vector<float>>(gradients), h = MemoryMarshal.Cast<float, Vector<float>>(hessians);
        for (int i = 0; i < scores.Length; i++)
        {
            (Vector<float> gradient, Vector<float> hessian) = Derivatives(scores[i], targets[i]);
            g[i] = gradient * weights[i];
            h[i] = hessian * weights[i];
        }
    }

    public double Sum(in LossBlock block)
    {
        ReadOnlySpan<float> scores = block.ScoresOf(0);
        double sum = 0;
        for (int row = 0; row < scores.Length; row++)
        {
            if (block.Weights[row] > 0)
            {
                sum += Deviation(scores[row], block.Targets[row]) * block.Weights[row];
            }
        }

        return sum;
    }

    public virtual double Mean(double lossSum, double weightSum) => lossSum / weightSum;

    /// <summary>The metric's part of one row.</summary>
    protected abstract double Deviation(double score, double target);

    protected abstract (Vector<float> Gradient, Vector<float> Hessian) Derivatives(Vector<float> score, Vector<float> target);

    /// <summary>The weighted mean of the targets.</summary>
    protected static double MeanOf(ReadOnlySpan<float> targets, ReadOnlySpan<float> weights)
    {
        double sum = 0, all = 0;
        for (int row = 0; row < targets.Length; row++)
        {
            sum += targets[row] * (double)weights[row];
            all += weights[row];
        }

        return sum / all;
    }

    private static ReadOnlySpan<Vector<float>> Vectors(ReadOnlySpan<float> values) => MemoryMarshal.Cast<float, Vector<float>>(values);
}
