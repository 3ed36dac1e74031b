using Strata.Learning.Trees.Binning;
using Strata.Learning.Trees.Growth;

namespace Strata.Learning.Trees.Forests;

/// <summary>
/// Looks for the best split of one node of a forest's tree: the one with the least impurity (Gini index, or variance) on both sides, which is the largest sum over
/// sides and values of <c>(sum of weight x value)^2 / weight</c>.
/// </summary>
internal abstract unsafe class NodeSearch
{
    /// <summary>Nodes with fewer rows note which bins they touch instead of going through all of them.</summary>
    private const int FewRows = 128;

    private readonly int channels;
    private readonly double[] histogram, running, rest, missing;
    private readonly double[] keys = new double[HistogramKernels.BinsPerColumn];
    private readonly byte[] occupied = new byte[HistogramKernels.BinsPerColumn];
    private readonly double minWeight;

    /// <param name="channels">Sums kept a bin: the weight, and one sum a value.</param>
    /// <param name="minWeight">Least weight on each side.</param>
    protected NodeSearch(int channels, double minWeight)
    {
        (this.channels, this.minWeight) = (channels, minWeight);
        histogram = new double[HistogramKernels.BinsPerColumn * channels];
        (running, rest, missing, Totals) = (new double[channels], new double[channels], new double[channels], new double[channels]);
    }

    /// <summary>The node's sums: weight first.</summary>
    protected double[] Totals { get; }

    public double Weight => Totals[0];

    /// <summary>The node's own score, which a split's must be above.</summary>
    public double OwnScore => SideScore(Totals);

    /// <summary>Whether all rows have one value.</summary>
    public abstract bool IsPure { get; }

    public static NodeSearch For(ForestTarget target, double minWeight) => target.Width == 1 ? new NumberSearch(target, minWeight) : new ClassSearch(target.Width, minWeight);

    /// <summary>Sums up a node's rows.</summary>
    public abstract void Enter(NodeRows rows, int start, int count);

    /// <summary>What the node would predict as a leaf.</summary>
    public abstract void LeafValues(Span<double> values);

    /// <summary>Replaces <paramref name="best"/> when the column has a better split; false when the column is constant here.</summary>
    public bool Search(int column, FeatureBins bins, byte* binOfRow, NodeRows rows, int start, int count, double floor, ref Split best)
    {
        ReadOnlySpan<byte> present = Fill(bins.BinCount, binOfRow, rows, start, count);
        bool varies = present.Length > 1;
        if (varies && bins.IsCategory)
        {
            Categories(column, present, floor, ref best);
        }
        else if (varies)
        {
            Numbers(column, present, bins.BinCount, floor, ref best);
        }

        foreach (byte bin in present)
        {
            histogram.AsSpan(bin * channels, channels).Clear();
        }

        return varies;
    }

    /// <summary>Adds the rows' weights and values to their bins' sums.</summary>
    protected abstract void AddRows(double[] sums, byte* binOfRow, NodeRows rows, int start, int count);

    /// <summary>One side's part of the score, from its sums.</summary>
    protected abstract double SideScore(ReadOnlySpan<double> sums);

    /// <summary>How many ways there are to put levels in order, and a level's place in one of them.</summary>
    protected abstract int OrderCount { get; }

    protected abstract double OrderKey(int order, ReadOnlySpan<double> sums);

    /// <summary>The histogram of a column; returns the bins that have rows, ascending.</summary>
    private ReadOnlySpan<byte> Fill(int binCount, byte* binOfRow, NodeRows rows, int start, int count)
    {
        AddRows(histogram, binOfRow, rows, start, count);
        int found = 0;
        if (count >= FewRows)
        {
            for (int bin = 0; bin < binCount; bin++)
            {
                occupied[found] = (byte)bin;
                found += histogram[bin * channels] > 0 ? 1 : 0;
            }

            return occupied.AsSpan(0, found);
        }

        Span<ulong> touched = [0, 0, 0, 0];
        foreach (uint row in rows.Rows.AsSpan(start, count))
        {
            touched[binOfRow[row] >> 6] |= 1UL << (binOfRow[row] & 63);
        }

        for (int word = 0; word < 4; word++)
        {
            for (ulong bits = touched[word]; bits != 0; bits &= bits - 1)
            {
                occupied[found++] = (byte)(word * 64 + System.Numerics.BitOperations.TrailingZeroCount(bits));
            }
        }

        return occupied.AsSpan(0, found);
    }

    private void Numbers(int column, ReadOnlySpan<byte> present, int binCount, double floor, ref Split best)
    {
        bool anyMissing = present[0] == 0;
        Span<double> none = missing;
        none.Clear();
        if (anyMissing)
        {
            histogram.AsSpan(0, channels).CopyTo(none);
        }

        ReadOnlySpan<byte> numbers = anyMissing ? present[1..] : present;
        for (int way = anyMissing ? 0 : 1; way < 2; way++)
        {
            running.AsSpan().Clear();
            if (way == 0)
            {
                none.CopyTo(running);
            }

            for (int i = 0; i < numbers.Length; i++)
            {
                Add(numbers[i]);
                bool last = i + 1 == numbers.Length;

                // All numbers on the left leave only missing ones for the right; between two bins with rows the middle of the empty ones is cut.
                if (!last || (way == 1 && anyMissing))
                {
                    int bin = last ? binCount - 1 : (numbers[i] + numbers[i + 1] - 1) / 2;
                    double score = Score(floor, best);
                    if (score > 0)
                    {
                        bool missingLeft = anyMissing ? way == 0 : 2 * running[0] >= Totals[0];
                        best = new Split { Column = column, Bin = bin, MissingLeft = missingLeft, Left = BinSet.UpTo(bin, missingLeft), Score = score };
                    }
                }
            }
        }
    }

    private void Categories(int column, ReadOnlySpan<byte> present, double floor, ref Split best)
    {
        Span<byte> levels = stackalloc byte[present.Length];
        for (int order = 0; order < OrderCount; order++)
        {
            present.CopyTo(levels);
            for (int i = 0; i < present.Length; i++)
            {
                keys[i] = OrderKey(order, histogram.AsSpan(present[i] * channels, channels));
            }

            keys.AsSpan(0, present.Length).Sort(levels);
            running.AsSpan().Clear();
            var left = default(BinSet);
            for (int i = 0; i + 1 < levels.Length; i++)
            {
                Add(levels[i]);
                left.Add(levels[i]);
                double score = Score(floor, best);
                if (score > 0)
                {
                    bool missingLeft = present[0] == 0 ? left.Contains(0) : 2 * running[0] >= Totals[0];
                    BinSet set = left;
                    if (missingLeft)
                    {
                        set.Add(0);
                    }

                    best = new Split { Column = column, Bin = -1, MissingLeft = missingLeft, Left = set, Score = score };
                }
            }
        }
    }

    private void Add(int bin)
    {
        for (int k = 0; k < channels; k++)
        {
            running[k] += histogram[bin * channels + k];
        }
    }

    /// <summary>The score of the running sums on the left and the rest on the right, or 0 when they may not be, or are not better.</summary>
    private double Score(double floor, in Split best)
    {
        for (int k = 0; k < channels; k++)
        {
            rest[k] = Totals[k] - running[k];
        }

        if (running[0] < minWeight || rest[0] < minWeight)
        {
            return 0;
        }

        double score = SideScore(running) + SideScore(rest);
        return score > (best.IsFound ? best.Score : floor) ? score : 0;
    }
}
