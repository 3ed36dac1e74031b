using System.Numerics;
using System.Runtime.Intrinsics;

namespace Strata.Learning.Trees.Forests;

/// <summary>
/// Sums of weight, in all and by class, for three or more classes. A side scores <c>sum over classes of weight^2 / weight of all</c>, whose largest sum is the least
/// Gini index; with entropy, minus weight times entropy.
/// </summary>
internal readonly unsafe struct ClassSums(int classCount, bool entropy, double[]? rowsPerWeight) : INodeSums
{
    /// <summary>Levels are put in order by the shares of so many classes at the most, one order a class.</summary>
    private const int MostOrders = 8;

    public int Channels => classCount + 1;

    public int OrderCount => Math.Min(classCount, MostOrders);

    public bool IsScalar => entropy;

    public void AddRows(double* cells, byte* binOfRow, NodeRows rows, int start, int count)
    {
        uint* row = rows.Rows + start;
        Vector128<double>* pair = rows.Pairs + start;
        nint width = Channels;
        for (nint i = 0; i < count; i++)
        {
            AddRow(cells + width * binOfRow[row[i]], 1, pair[i]);
        }
    }

    public void AddRow(double* group, nint stride, Vector128<double> row)
    {
        group[0] += row[0];
        group[stride * (1 + (nint)row[1])] += row[0];
    }

    public void AddMarked(double* to, Vector128<double>* pair, ulong marks)
    {
        for (; marks != 0; marks &= marks - 1)
        {
            AddRow(to, 1, pair[BitOperations.TrailingZeroCount(marks)]);
        }
    }

    public void AddAll(double* totals, NodeRows rows, int start, int count)
    {
        new Span<double>(totals, Channels).Clear();
        Vector128<double>* pair = rows.Pairs + start;
        for (nint i = 0; i < count; i++)
        {
            AddRow(totals, 1, pair[i]);
        }
    }

    public double SideScore(double* sums)
    {
        double score = 0;
        for (int k = 1; k <= classCount; k++)
        {
            score += entropy ? Entropy.Of(sums[k]) : sums[k] * sums[k];
        }

        return entropy ? score - Entropy.Of(sums[0]) : score / sums[0];
    }

    public Vector<double> CutScores(double* groups, nint stride, double* offset, double* totals, Vector<double> leftWeight, Vector<double> rightWeight)
    {
        Vector<double> leftSquares = default, rightSquares = default;
        for (int k = 1; k <= classCount; k++)
        {
            Vector<double> left = Vector.Load(groups + k * stride) + new Vector<double>(offset[k]), right = new Vector<double>(totals[k]) - left;
            leftSquares += left * left;
            rightSquares += right * right;
        }

        return leftSquares / leftWeight + rightSquares / rightWeight;
    }

    public double RowsOf(double* sums)
    {
        double rows = rowsPerWeight is null ? sums[0] : 0;
        for (int k = 0; k < rowsPerWeight?.Length; k++)
        {
            rows += sums[1 + k] * rowsPerWeight[k];
        }

        return rows;
    }

    public Vector<double> RowsOf(double* groups, nint stride, double* offset, Vector<double> leftWeight)
    {
        if (rowsPerWeight is null)
        {
            return leftWeight;
        }

        Vector<double> rows = default;
        for (int k = 1; k <= classCount; k++)
        {
            rows += (Vector.Load(groups + k * stride) + new Vector<double>(offset[k])) * rowsPerWeight[k - 1];
        }

        return rows;
    }

    public double OrderKey(int order, double* sums) => sums[1 + order] / sums[0];

    public bool IsPure(double* totals, NodeRows rows, int start, int count) => new Span<double>(totals + 1, classCount).IndexOf(totals[0]) >= 0;

    public void LeafValues(double* totals, Span<double> values)
    {
        for (int k = 0; k < classCount; k++)
        {
            values[k] = totals[1 + k] / totals[0];
        }
    }
}
