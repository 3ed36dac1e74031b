using Strata.Learning.Trees.Binning;
using Strata.Tensors.Kernels;

namespace Strata.Learning.Trees.Growth;

/// <summary>Turns one sparse column at a time into bytes by row, so that lists of rows are divided by it as by any other.</summary>
internal sealed unsafe class SparseMarks(SparseColumns sparse, int rowCount) : IDisposable
{
    /// <summary>Looking up one row costs about as much as marking so many.</summary>
    private const int LookUpCost = 6;

    private const int Slack = 64;
    private readonly AlignedBuffer<byte> marks = new(rowCount + Slack, hugePages: true);

    /// <summary>Divides a list of rows; returns how many are in its left part.</summary>
    public int Divide(RowLists lists, int start, int count, in Split split)
    {
        SparseColumn column = sparse.TryGet(split.Column)!;
        bool byRow = (long)count * LookUpCost < column.Rows.Length;
        uint* rows = lists.Rows + start;
        byte* mark = marks.Pointer;
        if (byRow)
        {
            for (int i = 0; i < count; i++)
            {
                mark[rows[i]] = (byte)(sparse.BinAt(column, rows[i]) ^ column.CommonBin);
            }
        }
        else
        {
            for (int i = 0; i < column.Rows.Length; i++)
            {
                mark[column.Rows[i]] = (byte)(column.Bins[i] ^ column.CommonBin);
            }
        }

        int leftCount = lists.Divide(start, count, mark, Marked(split, column.CommonBin));
        if (byRow)
        {
            for (int i = 0; i < count; i++)
            {
                mark[rows[i]] = 0;
            }
        }
        else
        {
            foreach (uint row in column.Rows)
            {
                mark[row] = 0;
            }
        }

        return leftCount;
    }

    public void Dispose() => marks.Dispose();

    /// <summary>The split over marks: a mark is the bin, exclusive-or the common one, so that rows without a mark are in the common bin.</summary>
    private static Split Marked(in Split split, byte commonBin)
    {
        var left = default(BinSet);
        for (int bin = 0; bin < FeatureBins.Most; bin++)
        {
            if (split.Left.Contains(bin))
            {
                left.Add(bin ^ commonBin);
            }
        }

        return split with { Bin = -1, Left = left };
    }
}
