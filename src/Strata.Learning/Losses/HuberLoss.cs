using System.Numerics;

namespace Strata.Learning.Losses;

/// <summary>
/// With the difference <c>d = s - y</c>: <c>d^2 / 2</c> up to <see cref="Delta"/> and <c>delta (|d| - delta / 2)</c> beyond (Huber 1964); derivatives <c>d</c>, held within
/// plus or minus delta, and 1 as in LightGBM.
/// </summary>
/// <param name="Delta">Where the loss turns from squared to absolute, in the target's unit.</param>
public sealed record HuberLoss(double Delta) : NumberLoss
{
    public override string Metric => "huber";

    public override bool HasUnitHessian => true;

    public override bool IsShiftInvariant => true;

    public override double LargestGradient => Delta;

    public override double LargestHessian => 1;

    public override double[] InitialScores(ReadOnlySpan<float> targets, ReadOnlySpan<float> weights) => [MeanOf(targets, weights)];

    protected override double Deviation(double score, double target)
    {
        double size = Math.Abs(score - target);
        return size <= Delta ? size * size / 2 : Delta * (size - Delta / 2);
    }

    protected override (Vector<float> Gradient, Vector<float> Hessian) Derivatives(Vector<float> score, Vector<float> target)
    {
        var most = new Vector<float>((float)Delta);
        return (Vector.Clamp(score - target, -most, most), Vector<float>.One);
    }
}
