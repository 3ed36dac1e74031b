namespace Strata.Learning.Metrics;

/// <summary>Metrics of classes, as scikit-learn defines them.</summary>
internal static class ClassMetrics
{
    public const int ConfidenceBins = 10;

    public static double Accuracy(ScoredClasses rows) => rows.Confusion.Correct / rows.TotalWeight;

    public static double BalancedAccuracy(ScoredClasses rows)
    {
        ConfusionMatrix confusion = rows.Confusion;
        return Enumerable.Range(0, rows.ClassCount).Where(code => confusion.TrueTotals[code] > 0).Average(confusion.Recall);
    }

    /// <summary>For several classes the mean over those that have both rows and others.</summary>
    public static double RocAuc(ScoredClasses rows)
    {
        double[] areas = [.. rows.CurveClasses.Select(code => rows.Ranked(code).RocArea()).Where(area => !double.IsNaN(area))];
        return areas.Length == 0 ? double.NaN : areas.Average();
    }

    /// <summary>Each class against the rest, weighted by its rows; of two classes as <see cref="RocAuc"/>.</summary>
    public static double RocAucWeighted(ScoredClasses rows) => rows.ClassCount == 2 ? RocAuc(rows) : MeanByRows(rows, code => rows.Ranked(code).RocArea());

    /// <summary>
    /// Hand and Till 2001: the mean over pairs of classes that have rows, of the areas by the probability of either. NaN for fewer than two such classes; of two classes as
    /// <see cref="RocAuc"/>.
    /// </summary>
    public static double RocAucOfPairs(ScoredClasses rows, bool byRows)
    {
        if (rows.ClassCount == 2)
        {
            return RocAuc(rows);
        }

        double[] totals = rows.Confusion.TrueTotals;
        int[] present = [.. Enumerable.Range(0, rows.ClassCount).Where(code => totals[code] > 0)];
        double sum = 0, all = 0;
        foreach ((int a, int b) in present.SelectMany((a, i) => present.Skip(i + 1).Select(b => (a, b))))
        {
            double weight = byRows ? totals[a] + totals[b] : 1;
            sum += weight * (RankedScores.Of(rows, a, b).RocArea() + RankedScores.Of(rows, b, a).RocArea()) / 2;
            all += weight;
        }

        return sum / all;
    }

    /// <summary>Each class against the rest, weighted by its rows; of two classes as <see cref="AveragePrecision"/>.</summary>
    public static double AveragePrecisionWeighted(ScoredClasses rows) => rows.ClassCount == 2 ? AveragePrecision(rows) : MeanByRows(rows, code => rows.Ranked(code).AveragePrecision());

    /// <summary>For several classes the mean over those that have rows; of two classes without a positive row 0.</summary>
    public static double AveragePrecision(ScoredClasses rows) => rows.ClassCount == 2
        ? rows.Ranked(1).AveragePrecision()
        : rows.CurveClasses.Where(code => rows.Ranked(code).Positives > 0).Average(code => rows.Ranked(code).AveragePrecision());

    /// <summary>Probabilities are held one machine epsilon away from 0 and 1, then scaled to sum 1.</summary>
    public static double LogLoss(ScoredClasses rows)
    {
        const double epsilon = 2.220446049250313e-16;
        return rows.Mean(row =>
        {
            double sum = 0;
            foreach (double probability in rows.Predictions.Probabilities(row))
            {
                sum += Math.Clamp(probability, epsilon, 1 - epsilon);
            }

            return -Math.Log(Math.Clamp(rows.Predictions.Probability(row, rows.Codes[row]), epsilon, 1 - epsilon) / sum);
        });
    }

    public static double Brier(ScoredClasses rows) => rows.Mean(row =>
    {
        double sum = 0;
        foreach (int code in rows.CurveClasses)
        {
            double gap = rows.Predictions.Probability(row, code) - (rows.Codes[row] == code ? 1 : 0);
            sum += gap * gap;
        }

        return sum;
    });

    /// <summary>Gorodkin's R_K for any number of classes; 0 when all truths or all predictions are one class.</summary>
    public static double MatthewsCorrelation(ScoredClasses rows)
    {
        ConfusionMatrix confusion = rows.Confusion;
        double[] truths = confusion.TrueTotals, predictions = confusion.PredictedTotals;
        double total = truths.Sum();
        double both = confusion.Correct * total - Dot(truths, predictions);
        double ofPredictions = total * total - Dot(predictions, predictions);
        double ofTruths = total * total - Dot(truths, truths);
        return ofPredictions * ofTruths == 0 ? 0 : both / Math.Sqrt(ofPredictions * ofTruths);
    }

    /// <summary>NaN when truths and predictions are all one class.</summary>
    public static double CohenKappa(ScoredClasses rows)
    {
        ConfusionMatrix confusion = rows.Confusion;
        double total = confusion.TrueTotals.Sum();
        double byChance = Dot(confusion.TrueTotals, confusion.PredictedTotals) / total;
        return 1 - (total - confusion.Correct) / (total - byChance);
    }

    /// <summary>Of equally probable classes the later one ranks higher, as in scikit-learn.</summary>
    public static double TopAccuracy(ScoredClasses rows, int most) => rows.ClassCount <= most ? double.NaN : rows.Mean(row =>
    {
        ReadOnlySpan<double> probabilities = rows.Predictions.Probabilities(row);
        int truth = rows.Codes[row], above = 0;
        for (int code = 0; code < probabilities.Length; code++)
        {
            above += probabilities[code] > probabilities[truth] || (code > truth && probabilities[code] == probabilities[truth]) ? 1 : 0;
        }

        return above < most ? 1 : 0;
    });

    /// <summary>Guo et al. 2017, with ten bins of equal width; a confidence on an edge falls into the lower bin.</summary>
    public static double ExpectedCalibrationError(ScoredClasses rows)
    {
        var gaps = new double[ConfidenceBins];
        for (int row = 0; row < rows.Count; row++)
        {
            int predicted = rows.Predictions.ClassCode(row);
            double confidence = rows.Predictions.Probability(row, predicted);
            gaps[CalibrationCurve.BinOf(confidence, ConfidenceBins)] += rows.Weight(row) * (confidence - (predicted == rows.Codes[row] ? 1 : 0));
        }

        return gaps.Sum(Math.Abs) / rows.TotalWeight;
    }

    private static double MeanByRows(ScoredClasses rows, Func<int, double> of)
    {
        double[] totals = rows.Confusion.TrueTotals;
        return Enumerable.Range(0, rows.ClassCount).Where(code => totals[code] > 0).Sum(code => totals[code] * of(code)) / totals.Sum();
    }

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();
}
