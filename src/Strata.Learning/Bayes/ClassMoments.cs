using Strata.Tensors.Kernels;

namespace Strata.Learning.Bayes;

/// <summary>Mean of each class, and its rows' products of distances from it.</summary>
internal sealed class ClassMoments
{
    private readonly ClassRows rows;

    private ClassMoments(ClassRows rows, double[] means) => (this.rows, Means) = (rows, means);

    /// <summary>Row-major [classes, columns]; zeros for a class without weight.</summary>
    public double[] Means { get; }

    public static ClassMoments Of(ClassRows rows, CancellationToken cancellation)
    {
        double[] means = rows.ValueSums(cancellation);
        int columns = rows.ColumnCount;
        for (int i = 0; i < means.Length; i++)
        {
            means[i] = rows.ClassWeights[i / columns] > 0 ? means[i] / rows.ClassWeights[i / columns] : 0;
        }

        return new ClassMoments(rows, means);
    }

    /// <summary>The weighted sum over a class's rows of (x - mean)(x - mean)ᵀ, each column divided by a scale before.</summary>
    public SquareMatrix Scatter(int code, double[] scales, CancellationToken cancellation)
    {
        int columns = rows.ColumnCount;
        var sums = new SquareMatrix(columns);
        var distance = new double[columns];
        for (int row = 0; row < rows.Codes.Length; row++)
        {
            if (rows.Codes[row] != code || rows.Weights[row] == 0)
            {
                continue;
            }

            for (int j = 0; j < columns; j++)
            {
                distance[j] = (rows.Values[row * columns + j] - Means[code * columns + j]) / scales[j];
            }

            cancellation.ThrowIfCancellationRequested();
            for (int i = 0; i < columns; i++)
            {
                VectorKernels.AddScaled(distance.AsSpan(0, i + 1), rows.Weights[row] * distance[i], sums.Row(i, i + 1));
            }
        }

        return sums;
    }

    /// <summary>The weighted variance of each column around the means of the classes; its root, or 1 where it is 0.</summary>
    public double[] Spreads(CancellationToken cancellation)
    {
        int columns = rows.ColumnCount;
        double[] squares = rows.Squares(Means, cancellation);
        var spreads = new double[columns];
        for (int j = 0; j < columns; j++)
        {
            double sum = 0, largest = 0;
            for (int k = 0; k < rows.ClassWeights.Length; k++)
            {
                sum += squares[k * columns + j];
                largest = Math.Max(largest, Math.Abs(Means[k * columns + j]));
            }

            spreads[j] = Math.Sqrt(sum / rows.TotalWeight);
            // Rounding of a constant column's mean is no spread.
            spreads[j] = spreads[j] > 1e-13 * largest && spreads[j] > 1e-200 ? spreads[j] : 1;
        }

        return spreads;
    }
}
