using System.Numerics;

namespace Strata.Tensors.Gradients.Rules;

/// <summary>Inputs one after the other along one dimension, the others being equal.</summary>
internal sealed unsafe class JoinRule<T> : Rule<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static JoinRule<T> Instance { get; } = new();

    public static Settings Along(int dimension)
    {
        var settings = default(Settings);
        settings.Whole[0] = dimension;
        return settings;
    }

    public override void Forward(Tape<T> tape, ref Node<T> node)
    {
        (int blocks, int whole) = Layout(node);
        for (int input = 0, place = 0; input < node.InputCount; input++)
        {
            ref Node<T> from = ref tape.Input(node, input);
            int block = blocks == 0 ? 0 : from.Shape.Count / blocks;
            for (int i = 0; i < blocks; i++)
            {
                new ReadOnlySpan<T>(from.Value + (nint)i * block, block).CopyTo(new Span<T>(node.Value + (nint)i * whole + place, block));
            }

            place += block;
        }
    }

    public override void Backward(Tape<T> tape, ref Node<T> node)
    {
        (int blocks, int whole) = Layout(node);
        for (int input = 0, place = 0; input < node.InputCount; input++)
        {
            int block = blocks == 0 ? 0 : tape.Input(node, input).Shape.Count / blocks;
            T* gradient = tape.GradientOfInput(node, input);
            for (int i = 0; gradient is not null && i < blocks; i++)
            {
                VectorLoops.AddTo(node.Gradient + (nint)i * whole + place, gradient + (nint)i * block, block);
            }

            place += block;
        }
    }

    /// <summary>How many blocks of neighbouring numbers the result has, and how long they are.</summary>
    private static (int Blocks, int Whole) Layout(in Node<T> node)
    {
        int blocks = 1;
        for (int i = 0; i < node.Settings.Whole[0]; i++)
        {
            blocks *= node.Shape[i];
        }

        return (blocks, blocks == 0 ? 0 : node.Shape.Count / blocks);
    }
}
