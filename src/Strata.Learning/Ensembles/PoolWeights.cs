namespace Strata.Learning.Ensembles;

/// <summary>
/// What share each of several answers has in a mean of them, learned from answers about rows that nobody who answers had seen. Shares are at least 0 and sum to 1; both losses are convex in
/// them, so that there is one best mean.
/// </summary>
internal static class PoolWeights
{
    private const int Rounds = 1000;
    private const double SmallChange = 1e-9, LeastProbability = 1e-6;

    /// <summary>The shares with the least log loss: those of a mixture, found by expectation maximisation.</summary>
    /// <param name="probabilities">[who answers][row], of the row's true class.</param>
    /// <param name="rowWeights">[row]</param>
    public static double[] OfClasses(double[][] probabilities, double[] rowWeights)
    {
        double[] shares = Equal(probabilities.Length), earned = new double[shares.Length];
        double total = rowWeights.Sum();
        for (int round = 0; round < Rounds; round++)
        {
            Array.Clear(earned);
            for (int row = 0; row < rowWeights.Length; row++)
            {
                double mean = 0;
                for (int one = 0; one < shares.Length; one++)
                {
                    mean += shares[one] * Math.Max(probabilities[one][row], LeastProbability);
                }

                for (int one = 0; one < shares.Length; one++)
                {
                    earned[one] += rowWeights[row] / total * shares[one] * Math.Max(probabilities[one][row], LeastProbability) / mean;
                }
            }

            double change = shares.Zip(earned, (before, after) => Math.Abs(before - after)).Max();
            earned.CopyTo(shares, 0);
            if (change < SmallChange)
            {
                break;
            }
        }

        return shares;
    }

    /// <summary>The shares with the least squared error: a step at a time, share goes from the answer that raises it most to the one that lowers it most, as far as that helps.</summary>
    /// <param name="answers">[who answers][row]</param>
    /// <param name="truth">[row]</param>
    /// <param name="rowWeights">[row]</param>
    public static double[] OfNumbers(double[][] answers, double[] truth, double[] rowWeights)
    {
        double[] shares = Equal(answers.Length);
        double[] error = [.. truth.Select((value, row) => answers.Average(one => one[row]) - value)];
        for (int round = 0; round < Rounds; round++)
        {
            double[] slopes = [.. answers.Select(one => Sum(rowWeights, error, one))];
            int to = Array.IndexOf(slopes, slopes.Min()), from = Enumerable.Range(0, shares.Length).Where(one => shares[one] > SmallChange).MaxBy(one => slopes[one]);
            double[] step = [.. answers[to].Zip(answers[from], (one, other) => one - other)];
            double length = Sum(rowWeights, step, step), far = length > 0 ? Math.Clamp(-Sum(rowWeights, error, step) / length, 0, shares[from]) : 0;
            if (far < SmallChange)
            {
                break;
            }

            error = [.. error.Zip(step, (value, change) => value + far * change)];
            shares[to] += far;
            shares[from] -= far;
        }

        return shares;
    }

    private static double Sum(double[] weights, double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += weights[i] * a[i] * b[i];
        }

        return sum;
    }

    public static double[] Equal(int count) => [.. Enumerable.Repeat(1.0 / count, count)];
}
