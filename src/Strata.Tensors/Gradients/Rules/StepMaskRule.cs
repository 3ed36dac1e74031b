using System.Numerics;

namespace Strata.Tensors.Gradients.Rules;

/// <summary>A fixed number at all steps of series that do not count; their gradient is 0.</summary>
internal sealed unsafe class StepMaskRule<T> : Rule<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static StepMaskRule<T> Instance { get; } = new();

    public override void Forward(Tape<T> tape, ref Node<T> node)
    {
        ref readonly StepSpan span = ref *(StepSpan*)node.Kept;
        T* x = tape.Input(node, 0).Value;
        int room = span.Steps * span.Width;
        for (int series = 0; series < span.Batch; series++)
        {
            var to = new Span<T>(node.Value + (nint)series * room, room);
            int inside = span.Length(series) * span.Width;
            new ReadOnlySpan<T>(x + (nint)series * room, inside).CopyTo(to);
            to[inside..].Fill(T.CreateTruncating(node.Settings.First));
        }
    }

    public override void Backward(Tape<T> tape, ref Node<T> node)
    {
        ref readonly StepSpan span = ref *(StepSpan*)node.Kept;
        T* dx = tape.GradientOfInput(node, 0);
        for (int series = 0; series < span.Batch; series++)
        {
            nint first = (nint)series * span.Steps * span.Width;
            VectorLoops.AddTo(node.Gradient + first, dx + first, span.Length(series) * span.Width);
        }
    }
}
