using System.Numerics;

namespace Strata.Tensors.Gradients.Rules;

/// <summary>Some rows of the first input, the others replaced by rows of a table by their numbers; -1 keeps a row. Gradients go where the numbers came from.</summary>
internal sealed unsafe class ReplaceRowsRule<T> : Rule<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static ReplaceRowsRule<T> Instance { get; } = new();

    public override void Forward(Tape<T> tape, ref Node<T> node)
    {
        int width = node.Shape.Width;
        int* numbers = (int*)node.Kept;
        T* kept = tape.Input(node, 0).Value, table = tape.Input(node, 1).Value;
        for (int row = 0; row < node.Shape.Rows; row++)
        {
            T* from = numbers[row] < 0 ? kept + (nint)row * width : table + (nint)numbers[row] * width;
            new ReadOnlySpan<T>(from, width).CopyTo(new Span<T>(node.Value + (nint)row * width, width));
        }
    }

    public override void Backward(Tape<T> tape, ref Node<T> node)
    {
        int width = node.Shape.Width;
        int* numbers = (int*)node.Kept;
        T* kept = tape.GradientOfInput(node, 0), table = tape.GradientOfInput(node, 1);
        for (int row = 0; row < node.Shape.Rows; row++)
        {
            T* to = numbers[row] < 0 ? kept : table;
            if (to is not null)
            {
                VectorLoops.AddTo(node.Gradient + (nint)row * width, to + (nint)(numbers[row] < 0 ? row : numbers[row]) * width, width);
            }
        }
    }
}
