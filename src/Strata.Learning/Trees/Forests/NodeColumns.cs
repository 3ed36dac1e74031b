using Strata.Learning.Trees.Binning;
using Strata.Tensors.Kernels;

namespace Strata.Learning.Trees.Forests;

/// <summary>
/// A copy of the bins of one small subtree's rows, column by column: its nodes then find all they read in the cache instead of spread over the whole table.
/// </summary>
internal sealed unsafe class NodeColumns(BinnedTable table) : IDisposable
{
    /// <summary>Subtrees with more rows read the table itself.</summary>
    public const int MostRows = 4096;

    /// <summary>Bytes between columns: one line more than the rows, so that one row's bins do not all fall to one set of the cache.</summary>
    private const int Pitch = MostRows + 64;

    private readonly AlignedBuffer<byte> bins = new((long)Pitch * Math.Max(1, table.ColumnCount));

    public byte* Column(int column) => bins.Pointer + (nint)column * Pitch;

    /// <summary>Copies the bins of the rows and numbers the rows from 0.</summary>
    public void Take(uint* rows, int count)
    {
        int columns = table.ColumnCount;
        nint stride = table.Stride;
        for (int i = 0; i < count; i++)
        {
            byte* from = table.Rows + rows[i] * stride, to = bins.Pointer + i;
            for (int column = 0; column < columns; column++, to += Pitch)
            {
                *to = from[column];
            }

            rows[i] = (uint)i;
        }
    }

    public void Dispose() => bins.Dispose();
}
