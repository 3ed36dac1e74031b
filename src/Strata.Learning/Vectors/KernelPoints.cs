using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Strata.Learning.Vectors;

/// <summary>Points, and the kernel of all of them with any one: in tiles of eight points, feature by feature, for vector arithmetic.</summary>
internal sealed class KernelPoints
{
    public const int Unit = 8;
    private const int BlockPoints = 256;
    private readonly double[] tiles, squares;
    private readonly KernelFunction kernel;

    /// <param name="points">Row-major [count, features].</param>
    /// <param name="featureCount">Of each point.</param>
    /// <param name="kernel">The kernel.</param>
    public KernelPoints(double[] points, int featureCount, KernelFunction kernel)
        : this(points, featureCount, kernel, [.. Enumerable.Range(0, featureCount == 0 ? 0 : points.Length / featureCount)])
    {
    }

    /// <summary>Of some of the points.</summary>
    public KernelPoints(double[] points, int featureCount, KernelFunction kernel, ReadOnlySpan<int> chosen)
    {
        (this.kernel, FeatureCount, Count) = (kernel, featureCount, chosen.Length);
        PaddedCount = (Count + 2 * Unit - 1) & -(2 * Unit);
        tiles = new double[(long)PaddedCount * featureCount];
        squares = new double[PaddedCount];
        for (int i = 0; i < Count; i++)
        {
            ReadOnlySpan<double> point = points.AsSpan(chosen[i] * featureCount, featureCount);
            int tile = i / Unit * Unit * featureCount + i % Unit;
            for (int k = 0; k < point.Length; k++)
            {
                tiles[tile + k * Unit] = point[k];
                squares[i] += point[k] * point[k];
            }
        }
    }

    public int Count { get; }

    /// <summary>Places of a row of kernel values; those beyond <see cref="Count"/> mean nothing.</summary>
    public int PaddedCount { get; }

    public int FeatureCount { get; }

    public static double Square(ReadOnlySpan<double> point)
    {
        double sum = 0;
        foreach (double value in point)
        {
            sum += value * value;
        }

        return sum;
    }

    /// <summary>The kernel of each point with itself.</summary>
    public double Diagonal(int i) => kernel.Kind switch
    {
        Kernel.Rbf => 1,
        Kernel.Linear => squares[i],
        _ => Power(kernel.Gamma * squares[i] + kernel.Coef0),
    };

    /// <summary>The kernel of the points from <paramref name="first"/> on with another, as many as the span has places; both are multiples of eight.</summary>
    public void Row(ReadOnlySpan<double> point, double square, int first, Span<double> to)
    {
        Products(point, first, to);
        ref double value = ref MemoryMarshal.GetReference(to);
        switch (kernel.Kind)
        {
            case Kernel.Rbf:
                Vector512<double> gamma = Vector512.Create(-kernel.Gamma), mine = Vector512.Create(square), two = Vector512.Create(-2.0);
                ref double theirs = ref squares[first];
                for (nuint i = 0; i < (nuint)to.Length; i += Unit)
                {
                    Vector512<double> distance = Vector512.FusedMultiplyAdd(two, Vector512.LoadUnsafe(ref value, i), mine + Vector512.LoadUnsafe(ref theirs, i));
                    Vector512.Exp(gamma * Vector512.Max(distance, Vector512<double>.Zero)).StoreUnsafe(ref value, i);
                }

                break;
            case Kernel.Polynomial:
                foreach (ref double product in to)
                {
                    product = Power(kernel.Gamma * product + kernel.Coef0);
                }

                break;
            default:
                break;
        }
    }

    /// <summary>The same rounded to single precision; both are multiples of sixteen.</summary>
    public void Row(ReadOnlySpan<double> point, double square, int first, Span<float> to)
    {
        Span<double> block = stackalloc double[BlockPoints];
        ref double wide = ref MemoryMarshal.GetReference(block);
        ref float narrow = ref MemoryMarshal.GetReference(to);
        for (int start = 0; start < to.Length; start += BlockPoints)
        {
            Span<double> part = block[..Math.Min(BlockPoints, to.Length - start)];
            Row(point, square, first + start, part);
            for (nuint i = 0; i < (nuint)part.Length; i += 2 * Unit)
            {
                Vector512.Narrow(Vector512.LoadUnsafe(ref wide, i), Vector512.LoadUnsafe(ref wide, i + Unit)).StoreUnsafe(ref narrow, (nuint)start + i);
            }
        }
    }

    private double Power(double value)
    {
        double power = 1;
        for (int i = 0; i < kernel.Degree; i++)
        {
            power *= value;
        }

        return power;
    }

    private void Products(ReadOnlySpan<double> point, int first, Span<double> to)
    {
        ref double with = ref MemoryMarshal.GetReference(point);
        int tileLength = Unit * FeatureCount, at = 0;
        for (; at <= to.Length - 4 * Unit; at += 4 * Unit)
        {
            Four(ref tiles[(first + at) * FeatureCount], tileLength, ref with, ref to[at]);
        }

        for (; at < to.Length; at += Unit)
        {
            ref double tile = ref tiles[(first + at) * FeatureCount];
            Vector512<double> sum = Vector512<double>.Zero;
            for (int k = 0; k < FeatureCount; k++)
            {
                sum = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref with, k)), Vector512.LoadUnsafe(ref tile, (nuint)(k * Unit)), sum);
            }

            sum.StoreUnsafe(ref to[at]);
        }
    }

    private void Four(ref double tile, int tileLength, ref double with, ref double to)
    {
        ref double tile1 = ref Unsafe.Add(ref tile, tileLength);
        ref double tile2 = ref Unsafe.Add(ref tile1, tileLength);
        ref double tile3 = ref Unsafe.Add(ref tile2, tileLength);
        Vector512<double> s0 = Vector512<double>.Zero, s1 = s0, s2 = s0, s3 = s0;
        for (int k = 0; k < FeatureCount; k++)
        {
            Vector512<double> x = Vector512.Create(Unsafe.Add(ref with, k));
            nuint at = (nuint)(k * Unit);
            s0 = Vector512.FusedMultiplyAdd(x, Vector512.LoadUnsafe(ref tile, at), s0);
            s1 = Vector512.FusedMultiplyAdd(x, Vector512.LoadUnsafe(ref tile1, at), s1);
            s2 = Vector512.FusedMultiplyAdd(x, Vector512.LoadUnsafe(ref tile2, at), s2);
            s3 = Vector512.FusedMultiplyAdd(x, Vector512.LoadUnsafe(ref tile3, at), s3);
        }

        s0.StoreUnsafe(ref to);
        s1.StoreUnsafe(ref to, Unit);
        s2.StoreUnsafe(ref to, 2 * Unit);
        s3.StoreUnsafe(ref to, 3 * Unit);
    }
}
