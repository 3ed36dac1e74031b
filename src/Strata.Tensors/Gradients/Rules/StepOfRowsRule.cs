using System.Numerics;

namespace Strata.Tensors.Gradients.Rules;

/// <summary>From [batch, steps, width] to [batch, width]: one of each row's steps, by its number; -1 gives zeros.</summary>
internal sealed unsafe class StepOfRowsRule<T> : Rule<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static StepOfRowsRule<T> Instance { get; } = new();

    public override void Forward(Tape<T> tape, ref Node<T> node)
    {
        ref Node<T> x = ref tape.Input(node, 0);
        int width = node.Shape.Width, steps = x.Shape[1];
        int* which = (int*)node.Kept;
        for (int row = 0; row < node.Shape[0]; row++)
        {
            var to = new Span<T>(node.Value + (nint)row * width, width);
            if (which[row] < 0)
            {
                to.Clear();
            }
            else
            {
                new ReadOnlySpan<T>(x.Value + ((nint)row * steps + which[row]) * width, width).CopyTo(to);
            }
        }
    }

    public override void Backward(Tape<T> tape, ref Node<T> node)
    {
        int width = node.Shape.Width, steps = tape.Input(node, 0).Shape[1];
        T* gradient = tape.GradientOfInput(node, 0);
        int* which = (int*)node.Kept;
        for (int row = 0; row < node.Shape[0]; row++)
        {
            if (which[row] >= 0)
            {
                VectorLoops.AddTo(node.Gradient + (nint)row * width, gradient + ((nint)row * steps + which[row]) * width, width);
            }
        }
    }
}
