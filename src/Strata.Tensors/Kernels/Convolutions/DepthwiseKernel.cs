using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Strata.Tensors.Kernels.Convolutions;

/// <summary>The inner loops of convolutions where each channel has a kernel of its own: channels side by side in vectors, taps one after the other.</summary>
internal static unsafe class DepthwiseKernel
{
    private const int Width = 16;

    /// <summary>One line of places: target[j, c] = start[j, c] + sum over taps of left[j + tap, c] weights[tap, c].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Line(int taps, nint* offsets, int columns, int channels, float* left, nint leftStep, float* weights, float* target, nint targetStep, float* start, nint startStep)
    {
        for (int j = 0; j < columns; j++, left += leftStep, target += targetStep)
        {
            float* begin = start is null ? null : start + j * startStep;
            int c = 0;
            for (; c + Width <= channels; c += Width)
            {
                Vector512<float> sum = begin is null ? Vector512<float>.Zero : Vector512.Load(begin + c);
                for (int tap = 0; tap < taps; tap++)
                {
                    sum = Vector512.FusedMultiplyAdd(Vector512.Load(left + offsets[tap] + c), Vector512.Load(weights + (nint)tap * channels + c), sum);
                }

                sum.Store(target + c);
            }

            for (; c < channels; c++)
            {
                float sum = begin is null ? 0 : begin[c];
                for (int tap = 0; tap < taps; tap++)
                {
                    sum = MathF.FusedMultiplyAdd(left[offsets[tap] + c], weights[(nint)tap * channels + c], sum);
                }

                target[c] = sum;
            }
        }
    }

    /// <summary>One tap's gradient over one line of places: sums[c] += sum over j of left[j, c] right[j, c].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void WeightLine(int columns, int channels, float* left, nint leftStep, float* right, float* sums)
    {
        int c = 0;
        for (; c + Width <= channels; c += Width)
        {
            Vector512<float> even = Vector512.Load(sums + c), odd = Vector512<float>.Zero;
            float* a = left + c, b = right + c;
            int j = 0;
            for (; j + 2 <= columns; j += 2, a += 2 * leftStep, b += 2 * channels)
            {
                even = Vector512.FusedMultiplyAdd(Vector512.Load(a), Vector512.Load(b), even);
                odd = Vector512.FusedMultiplyAdd(Vector512.Load(a + leftStep), Vector512.Load(b + channels), odd);
            }

            if (j < columns)
            {
                even = Vector512.FusedMultiplyAdd(Vector512.Load(a), Vector512.Load(b), even);
            }

            (even + odd).Store(sums + c);
        }

        for (; c < channels; c++)
        {
            float sum = sums[c];
            for (int j = 0; j < columns; j++)
            {
                sum = MathF.FusedMultiplyAdd(left[j * leftStep + c], right[(nint)j * channels + c], sum);
            }

            sums[c] = sum;
        }
    }
}
