using System.Numerics;

namespace Strata.Learning.Losses;

/// <summary>The pinball loss of a quantile: <c>a (y - s)</c> above the score and <c>(1 - a) (s - y)</c> below it (Koenker and Bassett 1978); derivatives <c>[s &gt; y] - a</c> and 1.</summary>
/// <param name="Share">The share <c>a</c> of targets below the quantile, between 0 and 1.</param>
public record QuantileLoss(double Share) : NumberLoss
{
    public override string Metric => "pinball";

    public override bool HasUnitHessian => true;

    public override bool IsShiftInvariant => true;

    public override double LargestGradient => Math.Max(Share, 1 - Share);

    public override double LargestHessian => 1;

    public override double? RenewedQuantile => Share;

    public override double[] InitialScores(ReadOnlySpan<float> targets, ReadOnlySpan<float> weights)
    {
        var (values, counted) = (new List<float>(), new List<float>());
        for (int row = 0; row < targets.Length; row++)
        {
            if (weights[row] > 0)
            {
                values.Add(targets[row]);
                counted.Add(weights[row]);
            }
        }

        return [WeightedQuantile.Of(values.ToArray(), counted.ToArray(), Share)];
    }

    protected override double Deviation(double score, double target) => target > score ? Share * (target - score) : (1 - Share) * (score - target);

    protected override (Vector<float> Gradient, Vector<float> Hessian) Derivatives(Vector<float> score, Vector<float> target)
    {
        Vector<float> below = new((float)(1 - Share)), above = new(-(float)Share);
        return (Vector.ConditionalSelect(Vector.GreaterThanOrEqual(score, target), below, above), Vector<float>.One);
    }
}

/// <summary>The absolute difference: derivatives <c>sign(s - y)</c> and 1; leaves take the median of their residuals.</summary>
public sealed record AbsoluteError() : QuantileLoss(0.5)
{
    public override string Metric => "mae";

    public override double LargestGradient => 1;

    protected override double Deviation(double score, double target) => Math.Abs(score - target);

    protected override (Vector<float> Gradient, Vector<float> Hessian) Derivatives(Vector<float> score, Vector<float> target)
    {
        Vector<float> difference = score - target;
        return (Vector.Clamp(difference * 1e30f, -Vector<float>.One, Vector<float>.One), Vector<float>.One);
    }
}
