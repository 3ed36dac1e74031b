using System.Numerics;
using Strata.Tensors.Backends;

namespace Strata.Tensors.Gradients.Rules;

/// <summary>y = x W^T + b for rows x [.., in], weights W [out, in] and, if there is a third input, b [out]: dx = dy W, dW = dy^T x, db = the sum of the rows of dy.</summary>
internal sealed unsafe class LinearRule<T> : Rule<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static LinearRule<T> Instance { get; } = new();

    public override void Forward(Tape<T> tape, ref Node<T> node)
    {
        ref Node<T> x = ref tape.Input(node, 0), w = ref tape.Input(node, 1);
        int rows = node.Shape.Rows, width = node.Shape.Width;
        bool hasBias = node.InputCount > 2;
        if (hasBias)
        {
            var bias = new ReadOnlySpan<T>(tape.Input(node, 2).Value, width);
            for (int row = 0; row < rows; row++)
            {
                bias.CopyTo(new Span<T>(node.Value + (nint)row * width, width));
            }
        }

        tape.Backend.Multiply(View(x.Value, x.Shape), View(w.Value, w.Shape).Transposed, new Matrix<T>(node.Value, rows, width), adds: hasBias);
    }

    public override void Backward(Tape<T> tape, ref Node<T> node)
    {
        ref Node<T> x = ref tape.Input(node, 0), w = ref tape.Input(node, 1);
        Matrix<T> dy = View(node.Gradient, node.Shape);
        T* dx = tape.GradientOfInput(node, 0, out bool addsToX), dw = tape.GradientOfInput(node, 1), db = node.InputCount > 2 ? tape.GradientOfInput(node, 2) : null;
        if (dx is not null)
        {
            tape.Backend.Multiply(dy, View(w.Value, w.Shape), View(dx, x.Shape), addsToX);
        }

        if (dw is not null)
        {
            tape.Backend.Multiply(dy.Transposed, View(x.Value, x.Shape), View(dw, w.Shape), adds: true);
        }

        for (int row = 0; db is not null && row < dy.Rows; row++)
        {
            VectorLoops.AddTo(dy.First + (nint)row * dy.Columns, db, dy.Columns);
        }
    }

    private static Matrix<T> View(T* values, Shape shape) => new(values, shape.Rows, shape.Width);
}
