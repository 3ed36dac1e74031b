using Strata.Learning.Data;

namespace Strata.Learning.Preparation;

/// <summary>The rows of a number column that are neither missing nor of weight 0.</summary>
internal sealed record ColumnSample(double[] Values, double[] Weights, int[] Rows)
{
    public double TotalWeight { get; } = Weights.Sum();

    public static ColumnSample Of(Column column, TrainingTable table)
    {
        if (column is SparseNumberColumn sparse && table.Target is ClassTarget classes)
        {
            return OfEntries(sparse, classes, table.Weights);
        }

        double[] numbers = NumberBlock.Of(column);
        int[] rows = [.. Enumerable.Range(0, numbers.Length).Where(row => !double.IsNaN(numbers[row]) && (table.Weights?[row] ?? 1) > 0)];
        return new ColumnSample(Array.ConvertAll(rows, row => numbers[row]), Array.ConvertAll(rows, row => table.Weights?[row] ?? 1), rows);
    }

    /// <summary>The entries, and for each class one row of it that stands for all others with the common value.</summary>
    private static ColumnSample OfEntries(SparseNumberColumn column, ClassTarget target, double[]? weights)
    {
        double[] others = new double[target.Classes.Count];
        int[] rowOf = new int[target.Classes.Count];
        var (values, kept, rows) = (new List<double>(), new List<double>(), new List<int>());
        void Add(double value, double weight, int row)
        {
            if (weight > 0 && !double.IsNaN(value))
            {
                values.Add(value);
                kept.Add(weight);
                rows.Add(row);
            }
        }

        for (int row = 0, next = 0; row < column.Count; row++)
        {
            double weight = weights?[row] ?? 1;
            if (next < column.Rows.Length && column.Rows[next] == row)
            {
                Add(column.Values[next++], weight, row);
            }
            else
            {
                others[target.Codes[row]] += weight;
                rowOf[target.Codes[row]] = row;
            }
        }

        for (int code = 0; code < others.Length; code++)
        {
            Add(column.Common, others[code], rowOf[code]);
        }

        return new ColumnSample([.. values], [.. kept], [.. rows]);
    }

    /// <summary>Another column's values in these rows.</summary>
    public double[] Of(double[] all) => Array.ConvertAll(Rows, row => all[row]);
}
