using System.Numerics;

namespace Strata.Tensors.Gradients.Rules;

/// <summary>Each row divided by its root mean square, times a gain (Zhang and Sennrich 2019): with z = x r and g = dy gain, dx = r (g - z mean(g z)).</summary>
internal sealed unsafe class RmsNormRule<T> : Rule<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static RmsNormRule<T> Instance { get; } = new();

    public override void Forward(Tape<T> tape, ref Node<T> node)
    {
        int rows = node.Shape.Rows, width = node.Shape.Width;
        T* x = tape.Input(node, 0).Value, gain = tape.Input(node, 1).Value, ratios = tape.Take<T>(rows);
        T count = T.CreateTruncating(width), epsilon = T.CreateTruncating(node.Settings.First);
        node.Kept = ratios;
        for (int row = 0; row < rows; row++)
        {
            T* from = x + (nint)row * width, to = node.Value + (nint)row * width;
            ratios[row] = T.One / T.Sqrt(VectorLoops.Dot(from, from, width) / count + epsilon);
            VectorLoops.Multiply(from, gain, to, width);
            for (int j = 0; j < width; j++)
            {
                to[j] *= ratios[row];
            }
        }
    }

    public override void Backward(Tape<T> tape, ref Node<T> node)
    {
        int rows = node.Shape.Rows, width = node.Shape.Width;
        T* x = tape.Input(node, 0).Value, gain = tape.Input(node, 1).Value, ratios = (T*)node.Kept, dx = tape.GradientOfInput(node, 0), dgain = tape.GradientOfInput(node, 1), g = tape.Take<T>(width);
        T count = T.CreateTruncating(width);
        for (int row = 0; row < rows; row++)
        {
            T* dy = node.Gradient + (nint)row * width, from = x + (nint)row * width;
            if (dgain is not null)
            {
                VectorLoops.Multiply(dy, from, g, width);
                VectorLoops.AddScaledTo(g, ratios[row], dgain, width);
            }

            if (dx is null)
            {
                continue;
            }

            VectorLoops.Multiply(dy, gain, g, width);
            T along = VectorLoops.Dot(g, from, width) * ratios[row] * ratios[row] * ratios[row] / count;
            VectorLoops.AddScaledTo(g, ratios[row], dx + (nint)row * width, width);
            VectorLoops.AddScaledTo(from, -along, dx + (nint)row * width, width);
        }
    }
}
