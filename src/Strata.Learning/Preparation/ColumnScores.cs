using Strata.Learning.Data;

namespace Strata.Learning.Preparation;

/// <summary>What says how much a column has to do with the target.</summary>
public enum ScoreKind
{
    /// <summary>The size of the straight-line correlation with the target; for several classes the largest with one of them.</summary>
    Correlation,

    /// <summary>The F statistic: of the column's means in the classes, or of the straight line to a number.</summary>
    AnovaF,

    /// <summary>The chi-square statistic of a column of counts over the classes; numbers below 0 have none.</summary>
    ChiSquare,

    /// <summary>How many nats the column tells about the target, straight or bent, by nearest neighbours.</summary>
    MutualInformation,
}

/// <summary>Scores columns against a target, each alone, over the rows in which they are not missing.</summary>
internal static class ColumnScores
{
    /// <summary>The score of a column, the larger the more; null where the score says nothing about such a column.</summary>
    public static double? Of(ScoreKind kind, Column column, TrainingTable table, ulong seed, CancellationToken cancellation = default)
    {
        if (kind == ScoreKind.MutualInformation)
        {
            return MutualInformation.Of(column, table, seed, cancellation);
        }

        if (!column.IsNumeric)
        {
            return null;
        }

        ColumnSample sample = ColumnSample.Of(column, table);
        return (kind, table.Target) switch
        {
            (ScoreKind.Correlation, NumberTarget target) => Math.Abs(Correlation(sample, sample.Of(target.Values))),
            (ScoreKind.Correlation, ClassTarget target) => target.Classes.Skip(target.Classes.Count == 2 ? 1 : 0)
                .Max(name => Math.Abs(Correlation(sample, sample.Of(Array.ConvertAll(target.Codes, code => target.Classes[code] == name ? 1.0 : 0.0))))),
            (ScoreKind.AnovaF, ClassTarget target) => AnovaF(sample, target),
            (ScoreKind.AnovaF, NumberTarget target) => LineF(Correlation(sample, sample.Of(target.Values)), sample.TotalWeight),
            (ScoreKind.ChiSquare, ClassTarget target) => sample.Values.Any(value => value < 0) ? null : ChiSquare(sample, target),
            _ => throw new DataException($"Chi-square compares classes, but target '{table.Target.Name}' is of numbers; take anova_f or mutual_information."),
        };
    }

    /// <summary>Pearson's; 0 where one of the two does not vary.</summary>
    public static double Correlation(ColumnSample x, double[] y)
    {
        double meanX = 0, meanY = 0, total = 0, xx = 0, xy = 0, yy = 0;
        for (int i = 0; i < y.Length; i++)
        {
            total += x.Weights[i];
            meanX += x.Weights[i] * x.Values[i];
            meanY += x.Weights[i] * y[i];
        }

        (meanX, meanY) = (meanX / total, meanY / total);
        for (int i = 0; i < y.Length; i++)
        {
            double a = x.Values[i] - meanX, b = y[i] - meanY;
            xx += x.Weights[i] * a * a;
            xy += x.Weights[i] * a * b;
            yy += x.Weights[i] * b * b;
        }

        return xx > 1e-28 * total * meanX * meanX && yy > 0 ? Math.Clamp(xy / Math.Sqrt(xx * yy), -1, 1) : 0;
    }

    private static double LineF(double correlation, double rows) => rows > 2 && Math.Abs(correlation) < 1
        ? correlation * correlation / (1 - correlation * correlation) * (rows - 2)
        : correlation == 0 ? 0 : double.MaxValue;

    private static double AnovaF(ColumnSample sample, ClassTarget target)
    {
        var all = new WeightedMoments();
        var of = new WeightedMoments[target.Classes.Count];
        for (int i = 0; i < sample.Values.Length; i++)
        {
            all.Add(sample.Values[i], sample.Weights[i]);
            of[target.Codes[sample.Rows[i]]].Add(sample.Values[i], sample.Weights[i]);
        }

        double mean = all.Mean, between = of.Sum(one => one.Weight * (one.Mean - mean) * (one.Mean - mean)), within = of.Sum(one => one.Weight * one.Variance);
        int groups = of.Count(one => one.Weight > 0);
        return groups < 2 || between <= 1e-28 * all.Weight * mean * mean ? 0
            : within > 0 && all.Weight > groups ? between / (groups - 1) / (within / (all.Weight - groups)) : double.MaxValue;
    }

    /// <summary>Of the column's sums in the classes, beside what the classes' shares of rows lead one to expect.</summary>
    private static double ChiSquare(ColumnSample sample, ClassTarget target)
    {
        double[] seen = new double[target.Classes.Count], rows = new double[target.Classes.Count];
        for (int i = 0; i < sample.Values.Length; i++)
        {
            seen[target.Codes[sample.Rows[i]]] += sample.Weights[i] * sample.Values[i];
            rows[target.Codes[sample.Rows[i]]] += sample.Weights[i];
        }

        double all = seen.Sum();
        return seen.Zip(rows, (count, share) => share / sample.TotalWeight * all is double expected && expected > 0 ? (count - expected) * (count - expected) / expected : 0).Sum();
    }
}
