using System.Numerics;

namespace Strata.Tensors.Gradients.Rules;

/// <summary>Each place repeated, down and across; its gradient is the sum over the repetitions.</summary>
internal sealed unsafe class UpsampleRule<T> : Rule<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static UpsampleRule<T> Instance { get; } = new();

    public static Settings Of(int rows, int columns, int height, int width)
    {
        var settings = default(Settings);
        (settings.Whole[0], settings.Whole[1], settings.Whole[2], settings.Whole[3]) = (rows, columns, height, width);
        return settings;
    }

    public override void Forward(Tape<T> tape, ref Node<T> node)
    {
        T* x = tape.Input(node, 0).Value;
        int width = node.Shape.Width;
        for (int place = 0; place < node.Shape.Rows; place++)
        {
            new ReadOnlySpan<T>(x + Source(node, place), width).CopyTo(new Span<T>(node.Value + (nint)place * width, width));
        }
    }

    public override void Backward(Tape<T> tape, ref Node<T> node)
    {
        T* dx = tape.GradientOfInput(node, 0);
        int width = node.Shape.Width;
        for (int place = 0; place < node.Shape.Rows; place++)
        {
            VectorLoops.AddTo(node.Gradient + (nint)place * width, dx + Source(node, place), width);
        }
    }

    /// <summary>Where the numbers lie that a place of the result repeats.</summary>
    private static nint Source(in Node<T> node, int place)
    {
        (int rows, int columns, int height, int width) = (node.Settings.Whole[0], node.Settings.Whole[1], node.Settings.Whole[2], node.Settings.Whole[3]);
        int across = width * columns, down = height * rows, column = place % across / columns, row = place / across % down / rows;
        return (((nint)(place / across / down) * height + row) * width + column) * node.Shape.Width;
    }
}
