using System.Numerics;

namespace Strata.Tensors.Gradients.Rules;

/// <summary>Dropout: each element is zero or, where the kept mask has it, the factor times x (inverted, as Srivastava et al. 2014 is written today).</summary>
internal sealed unsafe class MaskRule<T> : Rule<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static MaskRule<T> Instance { get; } = new();

    public override void Forward(Tape<T> tape, ref Node<T> node) => VectorLoops.Multiply(tape.Input(node, 0).Value, (T*)node.Kept, node.Value, node.Shape.Count);

    public override void Backward(Tape<T> tape, ref Node<T> node) => VectorLoops.AddProductTo(node.Gradient, (T*)node.Kept, tape.GradientOfInput(node, 0), node.Shape.Count);
}
