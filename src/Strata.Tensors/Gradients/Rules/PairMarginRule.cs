using System.Numerics;

namespace Strata.Tensors.Gradients.Rules;

/// <summary>
/// The mean over pairs of rows of (y d^2 + (1 - y) max(0, margin - d)^2) / 2, d being how far the two lie apart and y 1 for alike ones (Hadsell et al. 2006):
/// da = (y - (1 - y) max(0, margin - d) / d) (a - b) / n.
/// </summary>
internal sealed unsafe class PairMarginRule<T> : Rule<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static PairMarginRule<T> Instance { get; } = new();

    public override void Forward(Tape<T> tape, ref Node<T> node)
    {
        ref Node<T> a = ref tape.Input(node, 0), b = ref tape.Input(node, 1);
        int rows = a.Shape.Rows, width = a.Shape.Width;
        T* alike = (T*)node.Kept;
        T margin = T.CreateTruncating(node.Settings.First), sum = T.Zero;
        for (int row = 0; row < rows; row++)
        {
            nint at = (nint)row * width;
            T distance = RowDistance.Between(a.Value + at, b.Value + at, width, T.Zero), lacking = T.Max(T.Zero, margin - distance);
            sum += alike[row] * distance * distance + (T.One - alike[row]) * lacking * lacking;
        }

        *node.Value = sum / T.CreateTruncating(2 * rows);
    }

    public override void Backward(Tape<T> tape, ref Node<T> node)
    {
        ref Node<T> a = ref tape.Input(node, 0), b = ref tape.Input(node, 1);
        T* da = tape.GradientOfInput(node, 0), db = tape.GradientOfInput(node, 1), alike = (T*)node.Kept;
        int rows = a.Shape.Rows, width = a.Shape.Width;
        T margin = T.CreateTruncating(node.Settings.First);
        for (int row = 0; row < rows; row++)
        {
            nint at = (nint)row * width;
            T distance = RowDistance.Between(a.Value + at, b.Value + at, width, T.Zero), apart = distance > T.Zero ? T.Max(T.Zero, margin - distance) / distance : T.Zero;
            T factor = *node.Gradient * (alike[row] - (T.One - alike[row]) * apart) / T.CreateTruncating(rows);
            RowDistance.AddGap(a.Value + at, b.Value + at, width, T.Zero, factor, da is null ? null : da + at, db is null ? null : db + at);
        }
    }
}
