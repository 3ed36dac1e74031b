using Strata.Tensors.Kernels;

namespace Strata.Learning.Linear;

/// <summary>Weighted sums of products of every two standardised columns: the normal equations of ridge, the curvature of logistic regression.</summary>
internal static class Gram
{
    private const int MostColumnsOfPartialSums = 256;
    private const int PartialSums = 16;

    /// <summary>Fills the square roots of the weights of the rows from <c>start</c> on that are in the block.</summary>
    public delegate void RootWeights(DesignBlock block, int start, Span<double> roots);

    /// <summary>
    /// As <see cref="RootWeights"/>, and fills the further columns, one after another, each with a value for each row of the block; they are not standardised.
    /// </summary>
    public delegate void RootWeightsAndColumns(DesignBlock block, int start, Span<double> roots, Span<double> further);

    /// <inheritdoc cref="Of(DesignMatrix, Standardization, RootWeightsAndColumns, int, ParallelOptions)"/>
    public static SquareMatrix Of(DesignMatrix matrix, Standardization scaling, RootWeights rootWeights, ParallelOptions threads) =>
        Of(matrix, scaling, (block, start, roots, _) => rootWeights(block, start, roots), 0, threads);

    /// <param name="matrix">The columns.</param>
    /// <param name="scaling">What makes them standard.</param>
    /// <param name="rootWeights">The square root of each row's weight, and the further columns.</param>
    /// <param name="further">How many further columns there are, such as a column of ones; they follow the others.</param>
    /// <param name="threads">Who shares the work; the sums are the same for any number of them.</param>
    public static SquareMatrix Of(DesignMatrix matrix, Standardization scaling, RootWeightsAndColumns rootWeights, int further, ParallelOptions threads)
    {
        if (matrix.Sparse is not null)
        {
            return SparseGram.Of(matrix, scaling, rootWeights, further, threads);
        }

        int size = matrix.ColumnCount + further;
        int blocks = (matrix.RowCount + matrix.BlockRows - 1) / matrix.BlockRows;
        var total = new SquareMatrix(size);
        bool few = size <= MostColumnsOfPartialSums;
        SquareMatrix[] sums = [.. Enumerable.Range(0, few ? Math.Min(PartialSums, blocks) : 1).Select(_ => new SquareMatrix(size))];
        void Sum(int part)
        {
            var packed = new double[sums[part].Stride * matrix.BlockRows];
            var block = new DesignBlock(matrix.ColumnCount);
            for (int number = part; number < blocks; number += sums.Length)
            {
                threads.CancellationToken.ThrowIfCancellationRequested();
                int start = number * matrix.BlockRows;
                matrix.Read(start, Math.Min(matrix.BlockRows, matrix.RowCount - start), block);
                int rows = Pack(block, start, scaling, rootWeights, further, packed);
                SquareMatrix into = sums[part];
                if (few)
                {
                    for (int tile = 0; tile < into.Stride / 4; tile++)
                    {
                        GramKernel.Add(packed, rows, tile, into);
                    }
                }
                else
                {
                    Parallel.For(0, into.Stride / 4, threads, tile => GramKernel.Add(packed, rows, tile, into));
                }
            }
        }

        if (sums.Length == 1)
        {
            Sum(0);
        }
        else
        {
            Parallel.For(0, sums.Length, threads, Sum);
        }

        foreach (SquareMatrix sum in sums)
        {
            VectorKernels.AddScaled(sum.Values, 1, total.Values);
        }

        return total;
    }

    /// <summary>The block's columns, standardised and multiplied by the rows' roots, one after another, each padded with zeros to the returned length.</summary>
    private static int Pack(DesignBlock block, int start, Standardization scaling, RootWeightsAndColumns rootWeights, int further, double[] packed)
    {
        int rows = (block.Count + 7) & ~7;
        Span<double> roots = stackalloc double[DesignMatrix.MostBlockRows];
        int columns = scaling.Means.Length, count = block.Count;
        Span<double> values = further == 0 ? [] : new double[further * count];
        rootWeights(block, start, roots[..count], values);
        for (int j = 0; j < columns; j++)
        {
            ReadOnlySpan<double> x = block.Column(j);
            Span<double> to = packed.AsSpan(j * rows, rows);
            LinearKernels.Standardize(x, scaling.Means[j], 1 / scaling.Spreads[j], roots, to);
            to[x.Length..].Clear();
        }

        for (int k = 0; k < further; k++)
        {
            Span<double> to = packed.AsSpan((columns + k) * rows, rows);
            LinearKernels.Standardize(values.Slice(k * count, count), 0, 1, roots, to);
            to[count..].Clear();
        }

        packed.AsSpan((columns + further) * rows).Clear();
        return rows;
    }
}
