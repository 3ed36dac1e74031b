using Strata.Learning.Data;

namespace Strata.Learning.Linear;

/// <summary>Some rows of a <see cref="DesignMatrix"/>: column j stands in <c>Values[j]</c> from <c>Offsets[j]</c> on. One a thread, used again and again.</summary>
internal sealed class DesignBlock(int columnCount)
{
    private DesignMatrix? sparse;
    private double[] scratch = [];

    public int Count { get; set; }

    public double[][] Values { get; } = new double[columnCount][];

    public int[] Offsets { get; } = new int[columnCount];

    /// <summary>Room for columns that are not stored as doubles.</summary>
    public double[]?[] Own { get; } = new double[columnCount][];

    /// <summary>The compressed rows that the block is of, from <see cref="FirstRow"/> on; null for a table in full.</summary>
    public SparseRows? Sparse => sparse?.Sparse;

    public int FirstRow { get; private set; }

    public void Place(DesignMatrix matrix, int firstRow) => (sparse, FirstRow) = (matrix, firstRow);

    /// <summary>The numbers of a column; of compressed rows they are written out, and stand until the next call.</summary>
    public ReadOnlySpan<double> Column(int j)
    {
        if (sparse is null)
        {
            return Values[j].AsSpan(Offsets[j], Count);
        }

        scratch = scratch.Length < Count ? new double[DesignMatrix.MostBlockRows] : scratch;
        sparse.CopyColumn(j, FirstRow, scratch.AsSpan(0, Count));
        return scratch.AsSpan(0, Count);
    }
}
