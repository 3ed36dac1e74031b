using System.Numerics;

namespace Strata.Tensors.Gradients.Rules;

/// <summary>A fixed factor times x.</summary>
internal sealed unsafe class ScaleRule<T> : Rule<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static ScaleRule<T> Instance { get; } = new();

    public override void Forward(Tape<T> tape, ref Node<T> node)
    {
        new Span<T>(node.Value, node.Shape.Count).Clear();
        VectorLoops.AddScaledTo(tape.Input(node, 0).Value, T.CreateTruncating(node.Settings.First), node.Value, node.Shape.Count);
    }

    public override void Backward(Tape<T> tape, ref Node<T> node) =>
        VectorLoops.AddScaledTo(node.Gradient, T.CreateTruncating(node.Settings.First), tape.GradientOfInput(node, 0), node.Shape.Count);
}
