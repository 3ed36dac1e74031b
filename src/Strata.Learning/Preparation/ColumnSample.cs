using Strata.Learning.Data;

namespace Strata.Learning.Preparation;

/// <summary>The rows of a number column that are neither missing nor of weight 0.</summary>
internal sealed record ColumnSample(double[] Values, double[] Weights, int[] Rows)
{
    public double TotalWeight { get; } = Weights.Sum();

    public static ColumnSample Of(Column column, TrainingTable table)
    {
        double[] numbers = NumberBlock.Of(column);
        int[] rows = [.. Enumerable.Range(0, numbers.Length).Where(row => !double.IsNaN(numbers[row]) && (table.Weights?[row] ?? 1) > 0)];
        return new ColumnSample(Array.ConvertAll(rows, row => numbers[row]), Array.ConvertAll(rows, row => table.Weights?[row] ?? 1), rows);
    }

    /// <summary>Another column's values in these rows.</summary>
    public double[] Of(double[] all) => Array.ConvertAll(Rows, row => all[row]);
}
