using Strata.Learning.Data;
using Strata.Learning.Metrics;

namespace Strata.Learning.Bayes;

/// <summary>
/// Classes that differ in how the counts of a row are shared among the columns, such as words of a text. Takes complete numbers of at least 0; learns in
/// one pass.
/// </summary>
public sealed record MultinomialNaiveBayes : IRecipe<LogLinearBayesModel>
{
    internal const string AlgorithmName = "multinomial_naive_bayes";

    public string Algorithm => AlgorithmName;

    [Hyperparameter("What is added to every count, so that no column is impossible in a class.", Min = 1e-10, Max = 1e6, SearchMin = 1e-4, SearchMax = 100, LogScale = true)]
    public double Alpha { get; init; } = 1;

    [Hyperparameter("Whether frequent classes are more probable from the start; else all are equally.")]
    public bool FitPrior { get; init; } = true;

    public LogLinearBayesModel Fit(TrainingTable table, FitContext context)
    {
        ClassRows rows = ClassRows.Of(table, context);
        DataException.ThrowIfAny([.. table.Features.Columns.Select(NegativeIn).OfType<string>()]);
        int columns = rows.ColumnCount;
        double[] sums = rows.Sums(value => value, context.Cancellation), coefficients = new double[sums.Length];
        for (int start = 0; start < sums.Length; start += columns)
        {
            double total = sums.AsSpan(start, columns).ToArray().Sum() + Alpha * columns;
            for (int i = start; i < start + columns; i++)
            {
                coefficients[i] = Math.Log(sums[i] + Alpha) - Math.Log(total);
            }
        }

        var model = new LogLinearBayesModel(AlgorithmName, ModelSignature.Of(table), coefficients, new double[rows.ClassWeights.Length], threshold: null, rows.LogPriors(FitPrior), rows.Notes(table.Target));
        FinishedFit.Report(model, table, context);
        return model;
    }

    private static string? NegativeIn(Column column)
    {
        if (column is SparseNumberColumn sparse && sparse.Common >= 0 && Array.TrueForAll(sparse.Values, value => value >= 0))
        {
            return null;
        }

        for (int row = 0; row < column.Count; row++)
        {
            if (column.NumberAt(row) is double number and < 0)
            {
                return $"Column '{column.Name}' is {number} in row {row + 1}; multinomial naive Bayes counts, so numbers are at least 0. Take Gaussian naive Bayes for measurements.";
            }
        }

        return null;
    }
}
