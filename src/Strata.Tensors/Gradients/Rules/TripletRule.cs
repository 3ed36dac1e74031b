using System.Numerics;

namespace Strata.Tensors.Gradients.Rules;

/// <summary>
/// The mean over rows of max(0, |a - p| - |a - n| + margin): an anchor lies nearer to its like than to another by a margin (Schroff et al. 2015). As in PyTorch 1e-6 is added
/// to each difference, so that rows at the same place have a gradient.
/// </summary>
internal sealed unsafe class TripletRule<T> : Rule<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static TripletRule<T> Instance { get; } = new();

    private static readonly T Offset = T.CreateTruncating(1e-6);

    public override void Forward(Tape<T> tape, ref Node<T> node)
    {
        ref Node<T> anchor = ref tape.Input(node, 0);
        T sum = T.Zero;
        for (int row = 0; row < anchor.Shape.Rows; row++)
        {
            var (near, far) = Distances(tape, node, row);
            sum += Excess(near, far, node);
        }

        *node.Value = sum / T.CreateTruncating(anchor.Shape.Rows);
    }

    public override void Backward(Tape<T> tape, ref Node<T> node)
    {
        ref Node<T> anchor = ref tape.Input(node, 0), like = ref tape.Input(node, 1), other = ref tape.Input(node, 2);
        T* da = tape.GradientOfInput(node, 0), dp = tape.GradientOfInput(node, 1), dn = tape.GradientOfInput(node, 2);
        int width = anchor.Shape.Width;
        T share = *node.Gradient / T.CreateTruncating(anchor.Shape.Rows);
        for (int row = 0; row < anchor.Shape.Rows; row++)
        {
            var (near, far) = Distances(tape, node, row);
            if (Excess(near, far, node) > T.Zero)
            {
                nint at = (nint)row * width;
                T* own = da is null ? null : da + at;
                RowDistance.AddGap(anchor.Value + at, like.Value + at, width, Offset, share / near, own, dp is null ? null : dp + at);
                RowDistance.AddGap(anchor.Value + at, other.Value + at, width, Offset, -share / far, own, dn is null ? null : dn + at);
            }
        }
    }

    private static T Excess(T near, T far, in Node<T> node) => T.Max(T.Zero, near - far + T.CreateTruncating(node.Settings.First));

    private static (T Near, T Far) Distances(Tape<T> tape, in Node<T> node, int row)
    {
        ref Node<T> anchor = ref tape.Input(node, 0);
        int width = anchor.Shape.Width;
        nint at = (nint)row * width;
        return (RowDistance.Between(anchor.Value + at, tape.Input(node, 1).Value + at, width, Offset), RowDistance.Between(anchor.Value + at, tape.Input(node, 2).Value + at, width, Offset));
    }
}
