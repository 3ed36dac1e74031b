using System.Numerics;

namespace Strata.Learning.Losses;

/// <summary>A loss of numbers of at least 0 whose raw score is the logarithm of the mean; its metric is the deviance, as scikit-learn defines it.</summary>
public abstract record LogLinkLoss : NumberLoss
{
    /// <summary>Scores beyond this are taken for this, so that their exponentials stay finite.</summary>
    private const float FarthestScore = 40;

    /// <summary>Largest target whose square single precision still holds.</summary>
    private protected const double LargestTarget = 1e18;

    public override double[] InitialScores(ReadOnlySpan<float> targets, ReadOnlySpan<float> weights)
    {
        double all = 0;
        foreach (float weight in weights)
        {
            all += weight;
        }

        // Where everything is zero, half a unit is spread over the rows: its logarithm is finite.
        double mean = MeanOf(targets, weights);
        return [Math.Log(mean > 0 ? mean : 0.5 / (all + 1))];
    }

    public override string? Objection(double target) =>
        target >= 0 && target <= LargestTarget ? null : FormattableString.Invariant($"a number from 0 to {LargestTarget:g}");

    private protected static Vector<float> Exp(Vector<float> score) => Vector.Exp(Vector.Clamp(score, new Vector<float>(-FarthestScore), new Vector<float>(FarthestScore)));
}

/// <summary>Counts: <c>exp(s) - y s</c> with derivatives <c>exp(s) - y</c> and <c>exp(s + 0.7)</c>; the 0.7 holds steps back, as LightGBM and XGBoost do by default.</summary>
public sealed record PoissonLoss : LogLinkLoss
{
    private static readonly float Caution = MathF.Exp(0.7f);

    public override string Metric => "poisson_deviance";

    protected override double Deviation(double score, double target) => 2 * ((target > 0 ? target * (Math.Log(target) - score) : 0) - target + Math.Exp(score));

    protected override (Vector<float> Gradient, Vector<float> Hessian) Derivatives(Vector<float> score, Vector<float> target)
    {
        Vector<float> mean = Exp(score);
        return (mean - target, mean * Caution);
    }
}

/// <summary>Positive numbers with constant coefficient of variation: <c>s + y exp(-s)</c> with derivatives <c>1 - y exp(-s)</c> and <c>y exp(-s)</c>.</summary>
public sealed record GammaLoss : LogLinkLoss
{
    public override string Metric => "gamma_deviance";

    public override string? Objection(double target) => (float)target > 0 && target <= LargestTarget ? null : FormattableString.Invariant($"a number above 0, up to {LargestTarget:g}");

    protected override double Deviation(double score, double target) => 2 * (score - Math.Log(target) + target * Math.Exp(-score) - 1);

    protected override (Vector<float> Gradient, Vector<float> Hessian) Derivatives(Vector<float> score, Vector<float> target)
    {
        Vector<float> ratio = target * Exp(-score);
        return (Vector<float>.One - ratio, ratio);
    }
}

/// <summary>
/// Zeros and positive amounts together (Tweedie 1984; Jorgensen 1987): <c>exp((2 - p) s) / (2 - p) - y exp((1 - p) s) / (1 - p)</c> with derivatives
/// <c>exp((2 - p) s) - y exp((1 - p) s)</c> and <c>(2 - p) exp((2 - p) s) - (1 - p) y exp((1 - p) s)</c>.
/// </summary>
/// <param name="Power">The variance grows with this power of the mean; between 1 (Poisson) and 2 (gamma).</param>
public sealed record TweedieLoss(double Power) : LogLinkLoss
{
    public override string Metric => "tweedie_deviance";

    protected override double Deviation(double score, double target)
    {
        double own = target > 0 ? Math.Pow(target, 2 - Power) / ((1 - Power) * (2 - Power)) : 0;
        return 2 * (own - target * Math.Exp((1 - Power) * score) / (1 - Power) + Math.Exp((2 - Power) * score) / (2 - Power));
    }

    protected override (Vector<float> Gradient, Vector<float> Hessian) Derivatives(Vector<float> score, Vector<float> target)
    {
        float one = (float)(1 - Power), two = (float)(2 - Power);
        Vector<float> amount = target * Exp(score * one), mean = Exp(score * two);
        return (mean - amount, mean * two - amount * one);
    }
}
