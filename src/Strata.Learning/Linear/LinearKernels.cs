using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Strata.Tensors.Kernels;

namespace Strata.Learning.Linear;

/// <summary>
/// The loops over rows in which linear models spend their time. Every element is computed by the same fused operations in the vector part and in the
/// scalar tail, so that a row's result does not depend on the rows beside it.
/// </summary>
internal static class LinearKernels
{
    private const int Width = 8;

    /// <summary>z[i] += sum over columns j of coefficients[j] * x[i, j], in the order of the columns.</summary>
    public static void AddScores(DesignBlock block, ReadOnlySpan<double> coefficients, Span<double> z)
    {
        if (block.Sparse is not null)
        {
            SparseKernels.AddScores(block.Sparse, block.FirstRow, block.Count, coefficients, z);
            return;
        }

        int j = 0;
        for (; j <= coefficients.Length - 4; j += 4)
        {
            AddFour(
                ref MemoryMarshal.GetReference(block.Column(j)),
                ref MemoryMarshal.GetReference(block.Column(j + 1)),
                ref MemoryMarshal.GetReference(block.Column(j + 2)),
                ref MemoryMarshal.GetReference(block.Column(j + 3)),
                coefficients.Slice(j, 4),
                z[..block.Count]);
        }

        for (; j < coefficients.Length; j++)
        {
            VectorKernels.AddScaled(block.Column(j), coefficients[j], z);
        }
    }

    /// <summary>sums[j] += sum over rows i of x[i, j] * r[i].</summary>
    public static void AddProducts(DesignBlock block, ReadOnlySpan<double> r, Span<double> sums)
    {
        if (block.Sparse is not null)
        {
            SparseKernels.AddProducts(block.Sparse, block.FirstRow, block.Count, r, sums);
            return;
        }

        int j = 0;
        for (; j <= sums.Length - 4; j += 4)
        {
            DotFour(
                ref MemoryMarshal.GetReference(block.Column(j)),
                ref MemoryMarshal.GetReference(block.Column(j + 1)),
                ref MemoryMarshal.GetReference(block.Column(j + 2)),
                ref MemoryMarshal.GetReference(block.Column(j + 3)),
                r[..block.Count],
                sums.Slice(j, 4));
        }

        for (; j < sums.Length; j++)
        {
            sums[j] += VectorKernels.Dot(block.Column(j), r[..block.Count]);
        }
    }

    public static double Sum(ReadOnlySpan<double> values)
    {
        ref double x = ref MemoryMarshal.GetReference(values);
        Vector512<double> s0 = Vector512<double>.Zero, s1 = s0;
        int i = 0;
        for (; i <= values.Length - 2 * Width; i += 2 * Width)
        {
            s0 += Load(ref x, i);
            s1 += Load(ref x, i + Width);
        }

        double sum = Vector512.Sum(s0 + s1);
        for (; i < values.Length; i++)
        {
            sum += values[i];
        }

        return sum;
    }

    /// <summary>The sum of weights[i] * (x[i] - center)²; no weights count as one each.</summary>
    public static double SquaredDistances(ReadOnlySpan<double> x, double center, ReadOnlySpan<double> weights)
    {
        ref double from = ref MemoryMarshal.GetReference(x);
        ref double by = ref MemoryMarshal.GetReference(weights);
        Vector512<double> centers = Vector512.Create(center), s0 = Vector512<double>.Zero, s1 = s0;
        int i = 0;
        for (; i <= x.Length - 2 * Width; i += 2 * Width)
        {
            Vector512<double> d0 = Load(ref from, i) - centers, d1 = Load(ref from, i + Width) - centers;
            s0 = Vector512.FusedMultiplyAdd(weights.IsEmpty ? d0 : d0 * Load(ref by, i), d0, s0);
            s1 = Vector512.FusedMultiplyAdd(weights.IsEmpty ? d1 : d1 * Load(ref by, i + Width), d1, s1);
        }

        double sum = Vector512.Sum(s0 + s1);
        for (; i < x.Length; i++)
        {
            sum += (weights.IsEmpty ? 1 : weights[i]) * (x[i] - center) * (x[i] - center);
        }

        return sum;
    }

    /// <summary>to[i] = (x[i] - center) * factor * roots[i].</summary>
    public static void Standardize(ReadOnlySpan<double> x, double center, double factor, ReadOnlySpan<double> roots, Span<double> to)
    {
        ref double from = ref MemoryMarshal.GetReference(x);
        ref double by = ref MemoryMarshal.GetReference(roots);
        Vector512<double> centers = Vector512.Create(center), factors = Vector512.Create(factor);
        int i = 0;
        for (; i <= x.Length - Width; i += Width)
        {
            ((Load(ref from, i) - centers) * factors * Load(ref by, i)).StoreUnsafe(ref MemoryMarshal.GetReference(to), (nuint)i);
        }

        for (; i < x.Length; i++)
        {
            to[i] = (x[i] - center) * factor * roots[i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Load(ref double from, int at) => Vector512.LoadUnsafe(ref from, (nuint)at);

    private static void AddFour(ref double x0, ref double x1, ref double x2, ref double x3, ReadOnlySpan<double> factors, Span<double> z)
    {
        ref double to = ref MemoryMarshal.GetReference(z);
        double b0 = factors[0], b1 = factors[1], b2 = factors[2], b3 = factors[3];
        Vector512<double> f0 = Vector512.Create(b0), f1 = Vector512.Create(b1), f2 = Vector512.Create(b2), f3 = Vector512.Create(b3);
        int i = 0;
        for (; i <= z.Length - Width; i += Width)
        {
            Vector512<double> sum = Vector512.FusedMultiplyAdd(f0, Load(ref x0, i), Load(ref to, i));
            sum = Vector512.FusedMultiplyAdd(f1, Load(ref x1, i), sum);
            sum = Vector512.FusedMultiplyAdd(f2, Load(ref x2, i), sum);
            Vector512.FusedMultiplyAdd(f3, Load(ref x3, i), sum).StoreUnsafe(ref to, (nuint)i);
        }

        for (; i < z.Length; i++)
        {
            double sum = Math.FusedMultiplyAdd(b0, Unsafe.Add(ref x0, i), z[i]);
            sum = Math.FusedMultiplyAdd(b1, Unsafe.Add(ref x1, i), sum);
            sum = Math.FusedMultiplyAdd(b2, Unsafe.Add(ref x2, i), sum);
            z[i] = Math.FusedMultiplyAdd(b3, Unsafe.Add(ref x3, i), sum);
        }
    }

    private static void DotFour(ref double x0, ref double x1, ref double x2, ref double x3, ReadOnlySpan<double> r, Span<double> sums)
    {
        ref double by = ref MemoryMarshal.GetReference(r);
        Vector512<double> s0 = Vector512<double>.Zero, s1 = s0, s2 = s0, s3 = s0;
        int i = 0;
        for (; i <= r.Length - Width; i += Width)
        {
            Vector512<double> y = Load(ref by, i);
            s0 = Vector512.FusedMultiplyAdd(Load(ref x0, i), y, s0);
            s1 = Vector512.FusedMultiplyAdd(Load(ref x1, i), y, s1);
            s2 = Vector512.FusedMultiplyAdd(Load(ref x2, i), y, s2);
            s3 = Vector512.FusedMultiplyAdd(Load(ref x3, i), y, s3);
        }

        double d0 = Vector512.Sum(s0), d1 = Vector512.Sum(s1), d2 = Vector512.Sum(s2), d3 = Vector512.Sum(s3);
        for (; i < r.Length; i++)
        {
            d0 += Unsafe.Add(ref x0, i) * r[i];
            d1 += Unsafe.Add(ref x1, i) * r[i];
            d2 += Unsafe.Add(ref x2, i) * r[i];
            d3 += Unsafe.Add(ref x3, i) * r[i];
        }

        sums[0] += d0;
        sums[1] += d1;
        sums[2] += d2;
        sums[3] += d3;
    }
}
