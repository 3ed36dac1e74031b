using Strata.Learning.Data;

namespace Strata.Learning.Preparation;

/// <summary>Leaves out columns that hardly vary over the training rows: numbers of a variance no larger than a threshold, and categories of one level.</summary>
public sealed record SelectVariance : IStep
{
    public string Name => "select_variance";

    [Hyperparameter("The largest variance of a number column that is left out.", Min = 0)]
    public double Threshold { get; init; }

    public IFittedStep Fit(TrainingTable table, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(table);
        FiniteNumbers.Check(table.Features);
        string[] dropped = [.. table.Features.Columns.Where(column => !Varies(column, table.Weights)).Select(column => column.Name)];
        string note = $"Step '{Name}' left out {dropped.Length} column{(dropped.Length == 1 ? string.Empty : "s")} that hardly vary: {NearNames.List(dropped, 12)}.";
        return KeepRule.Step(Name, table.Features.Names.Except(dropped), dropped.Length == 0 ? [] : [note]);
    }

    private bool Varies(Column column, double[]? weights)
    {
        bool gaps = column.MissingCount > 0 && column.MissingCount < column.Count;
        if (column is CategoryColumn category)
        {
            return LevelWeights.Of(category, weights).Count + (gaps ? 1 : 0) > 1;
        }

        if (!column.IsNumeric)
        {
            return true;
        }

        WeightedNumbers numbers = WeightedNumbers.Of(column, weights);
        // What is only rounding of the mean is no variance; where some values are missing, that alone may tell something.
        return numbers.Count > 0 && numbers.StandardDeviation() is double deviation && ((deviation * deviation > Threshold && deviation > 1e-14 * Math.Abs(numbers.Mean())) || (gaps && Threshold == 0));
    }
}
