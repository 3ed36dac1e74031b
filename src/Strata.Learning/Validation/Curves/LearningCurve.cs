using Strata.Learning.Data;
using Strata.Learning.Metrics;
using Strata.Tensors;

namespace Strata.Learning.Validation.Curves;

/// <summary>How a metric changes with the number of training rows: whether more rows would help.</summary>
public static class LearningCurve
{
    /// <param name="recipe">What to fit.</param>
    /// <param name="table">The rows; their structure is obeyed.</param>
    /// <param name="metric">What to measure.</param>
    /// <param name="shares">Of each fold's training rows, ascending, above 0 and at most 1. They are drawn at random, or the latest where a time is declared; each holds the ones before.</param>
    /// <param name="foldCount">At least 2.</param>
    /// <param name="context">Seed, threads, cancellation.</param>
    /// <exception cref="DataException">A share is out of range, or too few rows are left to learn from.</exception>
    public static IReadOnlyList<CurvePoint> Of(IRecipe recipe, TrainingTable table, Metric metric, IReadOnlyList<double> shares, int foldCount, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(shares);
        ArgumentNullException.ThrowIfNull(context);
        DataException.ThrowIfAny([.. shares.Where(share => !(share is > 0 and <= 1)).Select(share => $"A share of training rows is {share}; it takes a number above 0 and at most 1.")]);
        IReadOnlyList<RowSplit> folds = RowSplits.Folds(table, foldCount, context.Seed).Folds;
        int[][] orders = [.. folds.Select((fold, i) => Order(fold, table.Times, RandomSource.For(context.Seed, $"learning curve {i}")))];
        return
        [
            .. shares.Select(share =>
            {
                (double Training, double Test)[] scores =
                [
                    .. folds.Select((fold, i) => FoldScore.Of(recipe, table, orders[i][..Math.Max(1, (int)Math.Round(share * orders[i].Length))], fold.Test, metric, context)),
                ];
                return new CurvePoint(Math.Round(share * orders.Average(order => order.Length)), [.. scores.Select(score => score.Training)], [.. scores.Select(score => score.Test)]);
            }),
        ];
    }

    private static int[] Order(RowSplit fold, double[]? times, RandomSource random)
    {
        int[] rows = [.. fold.Train];
        if (times is not null)
        {
            return [.. rows.OrderByDescending(row => times[row])];
        }

        random.Shuffle<int>(rows);
        return rows;
    }
}
