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
    private readonly int denseWords;
    private readonly long mostHeld;
    private readonly SparseSearch? sparse;
    private readonly Split[] smallBest, largeBest;
    private readonly Scratch[] scratch;
    private GradientPacking packing;
    private long* words;

    public HistogramBuilder(BinnedTable table, RowLists rows, GrowthLimits limits, GrowthConstraints constraints, ThreadTeam team)
    {
        (this.table, this.rows, this.categories, this.constraints, this.team) = (table, rows, limits.Categories, constraints, team);
        int quads = Math.Max(table.Sparse is null ? 1 : 0, (table.Dense.Length + 3) / 4), threads = team.Size;
        int ranges = Math.Min(quads, threads == 1 ? 1 : quads > 16 * threads ? 4 * threads : threads);
        rangeStart = [0, .. Enumerable.Range(1, ranges).Select(i => (quads * i + ranges - 1) / ranges * 4)];
        denseWords = quads * 4 * HistogramKernels.BinsPerColumn;
        pool = new HistogramPool(denseWords + (table.Sparse?.WordCount ?? 0));
        mostHeld = limits.HistogramBytes / sizeof(long) / Math.Max(1, pool.Words);
        sparse = table.Sparse is null ? null : new SparseSearch(table, table.Sparse, categories, constraints);
        (smallBest, largeBest) = (new Split[RangeCount], new Split[RangeCount]);
        scratch = [.. Enumerable.Range(0, threads).Select(_ => new Scratch(pool.Words))];
    }

    /// <summary>Ranges of dense columns, and one of all sparse ones.</summary>
    private int RangeCount => rangeStart.Length - 1 + (table.Sparse is null ? 0 : 1);

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

        if (table.Dense.Length > 0)
        {
            // Every row is in one bin of the first column.
            ColumnSums sums = root.Histogram.Column(0, HistogramKernels.BinsPerColumn, packing);
            for (int bin = 0; bin < sums.BinCount; bin++)
            {
                root.Gradient += sums.Gradient(bin);
                root.Hessian += sums.Hessian(bin);
            }

            return;
        }

        for (int i = 0; i < root.Count; i++)
        {
            long word = words[rows.Rows[i]];
            root.Gradient += packing.Gradient(word);
            root.Hessian += packing.Hessian(word);
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

        bool rebuilds = parent.Histogram is null;
        (large.Histogram, parent.Histogram) = (parent.Histogram ?? pool.Take(isWide: false), null);
        small.Histogram = pool.Take(IsWide(small));
        var work = new Ranges(this, small, large, AddUpByRows(small))
        {
            Builds = true,
            SearchesSmall = searchSmall,
            SearchesLarge = searchLarge,
            BuildsLarge = rebuilds,
            Narrows = large.Histogram!.IsWide && !IsWide(large),
        };
        team.Run(ref work, RangeCount);
        large.Histogram.IsWide = IsWide(large);
        small.Split = searchSmall ? Best(smallBest) : Split.None;
        large.Split = searchLarge ? Best(largeBest) : Split.None;
        foreach (GrowingLeaf child in (ReadOnlySpan<GrowingLeaf>)[small, large])
        {
            if (!child.Split.IsFound || (pool.Lent > mostHeld && !child.Histogram!.IsWide))
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
            uint* rows = builder.rows.Rows + leaf.Start + from;
            HistogramKernels.Accumulate(table.Rows, table.Stride, rows, count, builder.words, own.Packed, builder.denseWords / HistogramKernels.BinsPerColumn);
            if (table.Sparse is SparseColumns sparse)
            {
                HistogramKernels.AccumulateListed(sparse.Starts, sparse.Entries, rows, count, builder.words, own.Packed + builder.denseWords);
            }

            if (wide)
            {
                HistogramKernels.Widen(own.Packed, own.Wide, length, length, builder.packing);
            }
        }
    }

    private readonly struct Ranges(HistogramBuilder builder, GrowingLeaf small, GrowingLeaf? large, bool fromScratch) : ITeamWork
    {
        public bool Builds { get; init; }

        /// <summary>Whether the larger child is added up too, its parent's sums being given back.</summary>
        public bool BuildsLarge { get; init; }

        public bool SearchesSmall { get; init; }

        public bool SearchesLarge { get; init; }

        /// <summary>Whether the larger child's sums are now few enough to be packed.</summary>
        public bool Narrows { get; init; }

        public void Run(int item, int member)
        {
            var (smallBest, largeBest) = (Split.None, Split.None);
            if (item == builder.rangeStart.Length - 1)
            {
                RunSparse(ref smallBest, ref largeBest);
            }
            else
            {
                RunDense(builder.rangeStart[item], builder.rangeStart[item + 1], ref smallBest, ref largeBest);
            }

            (builder.smallBest[item], builder.largeBest[item]) = (smallBest, largeBest);
        }

        private void RunDense(int first, int end, ref Split smallBest, ref Split largeBest)
        {
            if (Builds)
            {
                builder.BuildRange(small, first, end, fromScratch);
            }

            if (BuildsLarge)
            {
                builder.BuildRange(large!, first, end, fromScratch: false);
            }

            int known = Math.Min(end, builder.table.Dense.Length);
            for (int place = first; place < known; place++)
            {
                int column = builder.table.Dense[place];
                if (large is not null && !BuildsLarge)
                {
                    int length = (builder.table.Bins[column].BinCount + 7) / 8 * 8;
                    builder.Subtract(large.Histogram!, small.Histogram!, (nint)place * HistogramKernels.BinsPerColumn, length, Narrows);
                }

                if (SearchesSmall && small.Columns?[column] != false)
                {
                    builder.Search(column, place, small, small.Histogram!.IsWide, ref smallBest);
                }

                if (SearchesLarge && large!.Columns?[column] != false)
                {
                    builder.Search(column, place, large, large.Histogram!.IsWide && !Narrows, ref largeBest);
                }
            }
        }

        private void RunSparse(ref Split smallBest, ref Split largeBest)
        {
            int first = builder.denseWords, length = builder.pool.Words - first;
            if (Builds)
            {
                builder.BuildSparse(small, fromScratch);
            }

            if (BuildsLarge)
            {
                builder.BuildSparse(large!, fromScratch: false);
            }
            else if (large is not null)
            {
                builder.Subtract(large.Histogram!, small.Histogram!, first, length, Narrows);
            }

            if (SearchesSmall)
            {
                builder.sparse!.Find(small, builder.SparseSums(small, small.Histogram!.IsWide), ref smallBest);
            }

            if (SearchesLarge)
            {
                builder.sparse!.Find(large!, builder.SparseSums(large!, large!.Histogram!.IsWide && !Narrows), ref largeBest);
            }
        }
    }

    private ColumnSums SparseSums(GrowingLeaf leaf, bool isWide)
    {
        long* first = leaf.Histogram!.Sums + denseWords;
        return new ColumnSums(first, isWide ? first + pool.Words : null, pool.Words - denseWords, packing);
    }

    private void BuildRange(GrowingLeaf leaf, int first, int end, bool fromScratch)
    {
        int from = first * HistogramKernels.BinsPerColumn, length = (end - first) * HistogramKernels.BinsPerColumn;
        Clear(leaf.Histogram!, from, length);
        if (fromScratch)
        {
            Drain(leaf.Histogram!, from, length);
        }
        else
        {
            HistogramKernels.Accumulate(table.Rows + first, table.Stride, rows.Rows + leaf.Start, leaf.Count, words, leaf.Histogram!.Sums + from, end - first);
        }
    }

    private void BuildSparse(GrowingLeaf leaf, bool fromScratch)
    {
        Clear(leaf.Histogram!, denseWords, pool.Words - denseWords);
        if (fromScratch)
        {
            Drain(leaf.Histogram!, denseWords, pool.Words - denseWords);
        }
        else
        {
            SparseColumns listed = table.Sparse!;
            HistogramKernels.AccumulateListed(listed.Starts, listed.Entries, rows.Rows + leaf.Start, leaf.Count, words, leaf.Histogram!.Sums + denseWords);
        }
    }

    private void Clear(Histogram histogram, nint from, int length)
    {
        new Span<long>(histogram.Sums + from, length).Clear();
        if (histogram.IsWide)
        {
            new Span<long>(histogram.Sums + pool.Words + from, length).Clear();
        }
    }

    /// <summary>Adds up what the members have in their scratch, and clears that.</summary>
    private void Drain(Histogram histogram, nint from, int length)
    {
        long* sums = histogram.Sums + from;
        foreach (Scratch one in scratch)
        {
            if (!one.IsUsed)
            {
                continue;
            }

            if (histogram.IsWide)
            {
                HistogramKernels.Drain(one.Wide + from, sums, length);
                HistogramKernels.Drain(one.Wide + pool.Words + from, sums + pool.Words, length);
            }
            else
            {
                HistogramKernels.Drain(one.Packed + from, sums, length);
            }
        }
    }

    private void Subtract(Histogram large, Histogram small, nint first, int length, bool narrow)
    {
        long* from = large.Sums + first, what = small.Sums + first;
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

    private void Search(int column, int place, GrowingLeaf leaf, bool isWide, ref Split best)
    {
        FeatureBins bins = table.Bins[column];
        long* first = leaf.Histogram!.Sums + (nint)place * HistogramKernels.BinsPerColumn;
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
