using System.Numerics;

namespace Strata.Tensors.Backends;

/// <summary>Poolings by their definition, one number at a time.</summary>
internal static unsafe class PlainPooling
{
    public static void Max<T>(in ConvolutionGeometry g, T* x, T* y, int* chosen)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (nint to = 0; to < g.Output(g.Batch, 0, 0); to++)
        {
            chosen[to] = -1;
            for (int tap = 0; tap < g.Taps; tap++)
            {
                if (TryInput(g, to, tap, out nint from) && (chosen[to] < 0 || x[from] > y[to] || T.IsNaN(x[from])))
                {
                    (y[to], chosen[to]) = (x[from], tap);
                }
            }
        }
    }

    public static void MaxBack<T>(in ConvolutionGeometry g, T* dy, int* chosen, T* dx, bool adds)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Clear(dx, g.Input(g.Batch, 0, 0), adds);
        for (nint from = 0; from < g.Output(g.Batch, 0, 0); from++)
        {
            if (TryInput(g, from, chosen[from], out nint to))
            {
                dx[to] += dy[from];
            }
        }
    }

    public static void Mean<T>(in ConvolutionGeometry g, T* x, T* y, bool countsPadding)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (nint to = 0; to < g.Output(g.Batch, 0, 0); to++)
        {
            y[to] = T.Zero;
            for (int tap = 0; tap < g.Taps; tap++)
            {
                y[to] += TryInput(g, to, tap, out nint from) ? x[from] / Count<T>(g, to, countsPadding) : T.Zero;
            }
        }
    }

    public static void MeanBack<T>(in ConvolutionGeometry g, T* dy, T* dx, bool countsPadding, bool adds)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Clear(dx, g.Input(g.Batch, 0, 0), adds);
        for (nint from = 0; from < g.Output(g.Batch, 0, 0); from++)
        {
            for (int tap = 0; tap < g.Taps; tap++)
            {
                if (TryInput(g, from, tap, out nint to))
                {
                    dx[to] += dy[from] / Count<T>(g, from, countsPadding);
                }
            }
        }
    }

    public static void MaxSteps<T>(in StepSpan span, T* x, T* y, int* chosen)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < span.Batch * span.Width; i++)
        {
            T* from = First(span, x, i);
            (y[i], chosen[i]) = (*from, 0);
            for (int step = 1; step < span.Length(i / span.Width); step++)
            {
                T value = from[(nint)step * span.Width];
                if (value > y[i] || T.IsNaN(value))
                {
                    (y[i], chosen[i]) = (value, step);
                }
            }
        }
    }

    public static void MaxStepsBack<T>(in StepSpan span, T* dy, int* chosen, T* dx, bool adds)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Clear(dx, (nint)span.Batch * span.Steps * span.Width, adds);
        for (int i = 0; i < span.Batch * span.Width; i++)
        {
            First(span, dx, i)[(nint)chosen[i] * span.Width] += dy[i];
        }
    }

    public static void MeanSteps<T>(in StepSpan span, T* x, T* y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < span.Batch * span.Width; i++)
        {
            int steps = span.Length(i / span.Width);
            y[i] = T.Zero;
            for (int step = 0; step < steps; step++)
            {
                y[i] += First(span, x, i)[(nint)step * span.Width] / T.CreateTruncating(steps);
            }
        }
    }

    public static void MeanStepsBack<T>(in StepSpan span, T* dy, T* dx, bool adds)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Clear(dx, (nint)span.Batch * span.Steps * span.Width, adds);
        for (int i = 0; i < span.Batch * span.Width; i++)
        {
            int steps = span.Length(i / span.Width);
            for (int step = 0; step < steps; step++)
            {
                First(span, dx, i)[(nint)step * span.Width] += dy[i] / T.CreateTruncating(steps);
            }
        }
    }

    private static void Clear<T>(T* values, nint count, bool adds)
        where T : unmanaged
    {
        for (nint i = 0; i < count && !adds; i++)
        {
            values[i] = default;
        }
    }

    /// <summary>The number under a tap of the window that a result stands for, unless it lies in the padding.</summary>
    private static bool TryInput(in ConvolutionGeometry g, nint output, int tap, out nint input)
    {
        int place = (int)(output / g.Outputs), column = place % g.OutWidth, row = place / g.OutWidth % g.OutHeight;
        bool isInside = g.TryPlace(row, column, tap, out int fromRow, out int fromColumn);
        input = g.Input(place / g.OutWidth / g.OutHeight, fromRow, fromColumn) + output % g.Outputs;
        return isInside;
    }

    private static T Count<T>(in ConvolutionGeometry g, nint output, bool countsPadding)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int place = (int)(output / g.Outputs);
        return T.CreateTruncating(countsPadding ? g.Taps : g.TapsInside(place / g.OutWidth % g.OutHeight, place % g.OutWidth));
    }

    /// <summary>A column of a series, at its first step.</summary>
    private static T* First<T>(in StepSpan span, T* x, int column)
        where T : unmanaged => x + (nint)(column / span.Width) * span.Steps * span.Width + column % span.Width;
}
