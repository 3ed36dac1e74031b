namespace Strata.Learning.Explanation.Cohorts;

/// <summary>What a model says of a cohort's rows of one class, and what is true of them. Every measure is of some rows, which may repeat; NaN where it is undefined.</summary>
/// <param name="Called">Whether each row is called the class.</param>
/// <param name="Probability">Of the class.</param>
/// <param name="IsTrue">Whether it is the class; null where that is not known.</param>
internal sealed record CohortAnswers(bool[] Called, double[] Probability, bool[]? IsTrue)
{
    private const int Bins = 10;

    public static CohortAnswers Of(Predictions predictions, Target? truth, int code) => new(
        [.. Enumerable.Range(0, predictions.RowCount).Select(row => predictions.ClassCode(row) == code)],
        [.. Enumerable.Range(0, predictions.RowCount).Select(row => predictions.Probability(row, code))],
        truth is ClassTarget classes ? [.. classes.Codes.Select(own => own == code)] : null);

    public double SelectionRate(int[] rows) => rows.Count(row => Called[row]) / (double)rows.Length;

    public double MeanProbability(int[] rows) => rows.Average(row => Probability[row]);

    /// <summary>Of the rows of the class, the share that is called so.</summary>
    public double TruePositiveRate(int[] rows) => Share(rows, row => IsTrue![row], row => Called[row]);

    /// <summary>Of the rows of other classes, the share that is called so.</summary>
    public double FalsePositiveRate(int[] rows) => Share(rows, row => !IsTrue![row], row => Called[row]);

    public double Accuracy(int[] rows) => rows.Count(row => Called[row] == IsTrue![row]) / (double)rows.Length;

    /// <summary>By how much the probabilities are too high, on average.</summary>
    public double CalibrationGap(int[] rows) => rows.Average(row => Probability[row] - (IsTrue![row] ? 1 : 0));

    /// <summary>The mean distance of probability and share of the class in tenths of the probability, by their rows (expected calibration error).</summary>
    public double CalibrationError(int[] rows)
    {
        Span<double> gaps = stackalloc double[Bins];
        foreach (int row in rows)
        {
            gaps[Math.Min(Bins - 1, (int)(Probability[row] * Bins))] += Probability[row] - (IsTrue![row] ? 1 : 0);
        }

        double sum = 0;
        foreach (double gap in gaps)
        {
            sum += Math.Abs(gap);
        }

        return sum / rows.Length;
    }

    private static double Share(int[] rows, Func<int, bool> among, Func<int, bool> counts)
    {
        int all = 0, some = 0;
        foreach (int row in rows)
        {
            if (among(row))
            {
                all++;
                some += counts(row) ? 1 : 0;
            }
        }

        return all == 0 ? double.NaN : (double)some / all;
    }
}
