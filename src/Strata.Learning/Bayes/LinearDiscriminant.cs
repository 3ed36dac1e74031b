using Strata.Learning.Data;
using Strata.Learning.Metrics;
using Strata.Tensors.Kernels;

namespace Strata.Learning.Bayes;

/// <summary>
/// Linear discriminant analysis: classes that are normally distributed around means of their own with one covariance, so that straight lines part them.
/// Takes complete numbers only; learns in two passes.
/// </summary>
public sealed record LinearDiscriminant : IRecipe<LogLinearBayesModel>
{
    internal const string AlgorithmName = "linear_discriminant";

    public string Algorithm => AlgorithmName;

    [Hyperparameter("How far the classes' covariances are drawn towards equal variances without correlation, 0 to 1; empty takes the pooled covariance as it is.", Min = 0, Max = 1, SearchMin = 0, SearchMax = 1)]
    public double? Shrinkage { get; init; }

    [Hyperparameter("Whether the data decides how far covariances are drawn (Ledoit and Wolf 2004), for few rows and many columns.")]
    public bool AutomaticShrinkage { get; init; }

    public LogLinearBayesModel Fit(TrainingTable table, FitContext context)
    {
        ClassRows rows = ClassRows.Of(table, context);
        if (Shrinkage is not null && AutomaticShrinkage)
        {
            throw new DataException($"Shrinkage is {Shrinkage} and automatic; it is one of the two.");
        }

        var moments = ClassMoments.Of(rows, context.Cancellation);
        double[] scales = moments.Spreads(context.Cancellation);
        var covariance = new ClassCovariance(rows, moments, scales, context.Cancellation);
        SquareMatrix shared = Shrinkage is null && !AutomaticShrinkage ? covariance.Pooled() : covariance.Shrunk(Shrinkage);
        int columns = rows.ColumnCount, classes = rows.ClassWeights.Length;
        var factor = IndependentColumns.Of(shared, [.. Enumerable.Range(0, columns)], context.Cancellation);
        if (factor.Kept.Length == 0)
        {
            throw new DataException("No column varies within the classes: there is no covariance to part them by. Take a decision tree.");
        }

        double[] coefficients = new double[classes * columns], intercepts = new double[classes], at = new double[factor.Kept.Length];
        for (int k = 0; k < classes; k++)
        {
            for (int i = 0; i < at.Length; i++)
            {
                at[i] = moments.Means[k * columns + factor.Kept[i]] / scales[factor.Kept[i]];
            }

            factor.Solve(at);
            for (int i = 0; i < at.Length; i++)
            {
                int j = factor.Kept[i];
                coefficients[k * columns + j] = at[i] / scales[j];
                intercepts[k] -= 0.5 * coefficients[k * columns + j] * moments.Means[k * columns + j];
            }
        }

        var model = new LogLinearBayesModel(AlgorithmName, ModelSignature.Of(table), coefficients, intercepts, threshold: null, rows.LogPriors(fitPrior: true), rows.Notes(table.Target));
        FinishedFit.Report(model, table, context);
        return model;
    }
}
