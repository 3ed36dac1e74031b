using System.Numerics;

namespace Strata.Tensors.Backends;

/// <summary>Convolutions by their definition: y[p, o] = sum over taps t and channels c of x[p + t, c] w[o, t, c], and its two gradients.</summary>
internal static unsafe class PlainConvolution
{
    private enum Wanted
    {
        Result,
        DataGradient,
        WeightGradient,
    }

    /// <summary>y = x * w + bias; no bias when null.</summary>
    public static void Forward<T>(in ConvolutionGeometry g, T* x, T* weights, T* bias, T* y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Start(y, g.Output(g.Batch, 0, 0), bias, g.Outputs);
        Walk(g, x, weights, y, Wanted.Result);
    }

    /// <summary>dx = dy * w + bias, or dx += dy * w.</summary>
    public static void DataGradient<T>(in ConvolutionGeometry g, T* dy, T* weights, T* bias, T* dx, bool adds)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!adds)
        {
            Start(dx, g.Input(g.Batch, 0, 0), bias, g.Channels);
        }

        Walk(g, dx, weights, dy, Wanted.DataGradient);
    }

    /// <summary>dw += dy * x.</summary>
    public static void WeightGradient<T>(in ConvolutionGeometry g, T* x, T* dy, T* dw)
        where T : unmanaged, IFloatingPointIeee754<T> => Walk(g, x, dw, dy, Wanted.WeightGradient);

    private static void Start<T>(T* values, nint count, T* bias, int channels)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (nint i = 0; i < count; i++)
        {
            values[i] = bias is null ? T.Zero : bias[i % channels];
        }
    }

    /// <summary>Every product of the definition, of two added to the third.</summary>
    private static void Walk<T>(in ConvolutionGeometry g, T* x, T* w, T* y, Wanted wanted)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int place = 0; place < g.Batch * g.OutHeight * g.OutWidth; place++)
        {
            int image = place / (g.OutHeight * g.OutWidth), outRow = place / g.OutWidth % g.OutHeight, outColumn = place % g.OutWidth;
            for (int tap = 0; tap < g.Taps; tap++)
            {
                if (!g.TryPlace(outRow, outColumn, tap, out int row, out int column))
                {
                    continue;
                }

                for (int o = 0; o < g.Outputs; o++)
                {
                    T* from = x + g.Input(image, row, column) + o / g.GroupOutputs * g.GroupChannels, kernel = w + (nint)o * g.KernelLength + tap * g.GroupChannels, to = y + g.Output(image, outRow, outColumn) + o;
                    for (int c = 0; c < g.GroupChannels; c++)
                    {
                        switch (wanted)
                        {
                            case Wanted.Result: *to += from[c] * kernel[c]; break;
                            case Wanted.DataGradient: from[c] += *to * kernel[c]; break;
                            default: kernel[c] += *to * from[c]; break;
                        }
                    }
                }
            }
        }
    }
}
