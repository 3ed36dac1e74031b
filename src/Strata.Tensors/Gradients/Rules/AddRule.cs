using System.Numerics;

namespace Strata.Tensors.Gradients.Rules;

/// <summary>a + b, where b's shape is a's or the end of it and is then repeated: db is the sum over the repetitions.</summary>
internal sealed unsafe class AddRule<T> : Rule<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static AddRule<T> Instance { get; } = new();

    public override void Forward(Tape<T> tape, ref Node<T> node)
    {
        ref Node<T> a = ref tape.Input(node, 0), b = ref tape.Input(node, 1);
        for (int at = 0, size = b.Shape.Count; at < node.Shape.Count; at += size)
        {
            VectorLoops.Add(a.Value + at, b.Value, node.Value + at, size);
        }
    }

    public override void Backward(Tape<T> tape, ref Node<T> node)
    {
        T* db = tape.GradientOfInput(node, 1);
        for (int at = 0, size = tape.Input(node, 1).Shape.Count; db is not null && at < node.Shape.Count; at += size)
        {
            VectorLoops.AddTo(node.Gradient + at, db, size);
        }

        // Last, since the memory may go with it.
        tape.HandGradientTo(node, 0);
    }
}
