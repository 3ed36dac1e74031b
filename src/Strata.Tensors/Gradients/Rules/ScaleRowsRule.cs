using System.Numerics;

namespace Strata.Tensors.Gradients.Rules;

/// <summary>y[.., j, :] = x[.., j] w[j, :]: dx = the product of dy's row with w's, dw = the sum of x dy.</summary>
internal sealed unsafe class ScaleRowsRule<T> : Rule<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static ScaleRowsRule<T> Instance { get; } = new();

    public override void Forward(Tape<T> tape, ref Node<T> node)
    {
        ref Node<T> x = ref tape.Input(node, 0), w = ref tape.Input(node, 1);
        int rows = w.Shape[0], width = w.Shape[1];
        for (int i = 0; i < x.Shape.Count; i++)
        {
            T* from = w.Value + (nint)(i % rows) * width, to = node.Value + (nint)i * width;
            for (int j = 0; j < width; j++)
            {
                to[j] = x.Value[i] * from[j];
            }
        }
    }

    public override void Backward(Tape<T> tape, ref Node<T> node)
    {
        ref Node<T> x = ref tape.Input(node, 0), w = ref tape.Input(node, 1);
        int rows = w.Shape[0], width = w.Shape[1];
        T* dx = tape.GradientOfInput(node, 0), dw = tape.GradientOfInput(node, 1);
        for (int i = 0; i < x.Shape.Count; i++)
        {
            T* dy = node.Gradient + (nint)i * width;
            nint row = (nint)(i % rows) * width;
            if (dx is not null)
            {
                dx[i] += VectorLoops.Dot(dy, w.Value + row, width);
            }

            if (dw is not null)
            {
                VectorLoops.AddScaledTo(dy, x.Value[i], dw + row, width);
            }
        }
    }
}
