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
        var classOf = new int[used.Max(set => sets.Start[set + 1] - sets.Start[set]) * 64];
        var sizes = new List<int> { classOf.Length };
        foreach (int set in used)
        {
            Refine(classOf, sizes, [.. Enumerable.Range(0, classOf.Length).Where(code => sets.Contains(set, code))]);
            if (sizes.Count > Most)
            {
                return null;
            }
        }

        return new ByteColumn(feature, null, [.. classOf.Select(one => (byte)(InNoSet + one))]);
    }

    /// <summary>Splits each class into its members and the others. Class 0, of the codes in no set, never moves as a whole: codes from elsewhere are in it too.</summary>
    private static void Refine(int[] classOf, List<int> sizes, int[] members)
    {
        foreach (IGrouping<int, int> found in members.ToLookup(code => classOf[code]))
        {
            int count = found.Count();
            if (found.Key != 0 && count == sizes[found.Key])
            {
                continue;
            }

            sizes[found.Key] -= count;
            sizes.Add(count);
            foreach (int code in found)
            {
                classOf[code] = sizes.Count - 1;
            }
        }
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
