using Strata.Learning.Trees.Binning;
using Strata.Tensors.Kernels;

namespace Strata.Learning.Trees.Growth;

/// <summary>
/// Builds nodes' histograms and searches them for splits, shared over threads: large nodes by rows, each thread into scratch of its own, and all of them by ranges
/// of columns, where building, subtracting and searching a range are done by one thread while the sums are in its cache.
/// </summary>
internal sealed unsafe class HistogramBuilder : IDisposable
{
    /// <summary>From so many rows on, threads share a node's rows.</summary>
    private const int SharedRows = 8192;

    /// <summary>Rows per piece of a shared node.</summary>
    private const int ChunkRows = 4096, WideChunkRows = 16_384;

    private readonly BinnedTable table;
    private readonly RowLists rows;
    private readonly CategoryLimits categories;
    private readonly GrowthConstraints constraints;
    private readonly ThreadTeam team;
    private readonly HistogramPool pool;
    private readonly int[] rangeStart;
    private readonly Split[] smallBest, largeBest;
    private readonly Scratch[] scratch;
    private GradientPacking packing;
    private long* words;

    public HistogramBuilder(BinnedTable table, RowLists rows, CategoryLimits categories, GrowthConstraints constraints, ThreadTeam team)
    {
        (this.table, this.rows, this.categories, this.constraints, this.team) = (table, rows, categories, constraints, team);
        int quads = Math.Max(1, (table.ColumnCount + 3) / 4), threads = team.Size;
        int ranges = threads == 1 ? 1 : Math.Min(quads, quads > 16 * threads ? 4 * threads : threads);
        rangeStart = [.. Enumerable.Range(0, ranges + 1).Select(i => (quads * i + ranges - 1) / ranges * 4)];
        pool = new HistogramPool(quads * 4 * HistogramKernels.BinsPerColumn);
        (smallBest, largeBest) = (new Split[ranges], new Split[ranges]);
        scratch = [.. Enumerable.Range(0, threads).Select(_ => new Scratch(pool.Words))];
    }

    private int RangeCount => rangeStart.Length - 1;

    /// <summary>Before each tree.</summary>
    public void Start(long* packedWords, GradientPacking wordPacking)
    {
        words = packedWords;
        packing = wordPacking;
    }

    /// <summary>Builds the root's histogram and sums.</summary>
    public void BuildRoot(GrowingLeaf root)
    {
        root.Histogram = pool.Take(IsWide(root));
        var build = new Ranges(this, root, null, AddUpByRows(root)) { Builds = true };
        team.Run(ref build, RangeCount);

        // Every row is in one bin of the first column.
        ColumnSums sums = root.Histogram.Column(0, HistogramKernels.BinsPerColumn, packing);
        for (int bin = 0; bin < sums.BinCount; bin++)
        {
            root.Gradient += sums.Gradient(bin);
            root.Hessian += sums.Hessian(bin);
        }
    }

    public void SearchRoot(GrowingLeaf root)
    {
        var search = new Ranges(this, root, null, false) { SearchesSmall = true };
        team.Run(ref search, RangeCount);
        root.Split = Best(smallBest);
    }

    /// <summary>Makes the children's histograms from their parent's, as far as they are needed, and finds their splits.</summary>
    public void SearchChildren(GrowingLeaf parent, GrowingLeaf small, bool searchSmall, GrowingLeaf large, bool searchLarge)
    {
        if (!searchSmall && !searchLarge)
        {
            Release(parent);
            return;
        }

        (large.Histogram, parent.Histogram) = (parent.Histogram, null);
        small.Histogram = pool.Take(IsWide(small));
        var work = new Ranges(this, small, large, AddUpByRows(small))
        {
            Builds = true,
            SearchesSmall = searchSmall,
            SearchesLarge = searchLarge,
            Narrows = large.Histogram!.IsWide && !IsWide(large),
        };
        team.Run(ref work, RangeCount);
        large.Histogram.IsWide = IsWide(large);
        small.Split = searchSmall ? Best(smallBest) : Split.None;
        large.Split = searchLarge ? Best(largeBest) : Split.None;
        foreach (GrowingLeaf child in (ReadOnlySpan<GrowingLeaf>)[small, large])
        {
            if (!child.Split.IsFound)
            {
                Release(child);
            }
        }
    }

    /// <summary>Takes back the memory of a leaf that is not to be split.</summary>
    public void Release(GrowingLeaf leaf)
    {
        if (leaf.Histogram is Histogram held)
        {
            pool.Return(held);
            leaf.Histogram = null;
        }
    }

    public void Dispose()
    {
        pool.Dispose();
        foreach (Scratch one in scratch)
        {
            one.Dispose();
        }
    }

    private static Split Best(ReadOnlySpan<Split> ofRanges)
    {
        Split best = Split.None;
        foreach (ref readonly Split split in ofRanges)
        {
            if (split.Beats(best))
            {
                best = split;
            }
        }

        return best;
    }

    private bool IsWide(GrowingLeaf leaf) => leaf.Count > packing.RowsPerBlock;

    /// <summary>Lets threads share the rows where that pays; the sums then wait in the members' scratch.</summary>
    private bool AddUpByRows(GrowingLeaf leaf)
    {
        bool wide = IsWide(leaf);
        if (!wide && (team.Size == 1 || leaf.Count < SharedRows))
        {
            return false;
        }

        var work = new RowChunks(this, leaf, wide, wide ? Math.Min(packing.RowsPerBlock, WideChunkRows) : ChunkRows);
        team.Run(ref work, work.Count);
        return true;
    }

    private readonly struct RowChunks(HistogramBuilder builder, GrowingLeaf leaf, bool wide, int chunkRows) : ITeamWork
    {
        public int Count => (leaf.Count + chunkRows - 1) / chunkRows;

        public void Run(int item, int member)
        {
            int from = item * chunkRows, count = Math.Min(chunkRows, leaf.Count - from);
            BinnedTable table = builder.table;
            int length = builder.pool.Words;
            Scratch own = builder.scratch[member];
            own.IsUsed = true;
            HistogramKernels.Accumulate(
                table.Rows, table.Stride, builder.rows.Rows + leaf.Start + from, count, builder.words, own.Packed, length / HistogramKernels.BinsPerColumn);
            if (wide)
            {
                HistogramKernels.Widen(own.Packed, own.Wide, length, length, builder.packing);
            }
        }
    }

    private readonly struct Ranges(HistogramBuilder builder, GrowingLeaf small, GrowingLeaf? large, bool fromScratch) : ITeamWork
    {
        public bool Builds { get; init; }

        public bool SearchesSmall { get; init; }

        public bool SearchesLarge { get; init; }

        /// <summary>Whether the larger child's sums are now few enough to be packed.</summary>
        public bool Narrows { get; init; }

        public void Run(int item, int member)
        {
            int first = builder.rangeStart[item], end = builder.rangeStart[item + 1];
            if (Builds)
            {
                builder.BuildRange(small, first, end, fromScratch);
            }

            var (smallBest, largeBest) = (Split.None, Split.None);
            int known = Math.Min(end, builder.table.ColumnCount);
            for (int column = first; column < known; column++)
            {
                if (large is not null)
                {
                    builder.Subtract(large.Histogram!, small.Histogram!, column, Narrows);
                }

                if (SearchesSmall && small.Columns?[column] != false)
                {
                    builder.Search(column, small, small.Histogram!.IsWide, ref smallBest);
                }

                if (SearchesLarge && large!.Columns?[column] != false)
                {
                    builder.Search(column, large, large.Histogram!.IsWide && !Narrows, ref largeBest);
                }
            }

            (builder.smallBest[item], builder.largeBest[item]) = (smallBest, largeBest);
        }
    }

    private void BuildRange(GrowingLeaf leaf, int first, int end, bool fromScratch)
    {
        Histogram histogram = leaf.Histogram!;
        nint offset = (nint)first * HistogramKernels.BinsPerColumn;
        int length = (end - first) * HistogramKernels.BinsPerColumn;
        long* sums = histogram.Sums + offset;
        new Span<long>(sums, length).Clear();
        if (histogram.IsWide)
        {
            new Span<long>(sums + pool.Words, length).Clear();
        }

        if (!fromScratch)
        {
            HistogramKernels.Accumulate(table.Rows + first, table.Stride, rows.Rows + leaf.Start, leaf.Count, words, sums, end - first);
            return;
        }

        foreach (Scratch one in scratch)
        {
            if (!one.IsUsed)
            {
                continue;
            }

            if (histogram.IsWide)
            {
                HistogramKernels.Drain(one.Wide + offset, sums, length);
                HistogramKernels.Drain(one.Wide + pool.Words + offset, sums + pool.Words, length);
            }
            else
            {
                HistogramKernels.Drain(one.Packed + offset, sums, length);
            }
        }
    }

    private void Subtract(Histogram large, Histogram small, int column, bool narrow)
    {
        nint offset = (nint)column * HistogramKernels.BinsPerColumn;
        int length = (table.Bins[column].BinCount + 7) / 8 * 8;
        long* from = large.Sums + offset, what = small.Sums + offset;
        nint hessians = pool.Words;
        if (!large.IsWide)
        {
            HistogramKernels.Subtract(from, what, length);
        }
        else if (small.IsWide)
        {
            HistogramKernels.Subtract(from, what, length);
            HistogramKernels.Subtract(from + hessians, what + hessians, length);
        }
        else
        {
            HistogramKernels.SubtractPacked(from, hessians, what, length, packing);
        }

        if (narrow)
        {
            HistogramKernels.Narrow(from, hessians, length, packing);
        }
    }

    private void Search(int column, GrowingLeaf leaf, bool isWide, ref Split best)
    {
        FeatureBins bins = table.Bins[column];
        long* first = leaf.Histogram!.Sums + (nint)column * HistogramKernels.BinsPerColumn;
        var sums = new ColumnSums(first, isWide ? first + pool.Words : null, bins.BinCount, packing);
        if (bins.IsCategory)
        {
            CategorySearch.Levels(column, sums, leaf.Question, categories, ref best);
        }
        else
        {
            SplitSearch.Numbers(column, sums, leaf.Question, constraints.Direction(column), ref best);
        }
    }

    /// <summary>One member's sums while a node's rows are shared; zero between nodes.</summary>
    private sealed class Scratch(int length) : IDisposable
    {
        private AlignedBuffer<long>? packed, wide;

        public bool IsUsed { get; set; }

        public long* Packed => (packed ??= new AlignedBuffer<long>(length, hugePages: true)).Pointer;

        public long* Wide => (wide ??= new AlignedBuffer<long>(2L * length, hugePages: true)).Pointer;

        public void Dispose()
        {
            packed?.Dispose();
            wide?.Dispose();
        }
    }
}
