using System.Numerics;
using System.Runtime.Intrinsics;

namespace Strata.Learning.Trees.Forests;

/// <summary>
/// Sums of weight and of weight times value, for numbers and for two classes (the value being 0 or 1). A side scores <c>(sum of weight x value)^2 / weight</c>, whose
/// largest sum is the least variance, or the least Gini index; with entropy, minus weight times entropy.
/// </summary>
internal readonly unsafe struct NumberSums(ForestTarget target, bool entropy, double[]? rowsPerWeight) : INodeSums
{
    public int Channels => 2;

    public int OrderCount => 1;

    public bool IsScalar => entropy;

    public void AddRows(double* cells, byte* binOfRow, NodeRows rows, int start, int count)
    {
        var bins = (Vector128<double>*)cells;
        uint* row = rows.Rows + start;
        Vector128<double>* pair = rows.Pairs + start;
        for (nint i = 0; i < count; i++)
        {
            bins[binOfRow[row[i]]] += pair[i];
        }
    }

    public void AddRow(double* group, nint stride, Vector128<double> row)
    {
        group[0] += row[0];
        group[stride] += row[1];
    }

    public void AddMarked(double* to, Vector128<double>* pair, ulong marks)
    {
        Vector512<long> bits = Vector512.Create(1L, 1, 2, 2, 4, 4, 8, 8);
        Vector512<double> sum = default;
        for (; marks != 0; marks >>= 4, pair += 4)
        {
            Vector512<long> chosen = Vector512.Equals(Vector512.Create((long)marks) & bits, bits);
            sum += (Vector512.Load((double*)pair).AsInt64() & chosen).AsDouble();
        }

        Vector256<double> half = sum.GetLower() + sum.GetUpper();
        Vector128<double> whole = half.GetLower() + half.GetUpper();
        to[0] += whole[0];
        to[1] += whole[1];
    }

    public void AddAll(double* totals, NodeRows rows, int start, int count)
    {
        Vector128<double> sum = default;
        Vector128<double>* pair = rows.Pairs + start;
        for (nint i = 0; i < count; i++)
        {
            sum += pair[i];
        }

        (totals[0], totals[1]) = (sum[0], sum[1]);
    }

    public double SideScore(double* sums) => entropy
        ? Entropy.Of(sums[1]) + Entropy.Of(sums[0] - sums[1]) - Entropy.Of(sums[0])
        : sums[1] * sums[1] / sums[0];

    public Vector<double> CutScores(double* groups, nint stride, double* offset, double* totals, Vector<double> leftWeight, Vector<double> rightWeight)
    {
        Vector<double> left = Vector.Load(groups + stride) + new Vector<double>(offset[1]), right = new Vector<double>(totals[1]) - left;
        return left * left / leftWeight + right * right / rightWeight;
    }

    public double RowsOf(double* sums) => rowsPerWeight is null ? sums[0] : (sums[0] - sums[1]) * rowsPerWeight[0] + sums[1] * rowsPerWeight[1];

    public Vector<double> RowsOf(double* groups, nint stride, double* offset, Vector<double> leftWeight)
    {
        if (rowsPerWeight is null)
        {
            return leftWeight;
        }

        Vector<double> ofOne = Vector.Load(groups + stride) + new Vector<double>(offset[1]);
        return (leftWeight - ofOne) * rowsPerWeight[0] + ofOne * rowsPerWeight[1];
    }

    public double OrderKey(int order, double* sums) => sums[1] / sums[0];

    public bool IsPure(double* totals, NodeRows rows, int start, int count)
    {
        if (target.IsIndicator)
        {
            return totals[1] == 0 || totals[1] == totals[0];
        }

        Vector128<double>* pair = rows.Pairs + start;
        double weight = pair[0][0], value = pair[0][1];
        for (nint i = 1; i < count; i++)
        {
            if (pair[i][1] * weight != value * pair[i][0])
            {
                return false;
            }
        }

        return true;
    }

    public void LeafValues(double* totals, Span<double> values) => values[0] = target.Mean(totals[1] / totals[0]);
}

/// <summary>The term of which entropies are made.</summary>
internal static class Entropy
{
    /// <summary><c>weight x ln(weight)</c>, and 0 for nothing.</summary>
    public static double Of(double weight) => weight > 0 ? weight * Math.Log(weight) : 0;
}
