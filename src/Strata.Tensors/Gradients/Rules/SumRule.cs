using System.Numerics;

namespace Strata.Tensors.Gradients.Rules;

/// <summary>A fixed factor times the sum of all elements.</summary>
internal sealed unsafe class SumRule<T> : Rule<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static SumRule<T> Instance { get; } = new();

    public override void Forward(Tape<T> tape, ref Node<T> node)
    {
        ref Node<T> x = ref tape.Input(node, 0);
        *node.Value = VectorLoops.Sum(x.Value, x.Shape.Count) * T.CreateTruncating(node.Settings.First);
    }

    public override void Backward(Tape<T> tape, ref Node<T> node)
    {
        T* dx = tape.GradientOfInput(node, 0);
        T share = *node.Gradient * T.CreateTruncating(node.Settings.First);
        for (int i = 0; i < tape.Input(node, 0).Shape.Count; i++)
        {
            dx[i] += share;
        }
    }
}
