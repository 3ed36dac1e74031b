using Strata.Tensors.Kernels;

namespace Strata.Learning.RandomKernels;

/// <summary>The features of the training rows, and by what a ridge regression centres and scales them. Rows weigh 1 on average.</summary>
internal sealed unsafe class FeatureMatrix : IDisposable
{
    private readonly AlignedBuffer<float> values;

    public FeatureMatrix(double[] weights, int columnCount)
    {
        (Weights, ColumnCount) = (weights, columnCount);
        values = new AlignedBuffer<float>(Math.Max(1, (long)weights.Length * columnCount), hugePages: true);
        (Means, Scales) = (new double[columnCount], new double[columnCount]);
    }

    public int RowCount => Weights.Length;

    public int ColumnCount { get; }

    /// <summary>[rows], all above 0.</summary>
    public double[] Weights { get; }

    /// <summary>Weighted, of each column.</summary>
    public double[] Means { get; }

    /// <summary>One over the deviation of each column, times the block's factor; 0 for constants.</summary>
    public double[] Scales { get; }

    public Span<float> Row(int row) => new(values.Pointer + (long)row * ColumnCount, ColumnCount);

    /// <summary>Finds means and scales, once the rows are filled.</summary>
    /// <param name="firstBeside">Where the columns begin that stood beside the series; together they weigh as much as all kernels.</param>
    public void Standardize(int firstBeside)
    {
        double total = Weights.Sum();
        for (int row = 0; row < RowCount; row++)
        {
            ReadOnlySpan<float> x = Row(row);
            for (int j = 0; j < x.Length; j++)
            {
                Means[j] += Weights[row] / total * x[j];
            }
        }

        for (int row = 0; row < RowCount; row++)
        {
            ReadOnlySpan<float> x = Row(row);
            for (int j = 0; j < x.Length; j++)
            {
                Scales[j] += Weights[row] / total * (x[j] - Means[j]) * (x[j] - Means[j]);
            }
        }

        double besideFactor = Math.Sqrt(firstBeside / (double)Math.Max(1, ColumnCount - firstBeside));
        for (int j = 0; j < ColumnCount; j++)
        {
            double deviation = Math.Sqrt(Scales[j]);
            Scales[j] = deviation > 1e-6 * Math.Max(1e-6, Math.Abs(Means[j])) ? (j < firstBeside ? 1 : besideFactor) / deviation : 0;
        }
    }

    public void Dispose() => values.Dispose();
}
