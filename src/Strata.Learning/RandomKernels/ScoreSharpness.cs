namespace Strata.Learning.RandomKernels;

/// <summary>
/// The one factor that turns scores into log-odds, so that their softmax gives honest probabilities: fitted by log loss on scores of rows that were left out (temperature scaling, Guo
/// et al. 2017), with targets drawn in a little from 0 and 1. It never changes which class is first.
/// </summary>
internal static class ScoreSharpness
{
    private const double Least = 1e-3, Most = 1e3;

    /// <param name="scores">[rows, outputs]; one output is half the difference of two classes.</param>
    /// <param name="codes">The class of each row.</param>
    /// <param name="weights">Of each row.</param>
    /// <param name="classCount">How many classes.</param>
    public static double Of(double[] scores, int[] codes, double[] weights, int classCount)
    {
        int outputs = scores.Length / codes.Length;
        double[] ofClasses = outputs == 1 ? [.. scores.SelectMany(score => new[] { -score / 2, score / 2 })] : scores;
        double low = Math.Log(Least), high = Math.Log(Most);

        // The loss is convex in the factor: halve the interval in which its slope changes sign.
        for (int step = 0; step < 50; step++)
        {
            double middle = (low + high) / 2;
            (low, high) = Slope(ofClasses, codes, weights, classCount, Math.Exp(middle)) > 0 ? (low, middle) : (middle, high);
        }

        return Math.Exp((low + high) / 2);
    }

    private static double Slope(double[] scores, int[] codes, double[] weights, int classes, double factor)
    {
        double slope = 0, drawnIn = 1.0 / (codes.Length + 2);
        Span<double> shares = classes <= 256 ? stackalloc double[classes] : new double[classes];
        for (int row = 0; row < codes.Length; row++)
        {
            ReadOnlySpan<double> own = scores.AsSpan(row * classes, classes);
            Softmax(own, factor, shares);
            double expected = 0, target = 0;
            for (int k = 0; k < classes; k++)
            {
                expected += shares[k] * own[k];
                target += own[k] * (k == codes[row] ? 1 - drawnIn : drawnIn / (classes - 1));
            }

            slope += weights[row] * (expected - target);
        }

        return slope;
    }

    /// <summary>Probabilities proportional to exp(factor score).</summary>
    public static void Softmax(ReadOnlySpan<double> scores, double factor, Span<double> probabilities)
    {
        double largest = double.NegativeInfinity, total = 0;
        foreach (double score in scores)
        {
            largest = Math.Max(largest, factor * score);
        }

        for (int k = 0; k < scores.Length; k++)
        {
            total += probabilities[k] = Math.Exp(factor * scores[k] - largest);
        }

        for (int k = 0; k < probabilities.Length; k++)
        {
            probabilities[k] /= total;
        }
    }
}
