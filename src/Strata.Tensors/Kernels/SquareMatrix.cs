namespace Strata.Tensors.Kernels;

/// <summary>A symmetric matrix of doubles, row-major, of which the lower triangle is kept. Rows are padded to a multiple of four.</summary>
public sealed class SquareMatrix
{
    public SquareMatrix(int size)
    {
        Size = size;
        Stride = (size + 3) & ~3;
        Values = new double[(long)Stride * Stride];
    }

    public int Size { get; }

    public int Stride { get; }

    public double[] Values { get; }

    public ref double this[int row, int column] => ref Values[(long)row * Stride + column];

    public Span<double> Row(int row, int length) => Values.AsSpan(row * Stride, length);
}
