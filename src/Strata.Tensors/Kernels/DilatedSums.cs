using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Strata.Tensors.Kernels;

/// <summary>
/// Weighted sums over steps of a series that lie apart, at many places side by side, and what is pooled from them. A place reads its steps at fixed distances, so
/// that neighbouring places are neighbours in memory; up to <see cref="Slack"/> numbers after the last one may be read and must be readable.
/// </summary>
public static unsafe class DilatedSums
{
    /// <summary>Readable numbers that every loop expects after the last one it needs.</summary>
    public const int Slack = 64;

    private const int Width = 16;

    private static Vector512<int> Lanes => Vector512.Create(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);

    /// <summary>
    /// The largest of bias + sum over taps of weights[tap] x[place + offsets[tap]], and at how many places it is above zero. The sum runs in the order of the taps.
    /// </summary>
    /// <param name="x">The first place.</param>
    /// <param name="offsets">[taps]</param>
    /// <param name="weights">[taps]</param>
    /// <param name="taps">How many steps a place reads.</param>
    /// <param name="bias">Where each sum starts.</param>
    /// <param name="count">How many places; at least 1.</param>
    public static (float Largest, int Above) Pool(float* x, nint* offsets, float* weights, int taps, float bias, int count)
    {
        Vector512<float> start = Vector512.Create(bias), m0 = Vector512.Create(float.NegativeInfinity), m1 = m0, m2 = m0, m3 = m0, zero = Vector512<float>.Zero;
        Vector512<int> n0 = Vector512<int>.Zero, n1 = n0, n2 = n0, n3 = n0;
        int at = 0;
        for (; at + 4 * Width <= count; at += 4 * Width)
        {
            Vector512<float> s0 = start, s1 = start, s2 = start, s3 = start;
            for (int tap = 0; tap < taps; tap++)
            {
                float* from = x + at + offsets[tap];
                Vector512<float> weight = Vector512.Create(weights[tap]);
                s0 = Vector512.FusedMultiplyAdd(weight, Vector512.Load(from), s0);
                s1 = Vector512.FusedMultiplyAdd(weight, Vector512.Load(from + Width), s1);
                s2 = Vector512.FusedMultiplyAdd(weight, Vector512.Load(from + 2 * Width), s2);
                s3 = Vector512.FusedMultiplyAdd(weight, Vector512.Load(from + 3 * Width), s3);
            }

            (m0, m1, m2, m3) = (Vector512.Max(m0, s0), Vector512.Max(m1, s1), Vector512.Max(m2, s2), Vector512.Max(m3, s3));
            n0 -= Vector512.GreaterThan(s0, zero).AsInt32();
            n1 -= Vector512.GreaterThan(s1, zero).AsInt32();
            n2 -= Vector512.GreaterThan(s2, zero).AsInt32();
            n3 -= Vector512.GreaterThan(s3, zero).AsInt32();
        }

        for (; at < count; at += Width)
        {
            Vector512<float> sum = start;
            for (int tap = 0; tap < taps; tap++)
            {
                sum = Vector512.FusedMultiplyAdd(Vector512.Create(weights[tap]), Vector512.Load(x + at + offsets[tap]), sum);
            }

            sum = Within(sum, count - at);
            m0 = Vector512.Max(m0, sum);
            n0 -= Vector512.GreaterThan(sum, zero).AsInt32();
        }

        Vector512<float> largest = Vector512.Max(Vector512.Max(m0, m1), Vector512.Max(m2, m3));
        return (Largest(largest), Vector512.Sum(n0 + n1 + (n2 + n3)));
    }

    /// <summary>
    /// The sums of a kernel of nine steps centred on their place, with weights of -1 but for three of 2 (MiniRocket), from the part that all such kernels share.
    /// </summary>
    /// <param name="x">The first place, with four steps readable on either side.</param>
    /// <param name="shared">Minus the sum of the nine steps [count], from <see cref="SharedPart"/>.</param>
    /// <param name="first">Distance from the place to the first of the three, in numbers.</param>
    /// <param name="second">To the second.</param>
    /// <param name="third">To the third.</param>
    /// <param name="to">The sums [count].</param>
    /// <param name="count">How many places.</param>
    public static void AddThree(float* x, float* shared, nint first, nint second, nint third, float* to, int count)
    {
        Vector512<float> three = Vector512.Create(3f);
        for (int at = 0; at < count; at += Width)
        {
            Vector512<float> sum = Vector512.Load(x + at + first) + Vector512.Load(x + at + second) + Vector512.Load(x + at + third);
            Vector512.FusedMultiplyAdd(three, sum, Vector512.Load(shared + at)).Store(to + at);
        }
    }

    /// <summary>Minus the sum of nine steps, <paramref name="step"/> apart and centred on their place.</summary>
    public static void SharedPart(float* x, nint step, float* to, int count)
    {
        for (int at = 0; at < count; at += Width)
        {
            float* from = x + at - 4 * step;
            Vector512<float> sum = Vector512.Load(from);
            for (int tap = 1; tap < 9; tap++)
            {
                sum += Vector512.Load(from + tap * step);
            }

            (-sum).Store(to + at);
        }
    }

    /// <summary>to += from.</summary>
    public static void Add(float* from, float* to, int count)
    {
        int at = 0;
        for (; at + Width <= count; at += Width)
        {
            (Vector512.Load(to + at) + Vector512.Load(from + at)).Store(to + at);
        }

        for (; at < count; at++)
        {
            to[at] += from[at];
        }
    }

    /// <summary>For each threshold how many of the values are above it.</summary>
    public static void CountAbove(float* values, int count, ReadOnlySpan<float> thresholds, Span<int> counts)
    {
        int k = 0;
        for (; k + 4 <= thresholds.Length; k += 4)
        {
            Vector512<float> t0 = Vector512.Create(thresholds[k]), t1 = Vector512.Create(thresholds[k + 1]), t2 = Vector512.Create(thresholds[k + 2]), t3 = Vector512.Create(thresholds[k + 3]);
            Vector512<int> n0 = Vector512<int>.Zero, n1 = n0, n2 = n0, n3 = n0;
            for (int at = 0; at < count; at += Width)
            {
                Vector512<float> value = Vector512.Load(values + at);
                value = count - at < Width ? Within(value, count - at) : value;
                n0 -= Vector512.GreaterThan(value, t0).AsInt32();
                n1 -= Vector512.GreaterThan(value, t1).AsInt32();
                n2 -= Vector512.GreaterThan(value, t2).AsInt32();
                n3 -= Vector512.GreaterThan(value, t3).AsInt32();
            }

            (counts[k], counts[k + 1], counts[k + 2], counts[k + 3]) = (Vector512.Sum(n0), Vector512.Sum(n1), Vector512.Sum(n2), Vector512.Sum(n3));
        }

        for (; k < thresholds.Length; k++)
        {
            Vector512<float> threshold = Vector512.Create(thresholds[k]);
            Vector512<int> above = Vector512<int>.Zero;
            for (int at = 0; at < count; at += Width)
            {
                Vector512<float> value = Vector512.Load(values + at);
                above -= Vector512.GreaterThan(count - at < Width ? Within(value, count - at) : value, threshold).AsInt32();
            }

            counts[k] = Vector512.Sum(above);
        }
    }

    /// <summary>The first lanes, and minus infinity in the others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Within(Vector512<float> values, int lanes) =>
        Vector512.ConditionalSelect(Vector512.LessThan(Lanes, Vector512.Create(lanes)).AsSingle(), values, Vector512.Create(float.NegativeInfinity));

    private static float Largest(Vector512<float> values)
    {
        Vector256<float> half = Vector256.Max(values.GetLower(), values.GetUpper());
        Vector128<float> quarter = Vector128.Max(half.GetLower(), half.GetUpper());
        return MathF.Max(MathF.Max(quarter[0], quarter[1]), MathF.Max(quarter[2], quarter[3]));
    }
}
