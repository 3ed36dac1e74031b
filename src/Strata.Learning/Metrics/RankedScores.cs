namespace Strata.Learning.Metrics;

/// <summary>One class against the rest, or against one other: for each distinct probability, from high to low, how much weight lies at or above it. Rows of weight 0 are left out.</summary>
internal sealed class RankedScores
{
    private RankedScores(double[] thresholds, double[] truePositives, double[] falsePositives) =>
        (Thresholds, TruePositives, FalsePositives) = (thresholds, truePositives, falsePositives);

    public double[] Thresholds { get; }

    public double[] TruePositives { get; }

    public double[] FalsePositives { get; }

    public double Positives => TruePositives[^1];

    public double Negatives => FalsePositives[^1];

    /// <param name="rows">The rows.</param>
    /// <param name="classCode">The class by whose probability they are ranked.</param>
    /// <param name="other">The only other class whose rows count; -1 for the rest.</param>
    public static RankedScores Of(ScoredClasses rows, int classCode, int other = -1)
    {
        bool Counts(int row) => rows.Weight(row) > 0 && (other < 0 || rows.Codes[row] == classCode || rows.Codes[row] == other);
        int[] order = rows.Weights is null && other < 0 ? [.. Enumerable.Range(0, rows.Count)] : [.. Enumerable.Range(0, rows.Count).Where(Counts)];
        double[] scores = [.. order.Select(row => -rows.Predictions.Probability(row, classCode))];
        Array.Sort(scores, order);

        int distinct = 1;
        for (int i = 1; i < scores.Length; i++)
        {
            distinct += scores[i] != scores[i - 1] ? 1 : 0;
        }

        var ranked = new RankedScores(new double[distinct], new double[distinct], new double[distinct]);
        double positives = 0, negatives = 0;
        for (int i = 0, at = 0; i < scores.Length; i++)
        {
            double weight = rows.Weight(order[i]);
            bool positive = rows.Codes[order[i]] == classCode;
            positives += positive ? weight : 0;
            negatives += positive ? 0 : weight;
            if (i + 1 == scores.Length || scores[i + 1] != scores[i])
            {
                (ranked.Thresholds[at], ranked.TruePositives[at], ranked.FalsePositives[at]) = (-scores[i], positives, negatives);
                at++;
            }
        }

        return ranked;
    }

    /// <summary>The area under the ROC curve; equal scores count half. NaN when there are no positives or no negatives.</summary>
    public double RocArea()
    {
        double area = 0, lastTrue = 0, lastFalse = 0;
        for (int i = 0; i < Thresholds.Length; i++)
        {
            area += (FalsePositives[i] - lastFalse) * (TruePositives[i] + lastTrue) / 2;
            (lastTrue, lastFalse) = (TruePositives[i], FalsePositives[i]);
        }

        return area / (Positives * Negatives);
    }

    /// <summary>Precision at each threshold, weighted by the recall gained there; 0 when there are no positives.</summary>
    public double AveragePrecision()
    {
        double sum = 0, last = 0;
        for (int i = 0; i < Thresholds.Length; i++)
        {
            sum += (TruePositives[i] - last) * PrecisionAt(i);
            last = TruePositives[i];
        }

        return Positives == 0 ? 0 : sum / Positives;
    }

    public double PrecisionAt(int i) => TruePositives[i] + FalsePositives[i] == 0 ? 0 : TruePositives[i] / (TruePositives[i] + FalsePositives[i]);
}
