using System.Runtime.CompilerServices;
using Strata.Learning.Data;
using Strata.Learning.Trees.Binning;

namespace Strata.Learning.Trees.Scoring;

/// <summary>
/// One feature as some trees see it: a byte a row that decides all their splits as the value itself does. Numbers become the count of thresholds below them,
/// plus one, 0 being missing; levels become the class of those that all the trees' sets treat alike.
/// </summary>
internal sealed unsafe class ByteColumn
{
    /// <summary>Most thresholds, and most classes of levels beside the one of missing values.</summary>
    private const int Most = 254;

    /// <summary>The class of codes that no set has; classes count up from here.</summary>
    private const byte InNoSet = 1;

    private readonly FeatureBins? bins;
    private readonly byte[] classOf;

    private ByteColumn(int feature, FeatureBins? bins, byte[] classOf) => (Feature, this.bins, this.classOf) = (feature, bins, classOf);

    /// <summary>Index of the feature.</summary>
    public int Feature { get; }

    public bool IsCategory => bins is null;

    /// <summary>Null when there are too many thresholds for a byte.</summary>
    public static ByteColumn? OfThresholds(int feature, IReadOnlySet<double> thresholds) =>
        thresholds.Count > Most ? null : new ByteColumn(feature, FeatureBins.OfCuts(feature, [.. thresholds.Order()]), []);

    /// <summary>Null when the sets tell more levels apart than a byte can.</summary>
    public static ByteColumn? OfSets(int feature, CategorySets sets, IReadOnlyCollection<int> used)
    {
        int codes = used.Max(set => sets.Start[set + 1] - sets.Start[set]) * 64;
        var known = new Dictionary<string, byte> { [new string('0', used.Count)] = InNoSet };
        var classOf = new byte[codes];
        for (int code = 0; code < codes; code++)
        {
            string membership = string.Concat(used.Select(set => sets.Contains(set, code) ? '1' : '0'));
            if (!known.TryGetValue(membership, out classOf[code]))
            {
                if (known.Count == Most)
                {
                    return null;
                }

                known[membership] = classOf[code] = (byte)(InNoSet + known.Count);
            }
        }

        return new ByteColumn(feature, null, classOf);
    }

    /// <summary>The byte up to which values go left.</summary>
    public byte Bound(double threshold) => bins!.BinOf(threshold);

    /// <summary>The bytes that go left as 256 bits; missing is bit 0.</summary>
    public byte[] Set(CategorySets sets, int set, bool missingLeft)
    {
        var bits = new byte[32];
        bits[0] = missingLeft ? (byte)1 : (byte)0;
        for (int code = 0; code < classOf.Length; code++)
        {
            if (sets.Contains(set, code))
            {
                bits[classOf[code] >> 3] |= (byte)(1 << (classOf[code] & 7));
            }
        }

        return bits;
    }

    /// <summary>Writes the bytes of some rows.</summary>
    [SkipLocalsInit]
    public void Encode(Column column, int from, int count, byte* bytes)
    {
        if (bins is not null && column is Float32Column single)
        {
            BinSearch.Numbers(bins, single.Values.AsSpan(from, count), bytes);
            return;
        }

        Span<double> room = stackalloc double[column is Float64Column ? 0 : count];
        ReadOnlySpan<double> numbers = room;
        if (column is Float64Column doubles)
        {
            numbers = doubles.Values.AsSpan(from, count);
        }
        else
        {
            column.CopyNumbers(from, room);
        }

        if (bins is not null)
        {
            BinSearch.Numbers(bins, numbers, bytes);
            return;
        }

        for (int row = 0; row < count; row++)
        {
            double code = numbers[row];
            bytes[row] = double.IsNaN(code) ? (byte)0 : code >= 0 && code < classOf.Length ? classOf[(int)code] : InNoSet;
        }
    }
}
