using System.Numerics;
using Strata.Tensors.Backends;

namespace Strata.Tensors.Gradients.Rules;

/// <summary>c = a b for each pair of matrices of two batches, the right ones transposed when asked: da = dc b^T and db = a^T dc.</summary>
internal sealed unsafe class BatchProductRule<T> : Rule<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static BatchProductRule<T> Instance { get; } = new();

    public static Settings Of(bool transposesB)
    {
        var settings = default(Settings);
        settings.Whole[0] = transposesB ? 1 : 0;
        return settings;
    }

    public override void Forward(Tape<T> tape, ref Node<T> node)
    {
        for (int i = 0; i < node.Shape[0]; i++)
        {
            tape.Backend.Multiply(Left(tape, node, i), Right(tape, node, i), View(node.Value, node.Shape, i), adds: false);
        }
    }

    public override void Backward(Tape<T> tape, ref Node<T> node)
    {
        T* da = tape.GradientOfInput(node, 0), db = tape.GradientOfInput(node, 1);
        Shape shapeOfA = tape.Input(node, 0).Shape, shapeOfB = tape.Input(node, 1).Shape;
        bool transposesB = node.Settings.Whole[0] != 0;
        for (int i = 0; i < node.Shape[0]; i++)
        {
            Matrix<T> dc = View(node.Gradient, node.Shape, i), a = Left(tape, node, i);
            if (da is not null)
            {
                tape.Backend.Multiply(dc, Right(tape, node, i).Transposed, View(da, shapeOfA, i), adds: true);
            }

            if (db is not null)
            {
                tape.Backend.Multiply(transposesB ? dc.Transposed : a.Transposed, transposesB ? a : dc, View(db, shapeOfB, i), adds: true);
            }
        }
    }

    private static Matrix<T> Left(Tape<T> tape, in Node<T> node, int i) => View(tape.Input(node, 0).Value, tape.Input(node, 0).Shape, i);

    private static Matrix<T> Right(Tape<T> tape, in Node<T> node, int i)
    {
        Matrix<T> b = View(tape.Input(node, 1).Value, tape.Input(node, 1).Shape, i);
        return node.Settings.Whole[0] == 0 ? b : b.Transposed;
    }

    private static Matrix<T> View(T* values, Shape shape, int i) => new(values + (nint)i * shape[1] * shape[2], shape[1], shape[2]);
}
