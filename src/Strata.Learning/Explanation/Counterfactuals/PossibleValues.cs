using Strata.Learning.Data;
using Strata.Learning.Metrics;

namespace Strata.Learning.Explanation.Counterfactuals;

/// <summary>What columns may be changed to, and how far apart values are.</summary>
internal sealed class PossibleValues
{
    private readonly double[] scales;
    private readonly AllowedRange[] ranges;

    public PossibleValues(Frame background, CounterfactualOptions options)
    {
        Count = background.RowCount;
        Columns = [.. background.Columns.Select(column => column.HasNumbers ? Numbers(column) : null)];
        IsLevel = [.. background.Columns.Select(column => column is CategoryColumn || column.Type == ColumnType.Boolean)];
        IsWhole = [.. background.Columns.Select(column => column.Type == ColumnType.Int64)];
        scales = [.. Columns.Select((numbers, column) => numbers is null || IsLevel[column] ? 1 : Scale(numbers))];
        ranges = [.. background.Columns.Select((column, i) => options.Ranges.TryGetValue(column.Name, out AllowedRange? range) ? range : new AllowedRange(double.NegativeInfinity, double.PositiveInfinity))];
        var held = options.Immutable.ToHashSet(StringComparer.Ordinal);
        Changeable = [.. Enumerable.Range(0, background.ColumnCount).Where(column => Columns[column] is not null && !held.Contains(background.Columns[column].Name))];
    }

    /// <summary>Rows.</summary>
    public int Count { get; }

    /// <summary>By column the background's numbers; null for text and arrays.</summary>
    public double[]?[] Columns { get; }

    public bool[] IsLevel { get; }

    public bool[] IsWhole { get; }

    /// <summary>Columns that may be changed.</summary>
    public int[] Changeable { get; }

    /// <summary>Whether a column may have the value: one within its range, or none where none may be missing.</summary>
    public bool Allows(int column, double value) => !double.IsNaN(value) && (IsLevel[column] || (value >= ranges[column].Low && value <= ranges[column].High));

    /// <summary>How far apart two values are: in deviations, at the most 1 for levels and where one of them is missing.</summary>
    public double Distance(int column, double a, double b) => a.Equals(b) ? 0 : IsLevel[column] || double.IsNaN(a) || double.IsNaN(b) ? 1 : Math.Abs(a - b) / scales[column];

    /// <summary>How far the nearest background row is, divided by the columns.</summary>
    public double DistanceToData(double[] row)
    {
        int[] known = [.. Enumerable.Range(0, Columns.Length).Where(column => Columns[column] is not null)];
        return known.Length == 0 ? 0 : Enumerable.Range(0, Count).Min(other => known.Sum(column => Distance(column, row[column], Columns[column]![other]))) / known.Length;
    }

    /// <summary>The numbers of a column; NaN where it is missing.</summary>
    public static double[] Numbers(Column column)
    {
        var numbers = new double[column.Count];
        column.CopyNumbers(numbers);
        return numbers;
    }

    /// <summary>The median absolute deviation; where most values are the same the mean one, and 1 where all are.</summary>
    private static double Scale(double[] numbers)
    {
        double[] sorted = [.. numbers.Where(double.IsFinite).Order()];
        double median = RowDraws.Quantile(sorted, 0.5);
        double[] away = [.. sorted.Select(number => Math.Abs(number - median)).Order()];
        double middle = RowDraws.Quantile(away, 0.5), mean = away.Length == 0 ? 0 : away.Average();
        return middle > 0 ? middle : mean > 0 ? mean : 1;
    }
}
