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
        for (int bin = withMissing ? 0 : 1; bin <= last; bin++)
        {
            set.Add(bin);
        }

        return set;
    }
}
