using Strata.Tensors;

namespace Strata.Learning.Trees.Forests;

/// <summary>Grows one tree of an isolation forest: random columns, random cuts, to the depth at which half of random rows are apart.</summary>
/// <param name="columns">The numbers of each column; NaN is missing, a level is its code.</param>
/// <param name="isCategory">Which columns are of levels.</param>
/// <param name="random">The tree's chance.</param>
internal sealed class IsolationTree(double[][] columns, bool[] isCategory, RandomSource random)
{
    /// <summary>The share of cuts of a column with missing values that are between these and the numbers.</summary>
    private const double GapShare = 0.25;

    /// <param name="rows">The drawn rows; one drawn twice occurs twice.</param>
    /// <param name="columnFraction">Share of the columns that may be cut.</param>
    /// <param name="scale">What the leaves' values are multiplied by: one through the number of trees.</param>
    /// <param name="cancellation">Looked at before each cut.</param>
    public TreeEnsemble Grow(List<int> rows, double columnFraction, double scale, CancellationToken cancellation)
    {
        int[] order = rows.ToArray(), candidates = [.. Enumerable.Range(0, columns.Length)];
        random.Shuffle<int>(candidates);
        candidates = candidates[..Math.Clamp((int)Math.Ceiling(columnFraction * columns.Length), 1, columns.Length)];
        int mostDepth = (int)Math.Ceiling(Math.Log2(Math.Max(2, order.Length)));

        // One row alone has no neighbours to be compared with: half-way, as the mean row of any crowd.
        double unit = PathLength.Mean(order.Length) is > 0 and double mean ? -scale / mean : 0, alone = unit == 0 ? -scale : 0;
        var builder = new TreeEnsembleBuilder(columns.Length, [0]);
        int AddLeaf(int depth, int count) => builder.AddLeaf([alone + unit * (depth + PathLength.Mean(count))], count, count);
        var pending = new Stack<Part>();
        pending.Push(new Part(AddLeaf(0, order.Length), 0, order.Length, 0));
        while (pending.TryPop(out Part part))
        {
            cancellation.ThrowIfCancellationRequested();
            Span<int> own = order.AsSpan(part.Start, part.Count);
            if (part.Depth >= mostDepth || part.Count < 2 || Draw(own, candidates) is not Cut cut)
            {
                continue;
            }

            int left = Divide(own, cut), node = AddLeaf(part.Depth + 1, left), other = AddLeaf(part.Depth + 1, part.Count - left);

            // What no row here has is unlike them: it goes where the fewer rows are.
            bool missingLeft = cut.AnyMissing ? cut.MissingLeft : 2 * left < part.Count;
            if (cut.LeftCodes is { } codes)
            {
                builder.SplitCategories(part.Node, cut.Column, codes, missingLeft, node, other);
            }
            else
            {
                builder.Split(part.Node, cut.Column, cut.Threshold, missingLeft, node, other);
            }

            pending.Push(new Part(other, part.Start + left, part.Count - left, part.Depth + 1));
            pending.Push(new Part(node, part.Start, left, part.Depth + 1));
        }

        builder.EndTree();
        return builder.Build();
    }

    /// <summary>A cut of a column drawn among those that vary here, or null when none does.</summary>
    private Cut? Draw(ReadOnlySpan<int> rows, int[] candidates)
    {
        for (int i = 0; i < candidates.Length; i++)
        {
            int other = i + random.NextInt(candidates.Length - i);
            (candidates[i], candidates[other]) = (candidates[other], candidates[i]);
            if ((isCategory[candidates[i]] ? OfLevels(candidates[i], rows) : OfNumbers(candidates[i], rows)) is Cut cut)
            {
                return cut;
            }
        }

        return null;
    }

    private Cut? OfNumbers(int column, ReadOnlySpan<int> rows)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        bool anyMissing = false;
        foreach (int row in rows)
        {
            double value = columns[column][row];
            anyMissing |= double.IsNaN(value);
            low = Math.Min(low, double.IsNaN(value) ? low : value);
            high = Math.Max(high, double.IsNaN(value) ? high : value);
        }

        // Missing values are set apart from all numbers where these are all the same, and else by some of the cuts, as a number a little out of their range would be.
        bool varies = low < high;
        if (anyMissing && (low == high || (varies && random.NextDouble() < GapShare)))
        {
            return new Cut(column, double.PositiveInfinity, null, true, false);
        }

        if (!varies)
        {
            return null;
        }

        double part = random.NextDouble(), threshold = low * (1 - part) + high * part;
        return new Cut(column, threshold >= low && threshold < high ? threshold : low, null, anyMissing, anyMissing && Coin());
    }

    private Cut? OfLevels(int column, ReadOnlySpan<int> rows)
    {
        var seen = new SortedSet<int>();
        foreach (int row in rows)
        {
            double code = columns[column][row];
            seen.Add(double.IsNaN(code) ? -1 : (int)code);
        }

        if (seen.Count < 2)
        {
            return null;
        }

        int[] levels = [.. seen];
        random.Shuffle<int>(levels);
        List<int> left = [levels[0], .. levels.Skip(2).Where(_ => Coin())];
        bool anyMissing = seen.Contains(-1), missingLeft = left.Remove(-1);
        return new Cut(column, 0, [.. left], anyMissing, missingLeft);
    }

    /// <summary>Brings the rows that go left to the front; returns how many.</summary>
    private int Divide(Span<int> rows, in Cut cut)
    {
        var (left, right) = (new List<int>(rows.Length), new List<int>(rows.Length));
        foreach (int row in rows)
        {
            double value = columns[cut.Column][row];
            bool goesLeft = double.IsNaN(value) ? cut.MissingLeft : cut.LeftCodes is null ? value <= cut.Threshold : cut.LeftCodes.Contains((int)value);
            (goesLeft ? left : right).Add(row);
        }

        left.CopyTo(rows);
        right.CopyTo(rows[left.Count..]);
        return left.Count;
    }

    private bool Coin() => (random.NextBits() >> 63) != 0;

    /// <param name="Node">In the tree.</param>
    /// <param name="Start">First of its rows.</param>
    /// <param name="Count">How many rows.</param>
    /// <param name="Depth">Cuts above it.</param>
    private readonly record struct Part(int Node, int Start, int Count, int Depth);

    /// <param name="Column">What is cut.</param>
    /// <param name="Threshold">Numbers up to it go left.</param>
    /// <param name="LeftCodes">For levels those that go left, else null.</param>
    /// <param name="AnyMissing">Whether there are missing values here.</param>
    /// <param name="MissingLeft">Where they go.</param>
    private readonly record struct Cut(int Column, double Threshold, int[]? LeftCodes, bool AnyMissing, bool MissingLeft);
}
