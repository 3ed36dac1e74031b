using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Strata.Tensors.Kernels.Poolings;

/// <summary>The largest or the mean number under a window, channels side by side in vectors; one line of windows, or the gradient of one image, at a time.</summary>
internal static unsafe class PoolKernel
{
    private const int Width = 16;

    /// <summary>The largest number of each window, and the tap it was found at; the first one where several are equal. NaN is larger than all.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MaxLine(in ConvolutionGeometry g, int image, int outRow, float* x, float* y, int* chosen)
    {
        for (int outColumn = 0; outColumn < g.OutWidth; outColumn++)
        {
            nint to = g.Output(image, outRow, outColumn);
            int c = 0;
            for (; c + Width <= g.Channels; c += Width)
            {
                Vector512<float> best = Vector512.Create(float.NegativeInfinity);
                Vector512<int> at = Vector512.Create(-1);
                for (int tap = 0; tap < g.Taps; tap++)
                {
                    if (g.TryPlace(outRow, outColumn, tap, out int row, out int column))
                    {
                        Vector512<float> value = Vector512.Load(x + g.Input(image, row, column) + c);
                        Vector512<int> isBetter = Vector512.GreaterThan(value, best).AsInt32() | ~Vector512.Equals(value, value).AsInt32() | Vector512.LessThan(at, Vector512<int>.Zero);
                        best = Vector512.ConditionalSelect(isBetter.AsSingle(), value, best);
                        at = Vector512.ConditionalSelect(isBetter, Vector512.Create(tap), at);
                    }
                }

                best.Store(y + to + c);
                at.Store(chosen + to + c);
            }

            for (; c < g.Channels; c++)
            {
                (y[to + c], chosen[to + c]) = Max(g, image, outRow, outColumn, c, x);
            }
        }
    }

    /// <summary>The gradient goes to the chosen place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MaxLineBack(in ConvolutionGeometry g, int image, int outRow, float* dy, int* chosen, float* dx)
    {
        for (int outColumn = 0; outColumn < g.OutWidth; outColumn++)
        {
            nint from = g.Output(image, outRow, outColumn);
            for (int tap = 0; tap < g.Taps; tap++)
            {
                if (!g.TryPlace(outRow, outColumn, tap, out int row, out int column))
                {
                    continue;
                }

                float* to = dx + g.Input(image, row, column);
                int c = 0;
                for (; c + Width <= g.Channels; c += Width)
                {
                    Vector512<int> isHere = Vector512.Equals(Vector512.Load(chosen + from + c), Vector512.Create(tap));
                    (Vector512.Load(to + c) + (isHere & Vector512.Load(dy + from + c).AsInt32()).AsSingle()).Store(to + c);
                }

                for (; c < g.Channels; c++)
                {
                    to[c] += chosen[from + c] == tap ? dy[from + c] : 0;
                }
            }
        }
    }

    /// <summary>The mean number of each window.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MeanLine(in ConvolutionGeometry g, int image, int outRow, float* x, float* y, bool countsPadding)
    {
        for (int outColumn = 0; outColumn < g.OutWidth; outColumn++)
        {
            nint to = g.Output(image, outRow, outColumn);
            new Span<float>(y + to, g.Channels).Clear();
            float share = Share(g, outRow, outColumn, countsPadding);
            for (int tap = 0; tap < g.Taps; tap++)
            {
                if (g.TryPlace(outRow, outColumn, tap, out int row, out int column))
                {
                    AddScaled(x + g.Input(image, row, column), share, y + to, g.Channels);
                }
            }
        }
    }

    /// <summary>The gradient goes to all places of the window in equal shares.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MeanLineBack(in ConvolutionGeometry g, int image, int outRow, float* dy, float* dx, bool countsPadding)
    {
        for (int outColumn = 0; outColumn < g.OutWidth; outColumn++)
        {
            float share = Share(g, outRow, outColumn, countsPadding);
            for (int tap = 0; tap < g.Taps; tap++)
            {
                if (g.TryPlace(outRow, outColumn, tap, out int row, out int column))
                {
                    AddScaled(dy + g.Output(image, outRow, outColumn), share, dx + g.Input(image, row, column), g.Channels);
                }
            }
        }
    }

    /// <summary>The largest number of each column over some rows, and the row it was found in.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MaxRows(float* x, int rows, nint step, int columns, float* y, int* chosen)
    {
        int c = 0;
        for (; c + Width <= columns; c += Width)
        {
            Vector512<float> best = Vector512.Load(x + c);
            Vector512<int> at = Vector512<int>.Zero, row = at;
            float* from = x + c + step;
            for (int r = 1; r < rows; r++, from += step)
            {
                row += Vector512<int>.One;
                Vector512<float> value = Vector512.Load(from);
                Vector512<int> isBetter = Vector512.GreaterThan(value, best).AsInt32() | ~Vector512.Equals(value, value).AsInt32();
                best = Vector512.ConditionalSelect(isBetter.AsSingle(), value, best);
                at = Vector512.ConditionalSelect(isBetter, row, at);
            }

            best.Store(y + c);
            at.Store(chosen + c);
        }

        for (; c < columns; c++)
        {
            (y[c], chosen[c]) = (x[c], 0);
            for (int r = 1; r < rows; r++)
            {
                float value = x[r * step + c];
                if (value > y[c] || float.IsNaN(value))
                {
                    (y[c], chosen[c]) = (value, r);
                }
            }
        }
    }

    /// <summary>The mean of each column over some rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MeanRows(float* x, int rows, nint step, int columns, float* y)
    {
        float share = 1f / rows;
        int c = 0;
        for (; c + Width <= columns; c += Width)
        {
            Vector512<float> even = Vector512<float>.Zero, odd = even;
            float* from = x + c;
            for (int r = 0; r + 2 <= rows; r += 2, from += 2 * step)
            {
                even += Vector512.Load(from);
                odd += Vector512.Load(from + step);
            }

            ((even + odd + (rows % 2 == 1 ? Vector512.Load(from) : Vector512<float>.Zero)) * Vector512.Create(share)).Store(y + c);
        }

        for (; c < columns; c++)
        {
            float sum = 0;
            for (int r = 0; r < rows; r++)
            {
                sum += x[r * step + c];
            }

            y[c] = sum * share;
        }
    }

    /// <summary>to += factor from.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddScaled(float* from, float factor, float* to, int count)
    {
        int c = 0;
        for (; c + Width <= count; c += Width)
        {
            Vector512.FusedMultiplyAdd(Vector512.Load(from + c), Vector512.Create(factor), Vector512.Load(to + c)).Store(to + c);
        }

        for (; c < count; c++)
        {
            to[c] = MathF.FusedMultiplyAdd(from[c], factor, to[c]);
        }
    }

    private static (float Best, int Tap) Max(in ConvolutionGeometry g, int image, int outRow, int outColumn, int channel, float* x)
    {
        (float best, int at) = (float.NegativeInfinity, -1);
        for (int tap = 0; tap < g.Taps; tap++)
        {
            if (g.TryPlace(outRow, outColumn, tap, out int row, out int column) && x[g.Input(image, row, column) + channel] is float value && (at < 0 || value > best || float.IsNaN(value)))
            {
                (best, at) = (value, tap);
            }
        }

        return (best, at);
    }

    private static float Share(in ConvolutionGeometry g, int outRow, int outColumn, bool countsPadding) => 1f / (countsPadding ? g.Taps : g.TapsInside(outRow, outColumn));
}
