using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Strata.Learning.Trees.Binning;

namespace Strata.Learning.Trees.Growth;

/// <summary>Finds the best split among sparse columns, whose common bin's sum is the node's minus the others; the same split that full columns would give.</summary>
internal sealed unsafe class SparseSearch(BinnedTable table, SparseColumns sparse, CategoryLimits categories, GrowthConstraints constraints)
{
    /// <summary>Replaces <paramref name="best"/> when a sparse column has a better split, or as good a one earlier.</summary>
    /// <param name="leaf">The node.</param>
    /// <param name="sums">The words of all sparse columns.</param>
    /// <param name="best">The best split so far.</param>
    public void Find(GrowingLeaf leaf, in ColumnSums sums, ref Split best)
    {
        int at = 0;
        Split found = Split.None;
        if (Vector256.IsHardwareAccelerated && leaf.Columns is null && !leaf.Question.IsBounded && !constraints.HasDirections)
        {
            at = sparse.SingleCount;
            if (BestSingle(sums, leaf.Question, at) is >= 0 and int single)
            {
                Column(sparse.Columns[single], leaf, sums, ref found);
            }
        }

        for (; at < sparse.Columns.Count; at++)
        {
            SparseColumn column = sparse.Columns[at];
            if (leaf.Columns?[column.Column] != false && OthersHessian(column, sums) >= leaf.Question.MinHessian)
            {
                Split own = Split.None;
                Column(column, leaf, sums, ref own);
                found = own.Beats(found) ? own : found;
            }
        }

        best = found.Beats(best) ? found : best;
    }

    /// <summary>The sum of all bins but the common one: where it is too small for a side, nothing can be split.</summary>
    private static long OthersHessian(SparseColumn column, in ColumnSums sums)
    {
        long hessian = 0;
        for (int word = column.FirstWord; word < column.FirstWord + column.BinOfWord.Length; word++)
        {
            hessian += sums.Hessian(word);
        }

        return hessian;
    }

    private void Column(SparseColumn column, GrowingLeaf leaf, in ColumnSums sums, ref Split best)
    {
        long* full = stackalloc long[2 * HistogramKernels.BinsPerColumn];
        new Span<long>(full, 2 * HistogramKernels.BinsPerColumn).Clear();
        long* hessians = full + HistogramKernels.BinsPerColumn;
        long gradient = leaf.Gradient, hessian = leaf.Hessian;
        for (int i = 0; i < column.BinOfWord.Length; i++)
        {
            int word = column.FirstWord + i, bin = column.BinOfWord[i];
            (full[bin], hessians[bin]) = (sums.Gradient(word), sums.Hessian(word));
            gradient -= full[bin];
            hessian -= hessians[bin];
        }

        (full[column.CommonBin], hessians[column.CommonBin]) = (gradient, hessian);
        FeatureBins bins = table.Bins[column.Column];
        var whole = new ColumnSums(full, hessians, bins.BinCount, sums.Packing);
        if (bins.IsCategory)
        {
            CategorySearch.Levels(column.Column, whole, leaf.Question, categories, ref best);
        }
        else
        {
            SplitSearch.Numbers(column.Column, whole, leaf.Question, constraints.Direction(column.Column), ref best);
        }
    }

    /// <summary>The first of the columns with one word each whose two sides score most, eight at a time; -1 when none passes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int BestSingle(in ColumnSums sums, in SplitQuestion question, int count)
    {
        Vector512<long> mask = Vector512.Create(sums.Packing.Mask), bestId = Vector512.Create(-1L), id = Vector512<long>.Indices, step = Vector512.Create(8L);
        Vector512<double> total = Vector512.Create((double)question.Gradient), totalHessian = Vector512.Create((double)question.Hessian), bestScore = Vector512.Create(question.Floor);
        Vector512<double> least = Vector512.Create(question.MinHessian), l1 = Vector512.Create(question.L1), l2 = Vector512.Create(question.L2);
        Vector512<long> ends = Vector512.Create((long)count);
        int shift = sums.Packing.Shift;
        for (int at = 0; at < count; at += 8, id += step)
        {
            Vector512<long> word = Vector512.Load(sums.Gradients + at);
            Vector512<long> g = sums.IsWide ? word : Vector512.ShiftRightArithmetic(word, shift), h = sums.IsWide ? Vector512.Load(sums.Hessians + at) : word & mask;
            Vector512<double> hessian = Vector512.ConditionalSelect(Vector512.LessThan(id, ends).AsDouble(), Vector512.ConvertToDouble(h), Vector512<double>.Zero);
            if (Vector512.GreaterThanOrEqualAny(hessian, least))
            {
                SplitSearch.Keep(Vector512.ConvertToDouble(g), hessian, total, totalHessian, least, l1, l2, question.L1 != 0, id, ref bestScore, ref bestId);
            }
        }

        int best = -1;
        double score = question.Floor;
        for (int lane = 0; lane < 8; lane++)
        {
            if (bestId[lane] >= 0 && (bestScore[lane] > score || (bestScore[lane] == score && bestId[lane] < best)))
            {
                (best, score) = ((int)bestId[lane], bestScore[lane]);
            }
        }

        return best;
    }
}
