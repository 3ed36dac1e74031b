using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Strata.Tensors.Kernels.Normalizations;

/// <summary>The loops of a batch normalisation over one block of rows, sixteen columns at a time.</summary>
internal static unsafe class ColumnNormKernel
{
    private const int Width = 16;

    /// <summary>Mean and sum of squared distances from it, of each column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Measure(float* x, int rows, int width, float* means, float* squares)
    {
        for (int c = 0; c < width; c += Width)
        {
            int lanes = Math.Min(Width, width - c);
            Vector512<float> sum = Vector512<float>.Zero, next = sum;
            float* at = x + c;
            int row = 0;
            for (; row + 2 <= rows; row += 2, at += 2 * (nint)width)
            {
                sum += Load(at, lanes);
                next += Load(at + width, lanes);
            }

            Vector512<float> mean = (sum + next + (row < rows ? Load(at, lanes) : Vector512<float>.Zero)) * Vector512.Create(1f / rows);
            sum = next = Vector512<float>.Zero;
            at = x + c;
            for (row = 0; row + 2 <= rows; row += 2, at += 2 * (nint)width)
            {
                Vector512<float> one = Load(at, lanes) - mean, two = Load(at + width, lanes) - mean;
                sum = Vector512.FusedMultiplyAdd(one, one, sum);
                next = Vector512.FusedMultiplyAdd(two, two, next);
            }

            if (row < rows)
            {
                Vector512<float> one = Load(at, lanes) - mean;
                sum = Vector512.FusedMultiplyAdd(one, one, sum);
            }

            Store(mean, means + c, lanes);
            Store(sum + next, squares + c, lanes);
        }
    }

    /// <summary>y = (x - mean) factor + shift + added, at least 0 if asked.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scale(float* x, float* added, int rows, int width, float* means, float* factors, float* shifts, bool rectifies, float* y)
    {
        Vector512<float> least = Vector512.Create(rectifies ? 0 : float.NegativeInfinity);
        for (int c = 0; c < width; c += Width)
        {
            int lanes = Math.Min(Width, width - c);
            Vector512<float> mean = Load(means + c, lanes), factor = Load(factors + c, lanes), shift = Load(shifts + c, lanes);
            nint at = c;
            for (int row = 0; row < rows; row++, at += width)
            {
                Vector512<float> value = Vector512.FusedMultiplyAdd(Load(x + at, lanes) - mean, factor, shift);
                if (added is not null)
                {
                    value += Load(added + at, lanes);
                }

                // In this order NaN stays NaN.
                Store(Vector512.MaxNative(least, value), y + at, lanes);
            }
        }
    }

    /// <summary>The sums of g and of g (x - mean), where g is dy, but 0 where the gate is shut; g itself goes where it is asked for, which may be dy's own place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SumBack<TGate>(float* dy, float* y, float* x, int rows, int width, float* means, float* factors, float* shifts, float* sums, float* along, float* passed)
        where TGate : struct, IGate
    {
        for (int c = 0; c < width; c += Width)
        {
            int lanes = Math.Min(Width, width - c);
            Vector512<float> mean = Load(means + c, lanes), factor = Load(factors + c, lanes), shift = Load(shifts + c, lanes), sum = Vector512<float>.Zero, product = sum;
            nint at = c;
            for (int row = 0; row < rows; row++, at += width)
            {
                Vector512<float> away = Load(x + at, lanes) - mean, g = Load(dy + at, lanes);
                if (TGate.Shuts)
                {
                    Vector512<float> seen = TGate.SeesResult ? Load(y + at, lanes) : Vector512.FusedMultiplyAdd(away, factor, shift);
                    g = (Vector512.GreaterThan(seen, Vector512<float>.Zero).AsInt32() & g.AsInt32()).AsSingle();
                }

                if (passed is not null)
                {
                    Store(g, passed + at, lanes);
                }

                sum += g;
                product = Vector512.FusedMultiplyAdd(g, away, product);
            }

            Store(sum, sums + c, lanes);
            Store(product, along + c, lanes);
        }
    }

    /// <summary>dx = factors[0] g + factors[1] + factors[2] (x - mean), or dx += that; and what was added is added g where it is given.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ScaleBack<TGate>(float* dy, float* y, float* x, int rows, int width, float* means, float* factors, float* shifts, float* dx, bool adds, float* added)
        where TGate : struct, IGate
    {
        for (int c = 0; c < width; c += Width)
        {
            int lanes = Math.Min(Width, width - c);
            Vector512<float> mean = Load(means + c, lanes), factor = Load(factors + c, lanes), onAll = Load(factors + width + c, lanes), alongX = Load(factors + 2 * (nint)width + c, lanes), shift = Load(shifts + c, lanes);
            nint at = c;
            for (int row = 0; row < rows; row++, at += width)
            {
                Vector512<float> away = Load(x + at, lanes) - mean, g = Load(dy + at, lanes);
                if (TGate.Shuts)
                {
                    Vector512<float> seen = TGate.SeesResult ? Load(y + at, lanes) : Vector512.FusedMultiplyAdd(away, factor, shift);
                    g = (Vector512.GreaterThan(seen, Vector512<float>.Zero).AsInt32() & g.AsInt32()).AsSingle();
                }

                if (dx is not null)
                {
                    Vector512<float> value = Vector512.FusedMultiplyAdd(factor, g, Vector512.FusedMultiplyAdd(alongX, away, onAll));
                    Store(adds ? value + Load(dx + at, lanes) : value, dx + at, lanes);
                }

                if (added is not null)
                {
                    Store(g + Load(added + at, lanes), added + at, lanes);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Load(float* from, int lanes) => lanes == Width ? Vector512.Load(from) : LoadPart(from, lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector512<float> value, float* to, int lanes)
    {
        if (lanes == Width)
        {
            value.Store(to);
        }
        else
        {
            StorePart(value, to, lanes);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector512<float> LoadPart(float* from, int lanes)
    {
        Vector512<float> value = Vector512<float>.Zero;
        new ReadOnlySpan<float>(from, lanes).CopyTo(new Span<float>(&value, Width));
        return value;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void StorePart(Vector512<float> value, float* to, int lanes) => new ReadOnlySpan<float>(&value, lanes).CopyTo(new Span<float>(to, lanes));
}
