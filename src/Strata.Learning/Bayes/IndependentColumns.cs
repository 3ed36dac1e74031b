using Strata.Tensors.Kernels;

namespace Strata.Learning.Bayes;

/// <summary>
/// The Cholesky factor of a covariance matrix, leaving out every column that those before it determine: on rows in which that holds, the others say the
/// same without it.
/// </summary>
internal sealed class IndependentColumns
{
    /// <summary>A column of variance one of which less than this is its own is determined by the others.</summary>
    private const double Least = 1e-8;
    private readonly double[][] lower;

    private IndependentColumns(int[] kept, double[][] lower) => (Kept, this.lower) = (kept, lower);

    /// <summary>The 0-based columns, rising.</summary>
    public int[] Kept { get; }

    /// <param name="covariance">Its lower triangle; variances near one or zero.</param>
    /// <param name="columns">Which columns to look at, rising.</param>
    /// <param name="cancellation">Looked at for every column.</param>
    public static IndependentColumns Of(SquareMatrix covariance, IReadOnlyList<int> columns, CancellationToken cancellation)
    {
        var kept = new List<int>();
        var lower = new List<double[]>();
        foreach (int j in columns)
        {
            cancellation.ThrowIfCancellationRequested();
            var row = new double[kept.Count + 1];
            for (int i = 0; i < kept.Count; i++)
            {
                row[i] = (covariance[j, kept[i]] - VectorKernels.Dot(row.AsSpan(0, i), lower[i].AsSpan(0, i))) / lower[i][i];
            }

            double own = covariance[j, j] - VectorKernels.Dot(row.AsSpan(0, kept.Count), row.AsSpan(0, kept.Count));
            if (own > Least * Math.Max(1, covariance[j, j]))
            {
                row[^1] = Math.Sqrt(own);
                kept.Add(j);
                lower.Add(row);
            }
        }

        return new IndependentColumns([.. kept], [.. lower]);
    }

    /// <summary>Replaces a vector over the kept columns by L⁻¹ times it.</summary>
    public void Whiten(Span<double> vector)
    {
        for (int i = 0; i < lower.Length; i++)
        {
            vector[i] = (vector[i] - VectorKernels.Dot(lower[i].AsSpan(0, i), vector[..i])) / lower[i][i];
        }
    }

    /// <summary>Replaces a vector over the kept columns by the inverse covariance times it.</summary>
    public void Solve(Span<double> vector)
    {
        Whiten(vector);
        for (int i = lower.Length - 1; i >= 0; i--)
        {
            vector[i] /= lower[i][i];
            VectorKernels.AddScaled(lower[i].AsSpan(0, i), -vector[i], vector[..i]);
        }
    }

    /// <summary>L, row-major [kept, kept].</summary>
    public double[] Dense()
    {
        var dense = new double[lower.Length * lower.Length];
        for (int i = 0; i < lower.Length; i++)
        {
            lower[i].CopyTo(dense, i * lower.Length);
        }

        return dense;
    }
}
