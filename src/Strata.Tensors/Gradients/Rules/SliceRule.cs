using System.Numerics;

namespace Strata.Tensors.Gradients.Rules;

/// <summary>Some neighbouring places of one dimension; the gradient goes back to where they were.</summary>
internal sealed unsafe class SliceRule<T> : Rule<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static SliceRule<T> Instance { get; } = new();

    public override void Forward(Tape<T> tape, ref Node<T> node)
    {
        (int blocks, int block, int step, int start) = Layout(tape, node);
        T* from = tape.Input(node, 0).Value + start;
        for (int i = 0; i < blocks; i++)
        {
            new ReadOnlySpan<T>(from + (nint)i * step, block).CopyTo(new Span<T>(node.Value + (nint)i * block, block));
        }
    }

    public override void Backward(Tape<T> tape, ref Node<T> node)
    {
        (int blocks, int block, int step, int start) = Layout(tape, node);
        T* to = tape.GradientOfInput(node, 0) + start;
        for (int i = 0; i < blocks; i++)
        {
            VectorLoops.AddTo(node.Gradient + (nint)i * block, to + (nint)i * step, block);
        }
    }

    /// <summary>How many blocks of neighbouring numbers are taken, how long they are, how far apart they lie in the input, and where the first begins.</summary>
    private static (int Blocks, int Block, int Step, int Start) Layout(Tape<T> tape, in Node<T> node)
    {
        Shape from = tape.Input(node, 0).Shape;
        int along = node.Settings.Whole[0], blocks = 1, inner = 1;
        for (int i = 0; i < from.Dimensions; i++)
        {
            blocks *= i < along ? from[i] : 1;
            inner *= i > along ? from[i] : 1;
        }

        return (blocks, inner * node.Shape[along], inner * from[along], inner * node.Settings.Whole[1]);
    }
}
