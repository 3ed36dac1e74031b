using System.Numerics;

namespace Strata.Learning.Losses;

/// <summary>
/// Logarithmic loss of three or more classes: <c>p = softmax(s)</c>, <c>-log p[y]</c>; derivatives by score <c>k</c>: <c>p[k] - [y = k]</c> and
/// <c>K / (K - 1) p[k] (1 - p[k])</c>. The factor (Friedman 2001, algorithm 6) makes up for the K scores being moved at once though each step is computed alone.
/// </summary>
/// <param name="ClassCount">How many classes, one raw score each.</param>
public sealed record SoftmaxLoss(int ClassCount) : ILoss
{
    public string Metric => "log_loss";

    public int OutputCount => ClassCount;

    public bool HasUnitHessian => false;

    public bool IsShiftInvariant => false;

    public double LargestGradient => 1;

    public double LargestHessian => 0.25 * HessianFactor;

    /// <summary>The factor in the second derivatives.</summary>
    public double HessianFactor { get; init; } = UsualHessianFactor(ClassCount);

    /// <summary>Friedman's and LightGBM's; XGBoost takes 2 whatever the number of classes.</summary>
    public static double UsualHessianFactor(int classCount) => classCount / (classCount - 1.0);

    public double[] InitialScores(ReadOnlySpan<float> targets, ReadOnlySpan<float> weights)
    {
        var shares = new double[ClassCount];
        double all = 0;
        for (int row = 0; row < targets.Length; row++)
        {
            shares[(int)targets[row]] += weights[row];
            all += weights[row];
        }

        // A class without rows gets half a row's share: its logarithm is finite.
        return [.. shares.Select(sum => Math.Log(Math.Max(sum, 0.5) / all))];
    }

    public void Derivatives(in LossBlock block, Span<float> gradients, Span<float> hessians)
    {
        int unit = Vector<float>.Count, stride = block.OutputStride;
        ReadOnlySpan<float> scores = block.Scores;
        var factor = new Vector<float>((float)HessianFactor);
        for (int row = 0; row < block.RowCount; row += unit)
        {
            Vector<float> top = Top(scores, row, stride), sum = Vector<float>.Zero;
            for (int k = 0; k < ClassCount; k++)
            {
                Vector<float> e = Vector.Exp(Load(scores, k * stride + row) - top);
                e.CopyTo(gradients[(k * stride + row)..]);
                sum += e;
            }

            Vector<float> target = Load(block.Targets, row), weight = Load(block.Weights, row), scale = Vector<float>.One / sum;
            for (int k = 0; k < ClassCount; k++)
            {
                Vector<float> p = Load(gradients, k * stride + row) * scale;
                Vector<float> hit = Vector.ConditionalSelect(Vector.Equals(target, new Vector<float>(k)), Vector<float>.One, Vector<float>.Zero);
                ((p - hit) * weight).CopyTo(gradients[(k * stride + row)..]);
                (p * (Vector<float>.One - p) * factor * weight).CopyTo(hessians[(k * stride + row)..]);
            }
        }
    }

    public double Sum(in LossBlock block)
    {
        int unit = Vector<float>.Count, stride = block.OutputStride;
        Vector<double> total = Vector<double>.Zero;
        for (int row = 0; row < block.RowCount; row += unit)
        {
            Vector<float> top = Top(block.Scores, row, stride), target = Load(block.Targets, row), sum = Vector<float>.Zero, own = Vector<float>.Zero;
            for (int k = 0; k < ClassCount; k++)
            {
                Vector<float> score = Load(block.Scores, k * stride + row) - top;
                own = Vector.ConditionalSelect(Vector.Equals(target, new Vector<float>(k)), score, own);
                sum += Vector.Exp(score);
            }

            Vector.Widen((Vector.Log(sum) - own) * Load(block.Weights, row), out Vector<double> low, out Vector<double> high);
            total += low + high;
        }

        return Vector.Sum(total);
    }

    public double Mean(double lossSum, double weightSum) => lossSum / weightSum;

    private Vector<float> Top(ReadOnlySpan<float> scores, int row, int stride)
    {
        Vector<float> top = Load(scores, row);
        for (int k = 1; k < ClassCount; k++)
        {
            top = Vector.Max(top, Load(scores, k * stride + row));
        }

        return top;
    }

    private static Vector<float> Load(ReadOnlySpan<float> values, int at) => new(values.Slice(at, Vector<float>.Count));
}
