using Strata.Learning.Data;
using Strata.Tensors.Kernels;

namespace Strata.Learning.Linear;

/// <summary>The loops of <see cref="LinearKernels"/> over the entries of compressed rows: a row is its columns' common values plus the distances of its entries.</summary>
internal static class SparseKernels
{
    /// <summary>z[i] += sum over columns j of coefficients[j] * x[i, j]: by the operations of <see cref="LinearKernels"/>, so that with common values of 0 the bits are the same.</summary>
    public static void AddScores(SparseRows rows, int first, int count, ReadOnlySpan<double> coefficients, Span<double> z)
    {
        double common = rows.Common is null ? 0 : VectorKernels.Dot(coefficients, rows.Common);
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<int> columns = rows.ColumnsOf(first + i);
            ReadOnlySpan<double> values = rows.ValuesOf(first + i);
            double sum = z[i] + common;
            for (int k = 0; k < columns.Length; k++)
            {
                sum = Math.FusedMultiplyAdd(coefficients[columns[k]], values[k], sum);
            }

            z[i] = sum;
        }
    }

    /// <summary>sums[j] += sum over rows i of x[i, j] * r[i].</summary>
    public static void AddProducts(SparseRows rows, int first, int count, ReadOnlySpan<double> r, Span<double> sums)
    {
        double total = 0;
        for (int i = 0; i < count; i++)
        {
            if (r[i] != 0)
            {
                Add(rows, first + i, r[i], sums);
                total += r[i];
            }
        }

        if (rows.Common is not null)
        {
            VectorKernels.AddScaled(rows.Common, total, sums);
        }
    }

    /// <summary>The sum over a row's entries of distance times coefficient.</summary>
    public static double Dot(SparseRows rows, int row, ReadOnlySpan<double> coefficients)
    {
        ReadOnlySpan<int> columns = rows.ColumnsOf(row);
        ReadOnlySpan<double> values = rows.ValuesOf(row);
        double sum = 0;
        for (int k = 0; k < columns.Length; k++)
        {
            sum += values[k] * coefficients[columns[k]];
        }

        return sum;
    }

    /// <summary>to[j] += factor times the distance of each of a row's entries.</summary>
    public static void Add(SparseRows rows, int row, double factor, Span<double> to)
    {
        ReadOnlySpan<int> columns = rows.ColumnsOf(row);
        ReadOnlySpan<double> values = rows.ValuesOf(row);
        for (int k = 0; k < columns.Length; k++)
        {
            to[columns[k]] += values[k] * factor;
        }
    }
}
