using System.Numerics;

namespace Strata.Tensors.Gradients.Rules;

/// <summary>Inputs of equal rows side by side along the last dimension.</summary>
internal sealed unsafe class JoinRule<T> : Rule<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static JoinRule<T> Instance { get; } = new();

    public override void Forward(Tape<T> tape, ref Node<T> node)
    {
        for (int input = 0, place = 0; input < node.InputCount; input++)
        {
            ref Node<T> from = ref tape.Input(node, input);
            int width = from.Shape.Width;
            for (int row = 0; row < node.Shape.Rows; row++)
            {
                new ReadOnlySpan<T>(from.Value + (nint)row * width, width).CopyTo(new Span<T>(node.Value + (nint)row * node.Shape.Width + place, width));
            }

            place += width;
        }
    }

    public override void Backward(Tape<T> tape, ref Node<T> node)
    {
        for (int input = 0, place = 0; input < node.InputCount; input++)
        {
            int width = tape.Input(node, input).Shape.Width;
            T* gradient = tape.GradientOfInput(node, input);
            for (int row = 0; gradient is not null && row < node.Shape.Rows; row++)
            {
                VectorLoops.AddTo(node.Gradient + (nint)row * node.Shape.Width + place, gradient + (nint)row * width, width);
            }

            place += width;
        }
    }
}
