namespace Strata.Learning.Automl;

/// <summary>
/// The exponent to which an ensemble raises its probabilities before they are brought to a sum of 1: above 1 where the mean of candidates is less sure than it might be, below 1 where it is too
/// sure. It is temperature scaling (Guo et al. 2017, "On Calibration of Modern Neural Networks") of the logarithms of probabilities, with 1 over the exponent as temperature.
/// </summary>
internal static class Sharpness
{
    /// <summary>The exponent that leaves probabilities as they are.</summary>
    public const double None = 1;

    /// <summary>The log loss has to become less by this part, so that chance alone does not make a model more complicated.</summary>
    private const double LeastGain = 1e-3;

    private const double Least = 0.25, Most = 6, LeastProbability = 1e-15;
    private const int MostRows = 20_000, Steps = 40;

    /// <summary>The exponent with the least log loss on rows that were predicted unseen, or <see cref="None"/> where it brings too little.</summary>
    /// <param name="unseen">Probabilities.</param>
    /// <param name="tested">The same rows with their truth.</param>
    public static double Of(Predictions unseen, TrainingTable tested)
    {
        int classes = unseen.Classes.Count, step = Math.Max(1, tested.RowCount / MostRows);
        int[] codes = ((ClassTarget)tested.Target).Codes, rows = [.. Enumerable.Range(0, (tested.RowCount + step - 1) / step).Select(i => i * step)];
        var logarithms = new double[rows.Length * classes];
        for (int i = 0; i < rows.Length; i++)
        {
            for (int k = 0; k < classes; k++)
            {
                logarithms[i * classes + k] = Math.Log(Math.Max(LeastProbability, unseen.Values[rows[i] * classes + k]));
            }
        }

        double Loss(double exponent)
        {
            double loss = 0, total = 0;
            for (int i = 0; i < rows.Length; i++)
            {
                double sum = 0, weight = tested.Weights?[rows[i]] ?? 1;
                for (int k = 0; k < classes; k++)
                {
                    sum += Math.Exp(exponent * logarithms[i * classes + k]);
                }

                loss += weight * (Math.Log(sum) - exponent * logarithms[i * classes + codes[rows[i]]]);
                total += weight;
            }

            return loss / total;
        }

        double best = Minimum(Loss);
        return Loss(best) < (1 - LeastGain) * Loss(None) ? best : None;
    }

    /// <summary>Raises one row's probabilities and brings them to a sum of 1.</summary>
    public static void Apply(Span<double> shares, double exponent)
    {
        double sum = 0;
        foreach (ref double share in shares)
        {
            share = exponent == None ? share : Math.Pow(share, exponent);
            sum += share;
        }

        foreach (ref double share in shares)
        {
            share /= sum;
        }
    }

    /// <summary>By the golden section: the log loss is convex in the exponent.</summary>
    private static double Minimum(Func<double, double> loss)
    {
        double ratio = (Math.Sqrt(5) - 1) / 2, low = Least, high = Most;
        double left = high - ratio * (high - low), right = low + ratio * (high - low);
        (double ofLeft, double ofRight) = (loss(left), loss(right));
        for (int step = 0; step < Steps; step++)
        {
            if (ofLeft < ofRight)
            {
                (high, right, ofRight) = (right, left, ofLeft);
                left = high - ratio * (high - low);
                ofLeft = loss(left);
            }
            else
            {
                (low, left, ofLeft) = (left, right, ofRight);
                right = low + ratio * (high - low);
                ofRight = loss(right);
            }
        }

        return (low + high) / 2;
    }
}
