using System.Numerics;
using Strata.Tensors.Backends;

namespace Strata.Tensors.Gradients.Rules;

/// <summary>c = a b for matrices, either of them transposed when asked: da = dc b^T and db = a^T dc.</summary>
internal sealed unsafe class ProductRule<T> : Rule<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static ProductRule<T> Instance { get; } = new();

    public static Settings Of(bool transposesA, bool transposesB)
    {
        var settings = default(Settings);
        (settings.Whole[0], settings.Whole[1]) = (transposesA ? 1 : 0, transposesB ? 1 : 0);
        return settings;
    }

    public override void Forward(Tape<T> tape, ref Node<T> node)
    {
        ref Node<T> a = ref tape.Input(node, 0), b = ref tape.Input(node, 1);
        tape.Backend.Multiply(View(a.Value, a.Shape, node.Settings.Whole[0]), View(b.Value, b.Shape, node.Settings.Whole[1]), View(node.Value, node.Shape, 0), adds: false);
    }

    public override void Backward(Tape<T> tape, ref Node<T> node)
    {
        ref Node<T> a = ref tape.Input(node, 0), b = ref tape.Input(node, 1);
        Matrix<T> gradient = View(node.Gradient, node.Shape, 0);
        int ofA = node.Settings.Whole[0], ofB = node.Settings.Whole[1];
        if (tape.GradientOfInput(node, 0) is var da && da is not null)
        {
            MultiplyInto(tape.Backend, gradient, View(b.Value, b.Shape, ofB).Transposed, View(da, a.Shape, ofA));
        }

        if (tape.GradientOfInput(node, 1) is var db && db is not null)
        {
            MultiplyInto(tape.Backend, View(a.Value, a.Shape, ofA).Transposed, gradient, View(db, b.Shape, ofB));
        }
    }

    private static Matrix<T> View(T* values, Shape shape, int transposes) =>
        transposes == 0 ? new Matrix<T>(values, shape.Rows, shape.Width) : new Matrix<T>(values, shape.Rows, shape.Width).Transposed;

    /// <summary>Backends write rows; a result that lies by columns is the product of the transposed ones.</summary>
    private static void MultiplyInto(Backend<T> backend, Matrix<T> a, Matrix<T> b, Matrix<T> c)
    {
        if (c.ColumnStep == 1)
        {
            backend.Multiply(a, b, c, adds: true);
        }
        else
        {
            backend.Multiply(b.Transposed, a.Transposed, c.Transposed, adds: true);
        }
    }
}
