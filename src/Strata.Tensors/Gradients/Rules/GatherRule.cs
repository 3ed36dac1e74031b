using System.Numerics;

namespace Strata.Tensors.Gradients.Rules;

/// <summary>Rows of a table by their numbers (an embedding): the gradient of a row is added to the row of the table it was taken from. Number -1 is a row of zeros.</summary>
internal sealed unsafe class GatherRule<T> : Rule<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static GatherRule<T> Instance { get; } = new();

    public override void Forward(Tape<T> tape, ref Node<T> node)
    {
        int width = node.Shape.Width, rows = node.Shape.Rows;
        T* table = tape.Input(node, 0).Value;
        int* numbers = (int*)node.Kept;
        for (int row = 0; row < rows; row++)
        {
            var to = new Span<T>(node.Value + (nint)row * width, width);
            if (numbers[row] < 0)
            {
                to.Clear();
            }
            else
            {
                new ReadOnlySpan<T>(table + (nint)numbers[row] * width, width).CopyTo(to);
            }
        }
    }

    public override void Backward(Tape<T> tape, ref Node<T> node)
    {
        int width = node.Shape.Width, rows = node.Shape.Rows;
        T* gradient = tape.GradientOfInput(node, 0);
        int* numbers = (int*)node.Kept;
        for (int row = 0; row < rows; row++)
        {
            if (numbers[row] >= 0)
            {
                VectorLoops.AddTo(node.Gradient + (nint)row * width, gradient + (nint)numbers[row] * width, width);
            }
        }
    }
}
