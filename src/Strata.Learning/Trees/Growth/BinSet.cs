using System.Runtime.CompilerServices;

namespace Strata.Learning.Trees.Growth;

/// <summary>A set of bins: 256 bits.</summary>
[InlineArray(4)]
internal struct BinSet
{
    private ulong word;

    public readonly bool Contains(int bin) => (this[bin >> 6] >> (bin & 63) & 1) != 0;

    public void Add(int bin) => this[bin >> 6] |= 1UL << (bin & 63);

    /// <summary>Bins 1 to <paramref name="last"/>, and bin 0 when missing values belong.</summary>
    public static BinSet UpTo(int last, bool withMissing)
    {
        var set = default(BinSet);
        for (int word = 0; word < 4; word++)
        {
            int bits = Math.Clamp(last + 1 - word * 64, 0, 64);
            set[word] = bits == 0 ? 0 : ulong.MaxValue >> (64 - bits);
        }

        set[0] = withMissing ? set[0] | 1 : set[0] & ~1UL;
        return set;
    }
}
