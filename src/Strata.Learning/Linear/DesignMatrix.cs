using Strata.Learning.Data;
using Strata.Learning.Preparation;

namespace Strata.Learning.Linear;

/// <summary>
/// The complete numbers of a frame, n rows by p columns, read in blocks of rows. Double columns are read in place; other types are widened block by block,
/// so that a boolean costs a byte a row and never eight. A frame of sparse columns is kept in compressed rows, and kernels touch its entries only.
/// </summary>
internal sealed class DesignMatrix
{
    /// <summary>Rows in one block: of p columns they fit the second-level cache.</summary>
    public const int MostBlockRows = 512;

    private readonly Column[] columns;
    private readonly int everyBlock;

    private DesignMatrix(Column[] columns, SparseRows? sparse, int rowCount, int everyBlock)
    {
        (this.columns, this.everyBlock, Sparse, RowCount) = (columns, everyBlock, sparse, rowCount);
        BlockRows = sparse is null ? Math.Clamp((1 << 16) / Math.Max(1, columns.Length) & ~63, 64, MostBlockRows) : MostBlockRows;
    }

    public int RowCount { get; }

    public int ColumnCount => columns.Length;

    /// <summary>How many rows a block has; a multiple of 64 that depends on the number of columns only.</summary>
    public int BlockRows { get; }

    /// <summary>All rows as distances from each column's common value, where the frame is sparse; of a sample see <see cref="RowAt"/>.</summary>
    public SparseRows? Sparse { get; }

    /// <summary>How many numbers a pass over the rows reads.</summary>
    public long CellCount => Sparse is null ? (long)RowCount * ColumnCount : Sparse.EntryCount / everyBlock;

    public IEnumerable<string> Names => columns.Select(column => column.Name);

    /// <exception cref="DataException">A column is a category or text, or a value is missing, infinite or too large; every column is named.</exception>
    public static DesignMatrix Of(Frame rows, ParallelOptions threads)
    {
        CompleteNumbers.Check(rows, "a linear model", threads);
        return new DesignMatrix([.. rows.Columns], SparseRows.TryOf(rows)?.Distances(), rows.RowCount, everyBlock: 1);
    }

    /// <summary>As <see cref="Of"/>, for scores and nothing else: where common values are 0, a row has the same score to the last bit however it is stored.</summary>
    public static DesignMatrix ToScore(Frame rows, ParallelOptions threads)
    {
        CompleteNumbers.Check(rows, "a linear model", threads);
        SparseRows? sparse = SparseRows.TryOf(rows);
        return new DesignMatrix([.. rows.Columns], sparse?.Common is null ? sparse : sparse.Distances(), rows.RowCount, everyBlock: 1);
    }

    /// <summary>The rows of each <paramref name="every"/>-th whole block, or all rows for 1.</summary>
    public DesignMatrix Sample(int every) => every == 1 ? this : new DesignMatrix(columns, Sparse, RowCount / BlockRows / every * BlockRows, every * everyBlock);

    /// <summary>Of one value a row, those of the rows of <see cref="Sample(int)"/>.</summary>
    public T[] Sample<T>(T[] values, int every)
    {
        if (every == 1)
        {
            return values;
        }

        var taken = new T[RowCount / BlockRows / every * BlockRows];
        for (int start = 0; start < taken.Length; start += BlockRows)
        {
            values.AsSpan(start * every, BlockRows).CopyTo(taken.AsSpan(start));
        }

        return taken;
    }

    /// <summary>The row of <see cref="Sparse"/> that a row is.</summary>
    public int RowAt(int row) => everyBlock == 1 ? row : row / BlockRows * everyBlock * BlockRows + row % BlockRows;

    /// <summary>The numbers of the rows from <paramref name="start"/>, a multiple of <see cref="BlockRows"/>, on: a block of them at the most, column by column.</summary>
    public void Read(int start, int count, DesignBlock block)
    {
        start *= everyBlock;
        block.Count = count;
        if (Sparse is not null)
        {
            block.Place(this, start);
            return;
        }

        for (int j = 0; j < columns.Length; j++)
        {
            if (columns[j] is Float64Column doubles)
            {
                (block.Values[j], block.Offsets[j]) = (doubles.Values, start);
            }
            else
            {
                double[] own = block.Own[j] ??= new double[Math.Min(BlockRows, RowCount)];
                columns[j].CopyNumbers(start, own.AsSpan(0, count));
                (block.Values[j], block.Offsets[j]) = (own, 0);
            }
        }
    }

    public void CopyColumn(int column, int start, Span<double> destination) => columns[column].CopyNumbers(start, destination);
}
