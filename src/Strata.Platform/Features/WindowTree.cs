namespace Strata.Platform.Features;

/// <summary>The values of one entity in the order of their events, filled in whatever order they become known; any stretch of them is summed up in logarithmic time.</summary>
internal sealed class WindowTree
{
    private Moments[] nodes = [];
    private int leaves;

    /// <summary>Makes room for so many values, none of them known yet.</summary>
    public void Clear(int count)
    {
        leaves = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, count));
        if (nodes.Length < 2 * leaves)
        {
            nodes = new Moments[2 * leaves];
        }

        nodes.AsSpan(0, 2 * leaves).Fill(Moments.None);
    }

    /// <summary>Makes a value known.</summary>
    public void Set(int place, double value)
    {
        int node = leaves + place;
        nodes[node] = Moments.Of(value, place);
        for (node >>= 1; node >= 1; node >>= 1)
        {
            nodes[node] = nodes[2 * node].With(nodes[2 * node + 1]);
        }
    }

    /// <summary>The known values from one place up to, and without, another.</summary>
    public Moments Between(int from, int end)
    {
        Moments left = Moments.None, right = Moments.None;
        for ((int low, int high) = (leaves + from, leaves + end); low < high; low >>= 1, high >>= 1)
        {
            if ((low & 1) != 0)
            {
                left = left.With(nodes[low++]);
            }

            if ((high & 1) != 0)
            {
                right = nodes[--high].With(right);
            }
        }

        return left.With(right);
    }
}
