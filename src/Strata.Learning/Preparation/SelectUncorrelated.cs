using Strata.Learning.Data;
using Strata.Tensors.Kernels;

namespace Strata.Learning.Preparation;

/// <summary>
/// Leaves out number columns that another one nearly repeats: of every two whose correlation over the training rows is beyond a bound, the one that has less
/// to do with the target goes. Missing values count as the mean.
/// </summary>
public sealed record SelectUncorrelated : IStep
{
    public string Name => "select_uncorrelated";

    [Hyperparameter("The largest size of a correlation between two columns that are both kept.", Min = 0, Max = 1)]
    public double MaxCorrelation { get; init; } = 0.95;

    public IFittedStep Fit(TrainingTable table, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(context);
        FiniteNumbers.Check(table.Features);
        Column[] numbers = [.. table.Features.Columns.Where(column => column.IsNumeric && WeightedNumbers.Of(column, table.Weights).Count > 0)];
        double[][] values = [.. numbers.Select(column => Filled(column, table.Weights))];
        SquareMatrix sums = Covariance.Of(values, table.Weights, centered: true, context.ParallelOptions).Sums;
        int[] byTarget = [.. Enumerable.Range(0, numbers.Length).OrderByDescending(i => ColumnScores.Of(ScoreKind.Correlation, numbers[i], table, context.Seed))];
        var kept = new List<int>();
        var dropped = new HashSet<string>(StringComparer.Ordinal);
        foreach (int i in byTarget)
        {
            if (kept.Exists(j => Math.Abs(Correlation(sums, i, j)) > MaxCorrelation))
            {
                dropped.Add(numbers[i].Name);
            }
            else
            {
                kept.Add(i);
            }
        }

        string note = $"Step '{Name}' left out {dropped.Count} column{(dropped.Count == 1 ? string.Empty : "s")} that others nearly repeat: {NearNames.List([.. table.Features.Names.Where(dropped.Contains)], 12)}.";
        return KeepRule.Step(Name, table.Features.Names.Where(name => !dropped.Contains(name)), dropped.Count == 0 ? [] : [note]);
    }

    private static double Correlation(SquareMatrix sums, int i, int j)
    {
        double both = sums[i, i] * sums[j, j];
        return both > 0 ? sums[Math.Max(i, j), Math.Min(i, j)] / Math.Sqrt(both) : 0;
    }

    private static double[] Filled(Column column, double[]? weights)
    {
        double mean = WeightedNumbers.Of(column, weights).Mean();
        return Array.ConvertAll(NumberBlock.Of(column), value => double.IsNaN(value) ? mean : value);
    }
}
