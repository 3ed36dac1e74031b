using System.Buffers;
using System.Runtime.Intrinsics;

namespace Strata.Learning.Trees.Binning;

/// <summary>How the values of one column become bins: bin 0 is missing, bins 1 and up are ranges of numbers in ascending order, or levels.</summary>
internal sealed class FeatureBins
{
    /// <summary>Most bins of a column, the one for missing values included: a bin is a byte.</summary>
    public const int Most = 256;

    /// <summary>Up to so many different numbers are counted without sorting.</summary>
    private const int MostCounted = 32;

    private readonly byte[] binOfLevel;

    private FeatureBins(int feature, double[] cuts, byte[]? binOfLevel, int binCount)
    {
        (Feature, Cuts, BinCount) = (feature, cuts, binCount);
        this.binOfLevel = binOfLevel ?? [];
        IsCategory = binOfLevel is not null;
    }

    /// <summary>Index of the column in its frame.</summary>
    public int Feature { get; }

    public bool IsCategory { get; }

    /// <summary>Ascending upper ends: bin <c>b</c> of a numeric column holds the values in <c>(Cuts[b - 2], Cuts[b - 1]]</c>.</summary>
    public double[] Cuts { get; }

    /// <summary>How many bins there are, the one for missing values included.</summary>
    public int BinCount { get; }

    /// <summary>The threshold of a split that sends bins 1 to <paramref name="bin"/> left: exactly the values up to it are in those bins.</summary>
    public double Threshold(int bin) => bin <= Cuts.Length ? Cuts[bin - 1] : double.PositiveInfinity;

    public byte BinOf(double value)
    {
        if (double.IsNaN(value))
        {
            return 0;
        }

        if (IsCategory)
        {
            return value >= 0 && value < binOfLevel.Length ? binOfLevel[(int)value] : (byte)0;
        }

        int low = 0, high = Cuts.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = Cuts[middle] < value ? (middle + 1, high) : (low, middle);
        }

        return (byte)(low + 1);
    }

    /// <summary>The bin of each level's code; 0 for levels that no training row has.</summary>
    public ReadOnlySpan<byte> BinOfLevel => binOfLevel;

    /// <summary>
    /// Bins of numbers: one a value while there are at most <paramref name="most"/> different ones, else ranges of about equal weight, where a value heavier than a
    /// range's share stays alone. Cuts lie half-way between neighbours.
    /// </summary>
    /// <param name="feature">Index of the column.</param>
    /// <param name="values">The training values, NaN for missing; sorted in place.</param>
    /// <param name="weights">A weight a value, or empty for one each; sorted along.</param>
    /// <param name="most">Most bins for values, at most 255.</param>
    public static FeatureBins OfNumbers(int feature, Span<double> values, Span<float> weights, int most)
    {
        double[] memory = ArrayPool<double>.Shared.Rent(values.Length);
        int count = TryCountFew(values, weights, memory) ?? CountSorted(values, weights, memory);
        ReadOnlySpan<double> distinct = values[..count], mass = memory.AsSpan(0, count);
        double[] cuts = count <= most ? HalfWays(distinct) : EqualMassCuts(distinct, mass, most);
        ArrayPool<double>.Shared.Return(memory);
        return new FeatureBins(feature, cuts, null, count == 0 ? 1 : cuts.Length + 2);
    }

    /// <summary>Bins of numbers between given cuts, at most 254 of them.</summary>
    public static FeatureBins OfCuts(int feature, double[] ascendingCuts) => new(feature, ascendingCuts, null, ascendingCuts.Length + 2);

    /// <summary>Bins of levels, the heaviest first; when there are more than <paramref name="most"/>, the lightest share the last bin.</summary>
    /// <param name="feature">Index of the column.</param>
    /// <param name="massOfLevel">The training weight of each level's code.</param>
    /// <param name="most">Most bins for levels, at most 255.</param>
    public static FeatureBins OfLevels(int feature, double[] massOfLevel, int most)
    {
        int[] seen = [.. Enumerable.Range(0, massOfLevel.Length).Where(code => massOfLevel[code] > 0).OrderByDescending(code => massOfLevel[code])];
        var bins = new byte[massOfLevel.Length];
        for (int rank = 0; rank < seen.Length; rank++)
        {
            bins[seen[rank]] = (byte)Math.Min(rank + 1, most);
        }

        return new FeatureBins(feature, [], bins, Math.Min(seen.Length, most) + 1);
    }

    /// <summary>Counts the different numbers one by one while they are few: they come to the front in ascending order. Null, and nothing moved, when they are not few.</summary>
    private static int? TryCountFew(Span<double> values, ReadOnlySpan<float> weights, Span<double> mass)
    {
        Span<double> seen = stackalloc double[MostCounted], seenMass = stackalloc double[MostCounted];
        int count = 0, last = 0;
        for (int i = 0; i < values.Length; i++)
        {
            double value = values[i];
            while (count > 0 && weights.IsEmpty && i + Vector512<double>.Count < values.Length && Vector512.EqualsAll(Vector512.Create<double>(values[i..]), Vector512.Create(seen[last])))
            {
                seenMass[last] += Vector512<double>.Count;
                i += Vector512<double>.Count;
                value = values[i];
            }

            if (double.IsNaN(value))
            {
                continue;
            }

            if (count == 0 || seen[last] != value)
            {
                last = seen[..count].IndexOf(value);
                if (last < 0)
                {
                    if (count == MostCounted)
                    {
                        return null;
                    }

                    last = count++;
                    seen[last] = value;
                }
            }

            seenMass[last] += weights.IsEmpty ? 1 : weights[i];
        }

        seen[..count].Sort(seenMass[..count]);
        seen[..count].CopyTo(values);
        seenMass[..count].CopyTo(mass);
        return count;
    }

    /// <summary>Sorts the numbers; the different ones come to the front.</summary>
    private static int CountSorted(Span<double> values, Span<float> weights, Span<double> mass)
    {
        Span<double> sorted = values;
        if (weights.IsEmpty)
        {
            sorted = WithoutNaN(values);
            RadixSort.Sort(sorted);
        }
        else
        {
            values.Sort(weights);
            int start = 0;
            while (start < values.Length && double.IsNaN(values[start]))
            {
                start++;
            }

            sorted = values[start..];
            weights = weights[start..];
        }

        int count = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            double weight = weights.IsEmpty ? 1 : weights[i];
            if (count > 0 && values[count - 1] == sorted[i])
            {
                mass[count - 1] += weight;
            }
            else
            {
                (values[count], mass[count]) = (sorted[i], weight);
                count++;
            }
        }

        return count;
    }

    private static Span<double> WithoutNaN(Span<double> values)
    {
        int count = 0;
        foreach (double value in values)
        {
            values[count] = value;
            count += double.IsNaN(value) ? 0 : 1;
        }

        return values[..count];
    }

    private static double[] HalfWays(ReadOnlySpan<double> values)
    {
        var cuts = new double[Math.Max(0, values.Length - 1)];
        for (int i = 0; i < cuts.Length; i++)
        {
            cuts[i] = Between(values[i], values[i + 1]);
        }

        return cuts;
    }

    private static double[] EqualMassCuts(ReadOnlySpan<double> values, ReadOnlySpan<double> mass, int most)
    {
        var cuts = new List<double>(most);
        double rest = 0, current = 0;
        foreach (double one in mass)
        {
            rest += one;
        }

        int binsLeft = most;
        for (int i = 0; i + 1 < values.Length && binsLeft > 1; i++)
        {
            current += mass[i];
            double share = rest / binsLeft;
            if (current >= share || mass[i + 1] >= share)
            {
                cuts.Add(Between(values[i], values[i + 1]));
                rest -= current;
                current = 0;
                binsLeft--;
            }
        }

        return [.. cuts];
    }

    /// <summary>A number at least <paramref name="low"/> and below <paramref name="high"/>, half-way where doubles allow.</summary>
    private static double Between(double low, double high)
    {
        double middle = low + (high - low) / 2;
        return middle >= low && middle < high ? middle : low;
    }
}
