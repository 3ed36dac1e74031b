using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Strata.Learning.Data;

namespace Strata.Learning.Preparation;

/// <summary>What learners that take numbers only ask of a table: no categories, no text, nothing missing, nothing infinite or too large.</summary>
internal static class CompleteNumbers
{
    private const int BlockRows = 512;

    /// <param name="rows">The columns.</param>
    /// <param name="learner">Who asks, such as <c>a linear model</c>.</param>
    /// <param name="threads">Who shares the work.</param>
    /// <exception cref="DataException">A column is of another kind, or a value is missing, infinite or too large; every column is named.</exception>
    public static void Check(Frame rows, string learner, ParallelOptions threads)
    {
        var problems = new string?[rows.ColumnCount];
        void Look(int i) => problems[i] = ProblemOf(rows.Columns[i], learner);
        if ((long)rows.RowCount * rows.ColumnCount < 100_000)
        {
            for (int i = 0; i < problems.Length; i++)
            {
                Look(i);
            }
        }
        else
        {
            Parallel.For(0, problems.Length, threads, Look);
        }

        DataException.ThrowIfAny([.. problems.OfType<string>()]);
    }

    /// <summary>The numbers, row-major [rows, columns].</summary>
    /// <exception cref="DataException">There are more of them than memory can hold in one piece.</exception>
    public static double[] RowMajor(Frame rows)
    {
        int columns = rows.ColumnCount;
        long cells = (long)rows.RowCount * columns;
        if (cells > Array.MaxLength)
        {
            throw new DataException($"{rows.RowCount} rows of {columns} columns are {cells} numbers, more than this algorithm can hold; take fewer rows or columns, or one that takes sparse tables, such as a linear model.");
        }

        var numbers = new double[cells];
        var own = new double[Math.Min(BlockRows, rows.RowCount)];
        // Block by block, so that the rows written to stay in the cache from column to column.
        for (int start = 0; start < rows.RowCount; start += BlockRows)
        {
            int count = Math.Min(BlockRows, rows.RowCount - start);
            for (int j = 0; j < columns; j++)
            {
                ReadOnlySpan<double> column = Block(rows.Columns[j], start, own.AsSpan(0, count));
                ref double to = ref numbers[start * columns + j];
                for (int row = 0; row < column.Length; row++)
                {
                    Unsafe.Add(ref to, row * columns) = column[row];
                }
            }
        }

        return numbers;
    }

    /// <summary>Numbers of the rows from <paramref name="start"/> on, as many as <paramref name="own"/> has places: where they stand, or copied there.</summary>
    private static ReadOnlySpan<double> Block(Column column, int start, Span<double> own)
    {
        if (column is Float64Column doubles)
        {
            return doubles.Values.AsSpan(start, own.Length);
        }

        column.CopyNumbers(start, own);
        return own;
    }

    private static string? ProblemOf(Column column, string learner)
    {
        if (!column.IsNumeric)
        {
            return column is ArrayColumn ? $"Column '{column.Name}' holds arrays, which {learner} cannot take; {ArrayAdvice.Text}"
                : column.Type == ColumnType.Text
                ? $"Column '{column.Name}' is free text, which {learner} cannot take; leave it out or put a step before that makes numbers of it."
                : $"Column '{column.Name}' is a category, which {learner} cannot take; put OneHot or Ordinal before.";
        }

        if (column is SparseNumberColumn sparse && FiniteNumbers.AllWithin(sparse.Values) && FiniteNumbers.AllWithin([sparse.Common]))
        {
            return null;
        }

        var own = new double[Math.Min(BlockRows, column.Count)];
        for (int start = 0; start < column.Count; start += BlockRows)
        {
            int count = Math.Min(BlockRows, column.Count - start);
            ReadOnlySpan<double> part = Block(column, start, own.AsSpan(0, count));
            if (AllUsable(part))
            {
                continue;
            }

            int bad = part.IndexOfAnyExceptInRange(-FiniteNumbers.Largest, FiniteNumbers.Largest);
            return double.IsNaN(part[bad])
                ? $"Column '{column.Name}' has {column.MissingCount} missing value{(column.MissingCount == 1 ? string.Empty : "s")}, the first in row {start + bad + 1}; put Impute before."
                : FiniteNumbers.Problem(column.Name, start + bad, part[bad]);
        }

        return null;
    }

    /// <summary>Whether every value lies within what arithmetic can carry; NaN does not.</summary>
    private static bool AllUsable(ReadOnlySpan<double> values)
    {
        ReadOnlySpan<Vector<double>> vectors = MemoryMarshal.Cast<double, Vector<double>>(values);
        var limit = new Vector<double>(FiniteNumbers.Largest);
        foreach (Vector<double> vector in vectors)
        {
            if (!Vector.LessThanOrEqualAll(Vector.Abs(vector), limit))
            {
                return false;
            }
        }

        foreach (double value in values[(vectors.Length * Vector<double>.Count)..])
        {
            if (!(Math.Abs(value) <= FiniteNumbers.Largest))
            {
                return false;
            }
        }

        return true;
    }
}
