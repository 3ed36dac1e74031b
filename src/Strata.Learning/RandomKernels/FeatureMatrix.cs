using Strata.Tensors.Kernels;

namespace Strata.Learning.RandomKernels;

/// <summary>The features of the training rows, and by what a ridge regression centres and scales them. Rows weigh 1 on average.</summary>
internal sealed class FeatureMatrix
{
    /// <summary>Rows that are allocated together.</summary>
    public const int BlockRows = 64;

    private const int ChunkColumns = 256;

    private readonly float[]?[] blocks;

    public FeatureMatrix(double[] weights, int columnCount)
    {
        (Weights, ColumnCount) = (weights, columnCount);
        blocks = new float[(weights.Length + BlockRows - 1) / BlockRows][];
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

    public Span<float> Row(int row) => blocks[row / BlockRows].AsSpan(row % BlockRows * ColumnCount, ColumnCount);

    /// <summary>Makes room for <see cref="BlockRows"/> rows.</summary>
    /// <param name="firstRow">A multiple of that.</param>
    public void MakeBlock(int firstRow) => blocks[firstRow / BlockRows] = new float[Math.Min(BlockRows, RowCount - firstRow) * (long)ColumnCount];

    /// <summary>Finds means and scales, once the rows are filled.</summary>
    /// <param name="firstBeside">Where the columns begin that stood beside the series; together they weigh as much as all kernels.</param>
    /// <param name="team">Shares the work by columns.</param>
    /// <param name="cancellation">Looked at often.</param>
    public void Standardize(int firstBeside, ThreadTeam team, CancellationToken cancellation)
    {
        double total = Weights.Sum(), besideFactor = Math.Sqrt(firstBeside / (double)Math.Max(1, ColumnCount - firstBeside));
        team.Run((ColumnCount + ChunkColumns - 1) / ChunkColumns, (chunk, _) =>
        {
            int from = chunk * ChunkColumns, count = Math.Min(ChunkColumns, ColumnCount - from);
            Span<double> means = Means.AsSpan(from, count), scales = Scales.AsSpan(from, count);
            for (int row = 0; row < RowCount; row++)
            {
                cancellation.ThrowIfCancellationRequested();
                ReadOnlySpan<float> x = Row(row).Slice(from, count);
                double share = Weights[row] / total;
                for (int j = 0; j < x.Length; j++)
                {
                    means[j] += share * x[j];
                }
            }

            for (int row = 0; row < RowCount; row++)
            {
                cancellation.ThrowIfCancellationRequested();
                ReadOnlySpan<float> x = Row(row).Slice(from, count);
                double share = Weights[row] / total;
                for (int j = 0; j < x.Length; j++)
                {
                    scales[j] += share * (x[j] - means[j]) * (x[j] - means[j]);
                }
            }

            for (int j = 0; j < count; j++)
            {
                double deviation = Math.Sqrt(scales[j]);
                scales[j] = deviation > 1e-6 * Math.Max(1e-6, Math.Abs(means[j])) ? (from + j < firstBeside ? 1 : besideFactor) / deviation : 0;
            }
        });
    }
}
