namespace Strata.Learning.Linear;

/// <summary>Probabilities of raw scores, one row at a time so that a row's bits never depend on its neighbours.</summary>
internal static class Probabilities
{
    /// <summary>For one score the probability of class 1 (the logistic function), for several the probability of each class (softmax).</summary>
    public static void OfScores(ReadOnlySpan<double> scores, Span<double> probabilities)
    {
        if (scores.Length == 1)
        {
            probabilities[0] = Logistic(scores[0]);
            return;
        }

        double largest = double.NegativeInfinity, total = 0;
        foreach (double score in scores)
        {
            largest = Math.Max(largest, score);
        }

        for (int k = 0; k < scores.Length; k++)
        {
            probabilities[k] = Math.Exp(scores[k] - largest);
            total += probabilities[k];
        }

        for (int k = 0; k < probabilities.Length; k++)
        {
            probabilities[k] /= total;
        }
    }

    public static double Logistic(double score)
    {
        double e = Math.Exp(-Math.Abs(score));
        return score >= 0 ? 1 / (1 + e) : e / (1 + e);
    }
}
