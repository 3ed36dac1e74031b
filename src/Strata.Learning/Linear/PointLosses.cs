namespace Strata.Learning.Linear;

/// <summary>Counts: exp(s) - y s, half the Poisson deviance but for a constant.</summary>
internal sealed class PoissonPoints : IPointLoss
{
    public double Derive(Span<double> scores, ReadOnlySpan<double> targets, ReadOnlySpan<double> weights)
    {
        double sum = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            double mean = Math.Exp(scores[i]);
            sum += weights[i] * (mean - targets[i] * scores[i]);
            scores[i] = weights[i] * (mean - targets[i]);
        }

        return sum;
    }

    public void Bend(Span<double> scores, ReadOnlySpan<double> targets, ReadOnlySpan<double> weights)
    {
        for (int i = 0; i < scores.Length; i++)
        {
            scores[i] = weights[i] * Math.Exp(scores[i]);
        }
    }
}

/// <summary>Positive amounts of constant coefficient of variation: s + y exp(-s), half the gamma deviance but for a constant.</summary>
internal sealed class GammaPoints : IPointLoss
{
    public double Derive(Span<double> scores, ReadOnlySpan<double> targets, ReadOnlySpan<double> weights)
    {
        double sum = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            double ratio = targets[i] * Math.Exp(-scores[i]);
            sum += weights[i] * (scores[i] + ratio);
            scores[i] = weights[i] * (1 - ratio);
        }

        return sum;
    }

    public void Bend(Span<double> scores, ReadOnlySpan<double> targets, ReadOnlySpan<double> weights)
    {
        for (int i = 0; i < scores.Length; i++)
        {
            scores[i] = weights[i] * targets[i] * Math.Exp(-scores[i]);
        }
    }
}

/// <summary>Half the Tweedie deviance but for a constant: exp((2 - p) s) / (2 - p) - y exp((1 - p) s) / (1 - p); p is neither 1 nor 2.</summary>
internal sealed class TweediePoints(double power) : IPointLoss
{
    public double Derive(Span<double> scores, ReadOnlySpan<double> targets, ReadOnlySpan<double> weights)
    {
        double one = 1 - power, two = 2 - power, sum = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            double mean = Math.Exp(two * scores[i]), amount = targets[i] == 0 ? 0 : targets[i] * Math.Exp(one * scores[i]);
            sum += weights[i] * (mean / two - amount / one);
            scores[i] = weights[i] * (mean - amount);
        }

        return sum;
    }

    public void Bend(Span<double> scores, ReadOnlySpan<double> targets, ReadOnlySpan<double> weights)
    {
        double one = 1 - power, two = 2 - power;
        for (int i = 0; i < scores.Length; i++)
        {
            double amount = targets[i] == 0 ? 0 : targets[i] * Math.Exp(one * scores[i]);
            scores[i] = weights[i] * Math.Max(0, two * Math.Exp(two * scores[i]) - one * amount);
        }
    }
}

/// <summary>max(0, 1 - y s)², for y of 1 or -1.</summary>
internal sealed class SquaredHingePoints : IPointLoss
{
    public double Derive(Span<double> scores, ReadOnlySpan<double> targets, ReadOnlySpan<double> weights)
    {
        double sum = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            double miss = Math.Max(0, 1 - targets[i] * scores[i]);
            sum += weights[i] * miss * miss;
            scores[i] = -2 * weights[i] * targets[i] * miss;
        }

        return sum;
    }

    public void Bend(Span<double> scores, ReadOnlySpan<double> targets, ReadOnlySpan<double> weights)
    {
        for (int i = 0; i < scores.Length; i++)
        {
            scores[i] = targets[i] * scores[i] < 1 ? 2 * weights[i] : 0;
        }
    }
}

/// <summary>max(0, |s - y| - epsilon)².</summary>
internal sealed class SquaredTubePoints(double epsilon) : IPointLoss
{
    public double Derive(Span<double> scores, ReadOnlySpan<double> targets, ReadOnlySpan<double> weights)
    {
        double sum = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            double difference = scores[i] - targets[i], miss = Math.Max(0, Math.Abs(difference) - epsilon);
            sum += weights[i] * miss * miss;
            scores[i] = 2 * weights[i] * Math.CopySign(miss, difference);
        }

        return sum;
    }

    public void Bend(Span<double> scores, ReadOnlySpan<double> targets, ReadOnlySpan<double> weights)
    {
        for (int i = 0; i < scores.Length; i++)
        {
            scores[i] = Math.Abs(scores[i] - targets[i]) > epsilon ? 2 * weights[i] : 0;
        }
    }
}
