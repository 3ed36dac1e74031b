namespace Strata.Learning.Data;

/// <summary>Which rows of a column have no value: one bit a row.</summary>
public sealed class MissingMask
{
    private readonly ulong[] bits;

    public MissingMask(int count)
    {
        Count = count;
        bits = new ulong[(count + 63) / 64];
    }

    public int Count { get; }

    public bool this[int row]
    {
        get => (bits[row >> 6] >> (row & 63) & 1) != 0;
        set
        {
            if (value)
            {
                bits[row >> 6] |= 1UL << (row & 63);
            }
            else
            {
                bits[row >> 6] &= ~(1UL << (row & 63));
            }
        }
    }

    public int CountMissing()
    {
        int total = 0;
        foreach (ulong word in bits)
        {
            total += System.Numerics.BitOperations.PopCount(word);
        }

        return total;
    }

    /// <summary>The mask of the given rows, or null when none of them is missing.</summary>
    public static MissingMask? Take(MissingMask? mask, ReadOnlySpan<int> rows)
    {
        if (mask is null)
        {
            return null;
        }

        var taken = new MissingMask(rows.Length);
        bool any = false;
        for (int i = 0; i < rows.Length; i++)
        {
            if (mask[rows[i]])
            {
                taken[i] = any = true;
            }
        }

        return any ? taken : null;
    }
}
