using System.Numerics;
using System.Runtime.Intrinsics;

namespace Strata.Tensors.Kernels;

/// <summary>What of a line of sums lies above a bound (MultiRocket, Tan et al. 2022).</summary>
/// <param name="Count">How many sums.</param>
/// <param name="Excess">By how much all of them together.</param>
/// <param name="Places">The sum of their places, counted from 0.</param>
/// <param name="Longest">How many of them follow one another at the most.</param>
public readonly record struct PositiveParts(int Count, float Excess, long Places, int Longest)
{
    private const int Width = 16;

    /// <param name="values">May be read up to the next multiple of 16.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="bound">What lies above it counts.</param>
    public static unsafe PositiveParts Above(float* values, int count, float bound)
    {
        Vector512<float> least = Vector512.Create(bound), excess = Vector512<float>.Zero;
        Vector512<int> lanes = Vector512<int>.Indices, places = Vector512<int>.Zero;
        int above = 0, run = 0, longest = 0;
        long starts = 0;
        for (int at = 0; at < count; at += Width)
        {
            Vector512<float> value = Vector512.Load(values + at), mask = Vector512.GreaterThan(value, least) & Vector512.LessThan(lanes, Vector512.Create(count - at)).AsSingle();
            uint bits = (uint)mask.ExtractMostSignificantBits();
            excess += (value - least) & mask;
            places += lanes & mask.AsInt32();
            above += BitOperations.PopCount(bits);
            starts += (long)at * BitOperations.PopCount(bits);
            for (int place = 0; place < Width;)
            {
                uint left = bits >> place;
                int ones = Math.Min(BitOperations.TrailingZeroCount(~left), Width - place);
                run += ones;
                longest = Math.Max(longest, run);
                place += ones;
                if (place < Width)
                {
                    run = 0;
                    place += Math.Min(BitOperations.TrailingZeroCount(bits >> place), Width - place);
                }
            }
        }

        return new PositiveParts(above, Vector512.Sum(excess), starts + Vector512.Sum(places), longest);
    }
}
