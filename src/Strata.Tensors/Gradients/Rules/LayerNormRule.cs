using System.Numerics;

namespace Strata.Tensors.Gradients.Rules;

/// <summary>
/// Each row brought to mean 0 and variance 1, times a gain plus a shift (Ba et al. 2016): with z = (x - mean) r, r = 1 / sqrt(variance + epsilon),
/// dx = r (g - mean(g) - z mean(g z)) where g = dy gain.
/// </summary>
internal sealed unsafe class LayerNormRule<T> : Rule<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static LayerNormRule<T> Instance { get; } = new();

    public override void Forward(Tape<T> tape, ref Node<T> node)
    {
        int rows = node.Shape.Rows, width = node.Shape.Width;
        T* x = tape.Input(node, 0).Value, gain = tape.Input(node, 1).Value, shift = tape.Input(node, 2).Value, ratios = tape.Take<T>(rows), scaled = tape.Take<T>(node.Shape.Count);
        T count = T.CreateTruncating(width), epsilon = T.CreateTruncating(node.Settings.First);
        for (int row = 0; row < rows; row++)
        {
            T* from = x + (nint)row * width, z = scaled + (nint)row * width, to = node.Value + (nint)row * width;
            T mean = VectorLoops.Sum(from, width) / count, squares = T.Zero;
            for (int j = 0; j < width; j++)
            {
                squares += (from[j] - mean) * (from[j] - mean);
            }

            ratios[row] = T.One / T.Sqrt(squares / count + epsilon);
            for (int j = 0; j < width; j++)
            {
                z[j] = (from[j] - mean) * ratios[row];
                to[j] = z[j] * gain[j] + shift[j];
            }
        }

        T** kept = (T**)tape.Take<nint>(2);
        kept[0] = ratios;
        kept[1] = scaled;
        node.Kept = kept;
    }

    public override void Backward(Tape<T> tape, ref Node<T> node)
    {
        int rows = node.Shape.Rows, width = node.Shape.Width;
        T* ratios = ((T**)node.Kept)[0], scaled = ((T**)node.Kept)[1], gain = tape.Input(node, 1).Value;
        T* dx = tape.GradientOfInput(node, 0), dgain = tape.GradientOfInput(node, 1), dshift = tape.GradientOfInput(node, 2), g = tape.Take<T>(width);
        T count = T.CreateTruncating(width);
        for (int row = 0; row < rows; row++)
        {
            T* dy = node.Gradient + (nint)row * width, z = scaled + (nint)row * width;
            if (dgain is not null)
            {
                VectorLoops.AddProductTo(dy, z, dgain, width);
            }

            if (dshift is not null)
            {
                VectorLoops.AddTo(dy, dshift, width);
            }

            if (dx is null)
            {
                continue;
            }

            VectorLoops.Multiply(dy, gain, g, width);
            T mean = VectorLoops.Sum(g, width) / count, along = VectorLoops.Dot(g, z, width) / count;
            T* to = dx + (nint)row * width;
            for (int j = 0; j < width; j++)
            {
                to[j] += ratios[row] * (g[j] - mean - z[j] * along);
            }
        }
    }
}
