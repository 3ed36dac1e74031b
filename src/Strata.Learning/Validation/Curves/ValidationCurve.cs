using Strata.Learning.Data;
using Strata.Learning.Metrics;

namespace Strata.Learning.Validation.Curves;

/// <summary>How a metric changes with one hyperparameter, on the same folds.</summary>
public static class ValidationCurve
{
    /// <param name="recipeAt">The recipe with a value of the hyperparameter.</param>
    /// <param name="values">To try.</param>
    /// <param name="table">The rows; their structure is obeyed.</param>
    /// <param name="metric">What to measure.</param>
    /// <param name="foldCount">At least 2.</param>
    /// <param name="context">Seed, threads, cancellation.</param>
    public static IReadOnlyList<CurvePoint> Of(Func<double, IRecipe> recipeAt, IReadOnlyList<double> values, TrainingTable table, Metric metric, int foldCount, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(recipeAt);
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(context);
        IReadOnlyList<RowSplit> folds = RowSplits.Folds(table, foldCount, context.Seed).Folds;
        return
        [
            .. values.Select(value =>
            {
                (double Training, double Test)[] scores = [.. folds.Select(fold => FoldScore.Of(recipeAt(value), table, fold.Train, fold.Test, metric, context))];
                return new CurvePoint(value, [.. scores.Select(score => score.Training)], [.. scores.Select(score => score.Test)]);
            }),
        ];
    }
}
