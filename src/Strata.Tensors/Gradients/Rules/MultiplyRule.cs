using System.Numerics;

namespace Strata.Tensors.Gradients.Rules;

/// <summary>a b element by element, where b's shape is a's or the end of it and is then repeated.</summary>
internal sealed unsafe class MultiplyRule<T> : Rule<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static MultiplyRule<T> Instance { get; } = new();

    public override void Forward(Tape<T> tape, ref Node<T> node)
    {
        ref Node<T> a = ref tape.Input(node, 0), b = ref tape.Input(node, 1);
        for (int at = 0, size = b.Shape.Count; at < node.Shape.Count; at += size)
        {
            VectorLoops.Multiply(a.Value + at, b.Value, node.Value + at, size);
        }
    }

    public override void Backward(Tape<T> tape, ref Node<T> node)
    {
        ref Node<T> a = ref tape.Input(node, 0), b = ref tape.Input(node, 1);
        T* da = tape.GradientOfInput(node, 0), db = tape.GradientOfInput(node, 1);
        for (int at = 0, size = b.Shape.Count; at < node.Shape.Count; at += size)
        {
            if (da is not null)
            {
                VectorLoops.AddProductTo(node.Gradient + at, b.Value, da + at, size);
            }

            if (db is not null)
            {
                VectorLoops.AddProductTo(node.Gradient + at, a.Value + at, db, size);
            }
        }
    }
}
