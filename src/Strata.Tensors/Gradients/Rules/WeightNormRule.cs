using System.Numerics;

namespace Strata.Tensors.Gradients.Rules;

/// <summary>
/// w = g v / |v| for each kernel, the first dimension's parts (Salimans and Kingma 2016): dg = dw v / |v|, and dv is g / |v| times what of dw stands at right angles to v.
/// </summary>
internal sealed unsafe class WeightNormRule<T> : Rule<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static WeightNormRule<T> Instance { get; } = new();

    public override void Forward(Tape<T> tape, ref Node<T> node)
    {
        T* v = tape.Input(node, 0).Value, g = tape.Input(node, 1).Value, norms = (T*)node.Kept;
        int kernels = node.Shape[0], size = Size(node);
        for (int kernel = 0; kernel < kernels; kernel++, v += size)
        {
            norms[kernel] = T.Sqrt(VectorLoops.Dot(v, v, size));
            T* w = node.Value + (nint)kernel * size;
            new Span<T>(w, size).Clear();
            VectorLoops.AddScaledTo(v, g[kernel] / norms[kernel], w, size);
        }
    }

    public override void Backward(Tape<T> tape, ref Node<T> node)
    {
        T* v = tape.Input(node, 0).Value, g = tape.Input(node, 1).Value, norms = (T*)node.Kept, dv = tape.GradientOfInput(node, 0), dg = tape.GradientOfInput(node, 1), dw = node.Gradient;
        int kernels = node.Shape[0], size = Size(node);
        for (int kernel = 0; kernel < kernels; kernel++, v += size, dw += size)
        {
            T norm = norms[kernel], along = VectorLoops.Dot(dw, v, size) / norm;
            if (dg is not null)
            {
                dg[kernel] += along;
            }

            if (dv is not null)
            {
                T* to = dv + (nint)kernel * size;
                VectorLoops.AddScaledTo(dw, g[kernel] / norm, to, size);
                VectorLoops.AddScaledTo(v, -g[kernel] * along / (norm * norm), to, size);
            }
        }
    }

    private static int Size(in Node<T> node) => node.Shape[0] == 0 ? 0 : node.Shape.Count / node.Shape[0];
}
