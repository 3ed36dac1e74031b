namespace Strata.Learning.Losses;

/// <summary>
/// The probability 1 / (1 + exp(-(Slope s + Offset))) of a class from a score s, fitted by log loss with targets drawn in a little from 0 and 1 (Platt 1999; Newton's
/// method as in Lin, Lin and Weng 2007).
/// </summary>
/// <param name="Slope">Of the score; positive where higher scores speak for the class.</param>
/// <param name="Offset">Log-odds at a score of zero.</param>
public readonly record struct PlattSigmoid(double Slope, double Offset)
{
    private const int MostSteps = 100;
    private const double LeastCurvature = 1e-12, LeastStep = 1e-10, Flat = 1e-9;

    /// <summary>Scores taken for log-odds as they are.</summary>
    public static PlattSigmoid Plain { get; } = new(1, 0);

    /// <param name="scores">One a row.</param>
    /// <param name="isPositive">Whether the row is of the class.</param>
    /// <param name="weights">One a row, or empty for one each.</param>
    public static PlattSigmoid Fit(ReadOnlySpan<double> scores, ReadOnlySpan<bool> isPositive, ReadOnlySpan<double> weights)
    {
        double positives = 0, negatives = 0, unit = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            double weight = weights.IsEmpty ? 1 : weights[i];
            (positives, negatives) = isPositive[i] ? (positives + weight, negatives) : (positives, negatives + weight);
            unit = Math.Max(unit, Math.Abs(scores[i]));
        }

        // Scores are brought to at most 1, so that the steps are well scaled whatever their unit.
        var curve = new Curve(scores, isPositive, weights, unit > 0 ? 1 / unit : 1, (positives + 1) / (positives + 2), 1 / (negatives + 2));
        double slope = 0, offset = Math.Log((positives + 1) / (negatives + 1)), value = curve.At(slope, offset).Value;
        for (int step = 0; step < MostSteps; step++)
        {
            (_, double g1, double g2, double h11, double h22, double h21) = curve.At(slope, offset);
            double largest = Math.Max(Math.Abs(g1), Math.Abs(g2));
            if (largest <= Flat * (positives + negatives))
            {
                break;
            }

            (h11, h22) = (h11 + LeastCurvature, h22 + LeastCurvature);
            double determinant = h11 * h22 - h21 * h21, d1 = -(h22 * g1 - h21 * g2) / determinant, d2 = -(h11 * g2 - h21 * g1) / determinant, descent = g1 * d1 + g2 * d2;
            double length = 1;
            while (length >= LeastStep && !(curve.At(slope + length * d1, offset + length * d2).Value < value + 1e-4 * length * descent))
            {
                length /= 2;
            }

            if (length < LeastStep)
            {
                break;
            }

            (slope, offset) = (slope + length * d1, offset + length * d2);
            value = curve.At(slope, offset).Value;
        }

        return new PlattSigmoid(unit > 0 ? slope / unit : slope, offset);
    }

    public double Probability(double score)
    {
        double odds = Slope * score + Offset, e = Math.Exp(-Math.Abs(odds));
        return odds >= 0 ? 1 / (1 + e) : e / (1 + e);
    }

    /// <summary>The log loss of the drawn-in targets and its derivatives.</summary>
    private readonly ref struct Curve(ReadOnlySpan<double> scores, ReadOnlySpan<bool> isPositive, ReadOnlySpan<double> weights, double unit, double high, double low)
    {
        private readonly ReadOnlySpan<double> scores = scores, weights = weights;
        private readonly ReadOnlySpan<bool> isPositive = isPositive;

        public (double Value, double G1, double G2, double H11, double H22, double H21) At(double slope, double offset)
        {
            double value = 0, g1 = 0, g2 = 0, h11 = 0, h22 = 0, h21 = 0;
            for (int i = 0; i < scores.Length; i++)
            {
                double weight = weights.IsEmpty ? 1 : weights[i], score = scores[i] * unit, target = isPositive[i] ? high : low;
                double odds = slope * score + offset, e = Math.Exp(-Math.Abs(odds)), p = odds >= 0 ? 1 / (1 + e) : e / (1 + e);
                value += weight * (Math.Max(odds, 0) - target * odds + Math.Log(1 + e));
                double error = weight * (p - target), bend = weight * p * (1 - p);
                g1 += error * score;
                g2 += error;
                h11 += bend * score * score;
                h22 += bend;
                h21 += bend * score;
            }

            return (value, g1, g2, h11, h22, h21);
        }
    }
}
