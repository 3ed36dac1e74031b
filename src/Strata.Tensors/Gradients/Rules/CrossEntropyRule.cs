using System.Numerics;

namespace Strata.Tensors.Gradients.Rules;

/// <summary>
/// The sum over rows and classes of -a log p, where p is the softmax of the row's scores and a how much each class of the row counts (its target times the row's share and the
/// class's weight): ds = p sum(a) - a.
/// </summary>
internal sealed unsafe class CrossEntropyRule<T> : Rule<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static CrossEntropyRule<T> Instance { get; } = new();

    /// <summary>What is kept: how much each class of each row counts, and room for the probabilities; both [rows, classes].</summary>
    internal readonly record struct Memory(nint Counts, nint Probabilities);

    public override void Forward(Tape<T> tape, ref Node<T> node)
    {
        ref Node<T> scores = ref tape.Input(node, 0);
        int classes = scores.Shape.Width;
        Memory memory = *(Memory*)node.Kept;
        T loss = T.Zero;
        for (int row = 0; row < scores.Shape.Rows; row++)
        {
            nint at = (nint)row * classes;
            T* s = scores.Value + at, a = (T*)memory.Counts + at;
            T whole = RowSoftmax.Fill(s, (T*)memory.Probabilities + at, classes);
            for (int k = 0; k < classes; k++)
            {
                // A class that cannot be (its score is minus infinity) costs nothing where it does not count.
                loss += a[k] == T.Zero ? T.Zero : a[k] * (whole - s[k]);
            }
        }

        *node.Value = loss;
    }

    public override void Backward(Tape<T> tape, ref Node<T> node)
    {
        Shape shape = tape.Input(node, 0).Shape;
        T* gradient = tape.GradientOfInput(node, 0);
        Memory memory = *(Memory*)node.Kept;
        for (int row = 0; row < shape.Rows; row++)
        {
            nint at = (nint)row * shape.Width;
            T* a = (T*)memory.Counts + at, p = (T*)memory.Probabilities + at;
            T all = VectorLoops.Sum(a, shape.Width);
            for (int k = 0; k < shape.Width; k++)
            {
                gradient[at + k] += *node.Gradient * (p[k] * all - a[k]);
            }
        }
    }
}
