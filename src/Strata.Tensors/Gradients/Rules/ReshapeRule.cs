using System.Numerics;

namespace Strata.Tensors.Gradients.Rules;

/// <summary>The input's own numbers under another shape: the gradient is handed on as it is.</summary>
internal sealed unsafe class ReshapeRule<T> : Rule<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static ReshapeRule<T> Instance { get; } = new();

    public override void Forward(Tape<T> tape, ref Node<T> node) => node.Value = tape.Input(node, 0).Value;

    public override void Backward(Tape<T> tape, ref Node<T> node) => tape.HandGradientTo(node, 0);
}
