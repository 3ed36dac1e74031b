using System.Numerics;

namespace Strata.Tensors.Gradients.Rules;

/// <summary>The largest number, or the mean, over all steps of each series that count.</summary>
internal sealed unsafe class StepPoolRule<T> : Rule<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static StepPoolRule<T> Instance { get; } = new();

    /// <summary>What is kept: the series' lengths, and for the largest the step of each result.</summary>
    internal readonly record struct Memory(StepSpan Span, nint Chosen);

    public override void Forward(Tape<T> tape, ref Node<T> node)
    {
        ref readonly Memory memory = ref *(Memory*)node.Kept;
        T* x = tape.Input(node, 0).Value;
        if (memory.Chosen != 0)
        {
            tape.Backend.MaxSteps(memory.Span, x, node.Value, (int*)memory.Chosen);
        }
        else
        {
            tape.Backend.MeanSteps(memory.Span, x, node.Value);
        }
    }

    public override void Backward(Tape<T> tape, ref Node<T> node)
    {
        ref readonly Memory memory = ref *(Memory*)node.Kept;
        T* dx = tape.GradientOfInput(node, 0, out bool adds);
        if (memory.Chosen != 0)
        {
            tape.Backend.MaxStepsBack(memory.Span, node.Gradient, (int*)memory.Chosen, dx, adds);
        }
        else
        {
            tape.Backend.MeanStepsBack(memory.Span, node.Gradient, dx, adds);
        }
    }
}
