using System.Numerics;
using System.Runtime.InteropServices;
using Strata.Learning.Data;

namespace Strata.Learning.Preparation;

/// <summary>Refuses numbers that arithmetic cannot carry: infinite ones, and ones whose squares and sums would become infinite.</summary>
internal static class FiniteNumbers
{
    /// <summary>The largest magnitude taken: its square, summed over billions of rows, is still finite.</summary>
    public const double Largest = 1e140;

    /// <summary>The 0-based row of the first number that is infinite or too large, or -1; NaN passes as missing.</summary>
    public static int FirstBeyond(ReadOnlySpan<double> values)
    {
        ReadOnlySpan<Vector<double>> vectors = MemoryMarshal.Cast<double, Vector<double>>(values);
        var limit = new Vector<double>(Largest);
        int at = 0;
        while (at < vectors.Length && !Vector.GreaterThanAny(Vector.Abs(vectors[at]), limit))
        {
            at++;
        }

        for (int row = at * Vector<double>.Count; row < values.Length; row++)
        {
            if (Math.Abs(values[row]) > Largest)
            {
                return row;
            }
        }

        return -1;
    }

    /// <summary>Whether arithmetic can carry every number; NaN it cannot.</summary>
    public static bool AllWithin(ReadOnlySpan<double> values) => values.IndexOfAnyExceptInRange(-Largest, Largest) < 0;

    public static string Problem(string column, int row, double value) =>
        $"Column '{column}' is {value} in row {row + 1}; numbers must lie within \u00b1{Largest}. Mark such cells as missing or leave the column out.";

    /// <exception cref="DataException">A number column holds such a number; each column is named.</exception>
    public static void Check(Frame rows)
    {
        var problems = new List<string>();
        double[]? own = null;
        foreach (Column column in rows.Columns.Where(column => column.Type is ColumnType.Float32 or ColumnType.Float64))
        {
            if (column is SparseNumberColumn sparse && FirstBeyond(sparse.Values) < 0 && !(Math.Abs(sparse.Common) > Largest))
            {
                continue;
            }

            double[] numbers = (column as Float64Column)?.Values ?? (own ??= new double[rows.RowCount]);
            if (numbers == own)
            {
                column.CopyNumbers(numbers);
            }

            int row = FirstBeyond(numbers);
            if (row >= 0)
            {
                problems.Add(Problem(column.Name, row, numbers[row]));
            }
        }

        DataException.ThrowIfAny(problems);
    }
}
