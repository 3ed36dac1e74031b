using System.Numerics;
using System.Runtime.Intrinsics;

namespace Strata.Learning.Explanation;

/// <summary>
/// How a row's features share the unit value of one leaf, averaged over background rows.
/// </summary>
/// <remarks>
/// Let a path have d features, P those whose splits the row follows and Q those that a background row follows. Mixtures of the two reach the leaf only if Q holds all of W, the
/// features that are not in P. With w = |W| and u = d - |Q| the Shapley values are then, of each feature in P and not in Q, (u - 1)! w! / (u + w)!, and of each in W,
/// -u! (w - 1)! / (u + w)! (Lundberg et al. 2020, "interventional"). Both depend on Q by its size alone: sums over all Q that hold W are sums over supersets, made for every W
/// at once, and a feature's share is what the Q that hold W have beyond those that also hold the feature. So rows cost the same for any number of background rows.
/// </remarks>
internal sealed class LeafEffects
{
    private readonly int d;
    private readonly ulong all;

    /// <summary>For every W: shares of features in P before those who hold the feature are taken off; what is taken off, by W and the feature; shares of features in W.</summary>
    private readonly double[]? shares, taken, losses;

    private readonly (ulong Pattern, double Weight)[] background;

    /// <param name="d">Features on the path.</param>
    /// <param name="counts">Background rows by their pattern Q.</param>
    /// <param name="total">How many there are.</param>
    /// <param name="asTable">Whether all answers are worked out ahead; it takes 3 · 2^d numbers.</param>
    public LeafEffects(int d, IReadOnlyDictionary<ulong, int> counts, int total, bool asTable)
    {
        this.d = d;
        all = d == 64 ? ulong.MaxValue : (1UL << d) - 1;
        background = asTable ? [] : [.. counts.OrderBy(pair => pair.Key).Select(pair => (pair.Key, pair.Value / (double)total))];
        if (!asTable)
        {
            return;
        }

        int sets = 1 << d;
        (shares, taken, losses) = (new double[sets], new double[sets], new double[sets]);
        var sums = new double[sets];
        for (int w = 0; w <= d; w++)
        {
            OverSupersets(counts, total, u => u == 0 ? 0 : InP(u, w), sums);
            for (int set = 0; set < sets; set++)
            {
                int size = BitOperations.PopCount((uint)set);
                if (size == w)
                {
                    shares[set] = sums[set];
                }
                else if (size == w + 1)
                {
                    taken[set] = sums[set];
                }
            }

            if (w > 0)
            {
                OverSupersets(counts, total, u => InW(u, w), sums);
                for (int set = 0; set < sets; set++)
                {
                    losses[set] = BitOperations.PopCount((uint)set) == w ? sums[set] : losses[set];
                }
            }
        }
    }

    /// <summary>How many numbers a table of d features takes.</summary>
    public static long TableLength(int d) => 3L << d;

    /// <summary>Each feature's share of the leaf's unit value.</summary>
    /// <param name="pattern">The row's P.</param>
    /// <param name="effects">Overwritten [d].</param>
    /// <returns>Whether any is not 0.</returns>
    public bool Of(ulong pattern, Span<double> effects)
    {
        ulong w = all & ~pattern;
        if (shares is null)
        {
            return FromList(pattern, w, effects);
        }

        double share = shares[w], loss = losses![w];
        if (share == 0 && loss == 0)
        {
            return false;
        }

        for (int i = 0; i < d; i++)
        {
            ulong feature = 1UL << i;
            effects[i] = (pattern & feature) != 0 ? share - taken![w | feature] : -loss;
        }

        return true;
    }

    private bool FromList(ulong pattern, ulong w, Span<double> effects)
    {
        effects.Clear();
        int size = BitOperations.PopCount(w);
        double loss = 0;
        bool any = false;
        foreach ((ulong q, double weight) in background)
        {
            if ((w & ~q) != 0)
            {
                continue;
            }

            int u = d - BitOperations.PopCount(q);
            any |= u + size > 0;
            loss += size > 0 ? weight * InW(u, size) : 0;
            if (u > 0)
            {
                double share = weight * InP(u, size);
                for (ulong left = pattern & ~q; left != 0; left &= left - 1)
                {
                    effects[BitOperations.TrailingZeroCount(left)] += share;
                }
            }
        }

        for (ulong left = w; any && left != 0; left &= left - 1)
        {
            effects[BitOperations.TrailingZeroCount(left)] = -loss;
        }

        return any;
    }

    /// <summary>For every set, the sum of weight(u) over the background rows whose pattern holds it.</summary>
    private void OverSupersets(IReadOnlyDictionary<ulong, int> counts, int total, Func<int, double> weight, double[] sums)
    {
        Array.Clear(sums);
        foreach ((ulong q, int count) in counts)
        {
            sums[q] = count * weight(d - BitOperations.PopCount(q)) / total;
        }

        for (int step = 1; step < sums.Length; step *= 2)
        {
            for (int block = 0; block < sums.Length; block += 2 * step)
            {
                Span<double> without = sums.AsSpan(block, step), with = sums.AsSpan(block + step, step);
                int i = 0;
                for (; i + Vector256<double>.Count <= step; i += Vector256<double>.Count)
                {
                    (Vector256.Create<double>(without[i..]) + Vector256.Create<double>(with[i..])).CopyTo(without[i..]);
                }

                for (; i < step; i++)
                {
                    without[i] += with[i];
                }
            }
        }
    }

    /// <summary>(u - 1)! w! / (u + w)!</summary>
    private static double InP(int u, int w) => 1 / (u * Choose(u + w, w));

    /// <summary>u! (w - 1)! / (u + w)!</summary>
    private static double InW(int u, int w) => 1 / (w * Choose(u + w, u));

    /// <summary>The number of ways to choose k of n.</summary>
    private static double Choose(int n, int k)
    {
        double ways = 1;
        for (int i = 1; i <= k; i++)
        {
            ways = ways * (n - k + i) / i;
        }

        return ways;
    }
}
