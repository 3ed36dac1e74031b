using System.Numerics;

namespace Strata.Tensors.Gradients.Rules;

/// <summary>The largest number under each window, whose gradient goes to where it was found, or the mean number, whose gradient goes to all of the window in equal shares.</summary>
internal sealed unsafe class PoolRule<T> : Rule<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static PoolRule<T> Instance { get; } = new();

    /// <summary>What is kept: the geometry, and for the largest the tap of each result.</summary>
    internal readonly record struct Memory(ConvolutionGeometry Geometry, nint Chosen, bool CountsPadding);

    public override void Forward(Tape<T> tape, ref Node<T> node)
    {
        ref readonly Memory memory = ref *(Memory*)node.Kept;
        T* x = tape.Input(node, 0).Value;
        if (memory.Chosen != 0)
        {
            tape.Backend.MaxPool(memory.Geometry, x, node.Value, (int*)memory.Chosen);
        }
        else
        {
            tape.Backend.MeanPool(memory.Geometry, x, node.Value, memory.CountsPadding);
        }
    }

    public override void Backward(Tape<T> tape, ref Node<T> node)
    {
        ref readonly Memory memory = ref *(Memory*)node.Kept;
        T* dx = tape.GradientOfInput(node, 0, out bool adds);
        if (memory.Chosen != 0)
        {
            tape.Backend.MaxPoolBack(memory.Geometry, node.Gradient, (int*)memory.Chosen, dx, adds);
        }
        else
        {
            tape.Backend.MeanPoolBack(memory.Geometry, node.Gradient, dx, memory.CountsPadding, adds);
        }
    }
}
