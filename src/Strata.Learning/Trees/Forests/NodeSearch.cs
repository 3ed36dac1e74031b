using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Strata.Learning.Trees.Binning;
using Strata.Learning.Trees.Growth;
using Strata.Tensors;
using Strata.Tensors.Kernels;

namespace Strata.Learning.Trees.Forests;

/// <summary>Looks for the best split of one node of a forest's tree: the one with the purest sides.</summary>
internal abstract unsafe class NodeSearch : IDisposable
{
    /// <summary>The weight of the entered node.</summary>
    public abstract double Weight { get; }

    /// <summary>The rows of the entered node, a row drawn or weighing twice counting as two.</summary>
    public abstract double RowWeight { get; }

    /// <summary>The entered node's own score, which a split's must be above.</summary>
    public abstract double OwnScore { get; }

    /// <summary>Whether all rows of the entered node have one value.</summary>
    public abstract bool IsPure { get; }

    /// <param name="target">What is learned.</param>
    /// <param name="limits">How far.</param>
    /// <param name="rowsPerWeight">For each class one through the factor by which its rows' weights were multiplied; null when they were not. Read at every search.</param>
    public static NodeSearch For(ForestTarget target, ForestLimits limits, double[]? rowsPerWeight = null)
    {
        bool entropy = limits.Criterion == ImpurityCriterion.Entropy && target.IsClass;
        return target.Width == 1
            ? new NodeSearch<NumberSums>(new NumberSums(target, entropy, rowsPerWeight), limits)
            : new NodeSearch<ClassSums>(new ClassSums(target.Width, entropy, rowsPerWeight), limits);
    }

    /// <summary>Sums up a node's rows.</summary>
    public abstract void Enter(NodeRows rows, int start, int count);

    /// <summary>What the entered node would predict as a leaf.</summary>
    public abstract void LeafValues(Span<double> values);

    /// <summary>Replaces <paramref name="best"/> when the column has a better split of the entered node, scoring above the floor; false when the column is constant here.</summary>
    public abstract bool Search(int column, FeatureBins bins, byte* binOfRow, double floor, RandomSource random, ref Split best);

    public abstract void Dispose();
}

/// <summary>The search with one kind of sums. Rows of equal bins make a group; a cut lies between two groups in order.</summary>
internal sealed unsafe class NodeSearch<TSums> : NodeSearch
    where TSums : struct, INodeSums
{
    /// <summary>Nodes with at most so many rows sort them instead of filling a histogram.</summary>
    private const int FewRows = 64;

    /// <summary>Between the channels of the groups: as many as there can be, and room for a vector after the last.</summary>
    private const int Stride = HistogramKernels.BinsPerColumn + 16;

    private readonly TSums sums;
    private readonly ForestLimits limits;
    private readonly double leastRows;
    private readonly AlignedBuffer<double> memory;
    private readonly NodeBins nodeBins = new();
    private readonly AlignedBuffer<byte> fewBins = new(FewRows), fewOrder = new(FewRows);
    private readonly byte[] groupBins = new byte[HistogramKernels.BinsPerColumn], levels = new byte[HistogramKernels.BinsPerColumn];
    private readonly double[] keys = new double[HistogramKernels.BinsPerColumn];
    private readonly double* totals, offset, missing, left, right, groups, histogram;
    private NodeRows? rows;
    private int start, count;

    public NodeSearch(TSums sums, ForestLimits limits)
    {
        (this.sums, this.limits) = (sums, limits);

        // A little less, because dividing by a class's factor what was multiplied by it rounds.
        leastRows = limits.MinRowsPerLeaf * (1 - 1e-12);
        int channels = sums.Channels, padded = (channels + 7) / 8 * 8;
        memory = new AlignedBuffer<double>(5L * padded + (long)channels * (Stride + HistogramKernels.BinsPerColumn));
        totals = memory.Pointer;
        offset = totals + padded;
        missing = offset + padded;
        left = missing + padded;
        right = left + padded;
        groups = right + padded;
        histogram = groups + channels * Stride;
    }

    public override double Weight => totals[0];

    public override double RowWeight => sums.RowsOf(totals);

    public override double OwnScore => sums.SideScore(totals);

    public override bool IsPure => sums.IsPure(totals, rows!, start, count);

    public override void Enter(NodeRows rows, int start, int count)
    {
        (this.rows, this.start, this.count) = (rows, start, count);
        sums.AddAll(totals, rows, start, count);
    }

    public override void LeafValues(Span<double> values) => sums.LeafValues(totals, values);

    public override bool Search(int column, FeatureBins bins, byte* binOfRow, double floor, RandomSource random, ref Split best)
    {
        if (limits.RandomThresholds && !bins.IsCategory)
        {
            return DrawnThreshold(column, bins, binOfRow, floor, random, ref best);
        }

        int found = count <= FewRows ? GroupFew(binOfRow) : GroupMany(bins.BinCount, binOfRow);
        if (found < 2)
        {
            return false;
        }

        double toBeat = best.IsFound ? best.Score : floor;
        if (!bins.IsCategory)
        {
            Numbers(column, bins, found, toBeat, ref best);
        }
        else if (limits.RandomThresholds)
        {
            RandomLevels(column, found, toBeat, random, ref best);
        }
        else
        {
            Levels(column, found, toBeat, ref best);
        }

        return true;
    }

    public override void Dispose()
    {
        memory.Dispose();
        nodeBins.Dispose();
        fewBins.Dispose();
        fewOrder.Dispose();
    }

    /// <summary>Groups of a large node by a histogram; returns how many.</summary>
    private int GroupMany(int binCount, byte* binOfRow)
    {
        sums.AddRows(histogram, binOfRow, rows!, start, count);
        int found = 0;
        for (int bin = 0; bin < binCount; bin++)
        {
            double* cell = histogram + bin * sums.Channels;
            groupBins[found] = (byte)bin;
            for (int k = 0; k < sums.Channels; k++)
            {
                groups[k * Stride + found] = cell[k];
            }

            found += cell[0] > 0 ? 1 : 0;
        }

        new Span<double>(histogram, binCount * sums.Channels).Clear();
        return found;
    }

    /// <summary>Groups of a small node: a row's place in order is the number of rows with a lower bin, or with its bin and before it.</summary>
    private int GroupFew(byte* binOfRow)
    {
        byte* bins = fewBins.Pointer, order = fewOrder.Pointer;
        uint* row = rows!.Rows + start;
        for (nint i = 0; i < count; i++)
        {
            bins[i] = binOfRow[row[i]];
        }

        // Bins past the last row are the highest there can be, and tie only with rows before them.
        new Span<byte>(bins + count, FewRows - count).Fill(byte.MaxValue);
        if (count <= Vector256<byte>.Count)
        {
            var all = Vector256.Load(bins);
            for (int i = 0; i < count; i++)
            {
                var own = Vector256.Create(bins[i]);
                uint lower = Vector256.LessThan(all, own).ExtractMostSignificantBits(), equal = Vector256.Equals(all, own).ExtractMostSignificantBits();
                order[BitOperations.PopCount(lower) + BitOperations.PopCount(equal & ((1u << i) - 1))] = (byte)i;
            }
        }
        else
        {
            var all = Vector512.Load(bins);
            for (int i = 0; i < count; i++)
            {
                var own = Vector512.Create(bins[i]);
                ulong lower = Vector512.LessThan(all, own).ExtractMostSignificantBits(), equal = Vector512.Equals(all, own).ExtractMostSignificantBits();
                order[BitOperations.PopCount(lower) + BitOperations.PopCount(equal & ((1UL << i) - 1))] = (byte)i;
            }
        }

        return SumInOrder(bins, order);
    }

    private int SumInOrder(byte* bins, byte* order)
    {
        int found = -1, last = -1;
        Vector128<double>* pair = rows!.Pairs + start;
        for (int i = 0; i < count; i++)
        {
            int at = order[i], bin = bins[at];
            if (bin != last)
            {
                last = bin;
                groupBins[++found] = (byte)bin;
                for (int k = 0; k < sums.Channels; k++)
                {
                    groups[k * Stride + found] = 0;
                }
            }

            sums.AddRow(groups + found, Stride, pair[at]);
        }

        return found + 1;
    }

    /// <summary>Tries one threshold, drawn by chance. No groups are needed for it: only where the node's bins begin and end, and the sums of the rows below.</summary>
    private bool DrawnThreshold(int column, FeatureBins bins, byte* binOfRow, double floor, RandomSource random, ref Split best)
    {
        (int low, int high, bool anyMissing) = nodeBins.Take(binOfRow, rows!.Rows + start, count);
        if (high == 0 || (low == high && !anyMissing))
        {
            return false;
        }

        int bin = low == high ? bins.BinCount - 1 : DrawnBin(bins, low, high, random);
        SumSides(bin, anyMissing);
        double toBeat = best.IsFound ? best.Score : floor;

        // Missing values go left and then right, where they may also be alone.
        for (int way = anyMissing && low < high ? 0 : 1; way < 2; way++)
        {
            for (int k = 0; k < sums.Channels; k++)
            {
                left[k] = offset[k] + (way == 0 ? missing[k] : 0);
            }

            double score = Score();
            if (score > toBeat)
            {
                toBeat = score;
                bool missingLeft = anyMissing ? way == 0 : 2 * offset[0] >= totals[0];
                best = new Split { Column = column, Bin = bin, MissingLeft = missingLeft, Left = BinSet.UpTo(bin, missingLeft), Score = toBeat };
            }
        }

        return true;
    }

    /// <summary>Sums the numbers up to a bin in <see cref="offset"/>, and the missing values.</summary>
    private void SumSides(int bin, bool anyMissing)
    {
        new Span<double>(offset, sums.Channels).Clear();
        new Span<double>(missing, sums.Channels).Clear();
        Vector128<double>* pair = rows!.Pairs + start;
        for (int word = 0; word < nodeBins.WordCount; word++, pair += 64)
        {
            sums.AddMarked(offset, pair, nodeBins.UpTo(word, bin));
            if (anyMissing)
            {
                sums.AddMarked(missing, pair, nodeBins.WithoutNumber(word));
            }
        }
    }

    private void Numbers(int column, FeatureBins bins, int found, double toBeat, ref Split best)
    {
        bool anyMissing = groupBins[0] == 0;
        int first = anyMissing ? 1 : 0, last = found - 1;
        RunningSums(first, last);

        // Missing values go left and then right, where they may also be alone.
        for (int way = anyMissing ? 0 : 1; way < 2; way++)
        {
            TakeOffset(anyMissing && way == 0);
            int end = anyMissing && way == 1 ? last + 1 : last;
            int cut = BestCut(first, end, ref toBeat);
            if (cut >= 0)
            {
                // All numbers on the left leave only missing ones for the right; between two bins with rows the middle of the empty ones is cut.
                int bin = cut == last ? bins.BinCount - 1 : (groupBins[cut] + groupBins[cut + 1] - 1) / 2;
                bool missingLeft = anyMissing ? way == 0 : 2 * groups[cut] >= totals[0];
                best = new Split { Column = column, Bin = bin, MissingLeft = missingLeft, Left = BinSet.UpTo(bin, missingLeft), Score = toBeat };
            }
        }
    }

    /// <summary>Makes the groups after the first sums from the first on, and keeps the sums of the missing values before it.</summary>
    private void RunningSums(int first, int last)
    {
        for (int k = 0; k < sums.Channels; k++)
        {
            double* of = groups + k * Stride;
            missing[k] = of[0];
            double sum = 0;
            for (int i = first; i <= last; i++)
            {
                of[i] = sum += of[i];
            }
        }
    }

    private void TakeOffset(bool missingLeft)
    {
        for (int k = 0; k < sums.Channels; k++)
        {
            offset[k] = missingLeft ? missing[k] : 0;
        }
    }

    /// <summary>The best of the cuts after the groups from <paramref name="first"/> to before <paramref name="end"/>, or -1 when none beats the score to beat, which is raised. Ties go to the first.</summary>
    private int BestCut(int first, int end, ref double toBeat)
    {
        if (sums.IsScalar)
        {
            return BestOf(first, end, ref toBeat);
        }

        Vector<double> all = new(totals[0]), before = new(offset[0]), allRows = new(RowWeight), least = new(leastRows);
        Vector<double> best = new(toBeat);
        Vector<long> at = new(-1), index = Vector<long>.Indices + new Vector<long>(first), stop = new(end), step = new(Vector<long>.Count);
        for (nint i = first; i < end; i += Vector<double>.Count, index += step)
        {
            Vector<double> leftWeight = Vector.Load(groups + i) + before, rightWeight = all - leftWeight;
            Vector<double> scores = sums.CutScores(groups + i, Stride, offset, totals, leftWeight, rightWeight);
            Vector<double> leftRows = sums.RowsOf(groups + i, Stride, offset, leftWeight);
            Vector<long> better = Vector.GreaterThan(scores, best) & Vector.GreaterThanOrEqual(leftRows, least) & Vector.GreaterThanOrEqual(allRows - leftRows, least) & Vector.LessThan(index, stop);
            best = Vector.ConditionalSelect(better, scores, best);
            at = Vector.ConditionalSelect(better, index, at);
        }

        int cut = -1;
        for (int lane = 0; lane < Vector<double>.Count; lane++)
        {
            if (at[lane] >= 0 && (best[lane] > toBeat || (best[lane] == toBeat && cut > at[lane])))
            {
                (cut, toBeat) = ((int)at[lane], best[lane]);
            }
        }

        return cut;
    }

    /// <summary>The same by one score at a time.</summary>
    private int BestOf(int first, int end, ref double toBeat)
    {
        int cut = -1;
        for (int i = first; i < end; i++)
        {
            for (int k = 0; k < sums.Channels; k++)
            {
                left[k] = groups[k * Stride + i] + offset[k];
            }

            double score = Score();
            if (score > toBeat)
            {
                (cut, toBeat) = (i, score);
            }
        }

        return cut;
    }

    /// <summary>The score of a split with the sums in <see cref="left"/>.</summary>
    private double Score()
    {
        for (int k = 0; k < sums.Channels; k++)
        {
            right[k] = totals[k] - left[k];
        }

        return sums.RowsOf(left) >= leastRows && sums.RowsOf(right) >= leastRows ? sums.SideScore(left) + sums.SideScore(right) : double.NegativeInfinity;
    }

    /// <summary>The last bin below a threshold drawn evenly between the least and the greatest number of the node, as far as bins tell them.</summary>
    private static int DrawnBin(FeatureBins bins, int lowBin, int highBin, RandomSource random)
    {
        // Cut c lies after bin c + 1. Each takes what is nearest to it, the outer ones as much outside as inside.
        int low = lowBin - 1, high = highBin - 2;
        ReadOnlySpan<double> cuts = bins.Cuts;
        double from = cuts[low] - (cuts[low + (low < high ? 1 : 0)] - cuts[low]) / 2, to = cuts[high] + (cuts[high] - cuts[high - (low < high ? 1 : 0)]) / 2;
        double drawn = random.NextDouble(), value = from + drawn * (to - from);
        if (!double.IsFinite(value))
        {
            return low + (int)(drawn * (high - low + 1)) + 1;
        }

        // The first cut whose middle to the next is not below the value; by arithmetic, because chance cannot be foretold by a branch.
        ref double first = ref MemoryMarshal.GetReference(cuts);
        for (int length = high - low; length > 0;)
        {
            int half = length / 2, middle = low + half, isBelow = Unsafe.Add(ref first, middle + 1) - value < value - Unsafe.Add(ref first, middle) ? 1 : 0;
            low += isBelow * (half + 1);
            length = half - isBelow * (1 - (length & 1));
        }

        return low + 1;
    }

    /// <summary>Divides levels in order of their shares, missing values being a level (Breiman et al. 1984, 4.2.2: enough for two classes and for numbers).</summary>
    private void Levels(int column, int found, double toBeat, ref Split best)
    {
        for (int order = 0; order < sums.OrderCount; order++)
        {
            for (int i = 0; i < found; i++)
            {
                levels[i] = (byte)i;
                Copy(i, right);
                keys[i] = sums.OrderKey(order, right);
            }

            keys.AsSpan(0, found).Sort(levels.AsSpan(0, found));
            TakeOffset(false);
            new Span<double>(left, sums.Channels).Clear();
            var leftBins = default(BinSet);
            for (int i = 0; i + 1 < found; i++)
            {
                AddLevel(levels[i], ref leftBins);
                double score = Score();
                if (score > toBeat)
                {
                    toBeat = score;
                    best = SplitOf(column, leftBins, score);
                }
            }
        }
    }

    /// <summary>Each level goes left or right by chance, at least one to each side.</summary>
    private void RandomLevels(int column, int found, double toBeat, RandomSource random, ref Split best)
    {
        int firstLeft = random.NextInt(found), firstRight = random.NextInt(found - 1);
        firstRight += firstRight >= firstLeft ? 1 : 0;
        new Span<double>(left, sums.Channels).Clear();
        var leftBins = default(BinSet);
        for (int i = 0; i < found; i++)
        {
            bool goesLeft = (random.NextBits() >> 63) != 0;
            if (i == firstLeft || (i != firstRight && goesLeft))
            {
                AddLevel(i, ref leftBins);
            }
        }

        double score = Score();
        if (score > toBeat)
        {
            best = SplitOf(column, leftBins, score);
        }
    }

    private void AddLevel(int group, ref BinSet leftBins)
    {
        leftBins.Add(groupBins[group]);
        for (int k = 0; k < sums.Channels; k++)
        {
            left[k] += groups[k * Stride + group];
        }
    }

    private void Copy(int group, double* to)
    {
        for (int k = 0; k < sums.Channels; k++)
        {
            to[k] = groups[k * Stride + group];
        }
    }

    /// <summary>The split that sends these levels left; missing values go with them, or with the heavier side when the node has none.</summary>
    private Split SplitOf(int column, BinSet leftBins, double score)
    {
        bool missingLeft = groupBins[0] == 0 ? leftBins.Contains(0) : 2 * left[0] >= totals[0];
        if (missingLeft)
        {
            leftBins.Add(0);
        }

        return new Split { Column = column, Bin = -1, MissingLeft = missingLeft, Left = leftBins, Score = score };
    }
}
