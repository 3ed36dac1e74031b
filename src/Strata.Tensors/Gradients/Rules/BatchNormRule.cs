using System.Numerics;

namespace Strata.Tensors.Gradients.Rules;

/// <summary>
/// Each column of the rows brought to mean 0 and variance 1 over the batch, times a gain plus a shift (Ioffe and Szegedy 2015). What is kept begins with the batch's means
/// and variances, for the running ones of the layer.
/// </summary>
internal sealed unsafe class BatchNormRule<T> : Rule<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static BatchNormRule<T> Instance { get; } = new();

    public override void Forward(Tape<T> tape, ref Node<T> node)
    {
        int rows = node.Shape.Rows, width = node.Shape.Width;
        T* x = tape.Input(node, 0).Value, gain = tape.Input(node, 1).Value, shift = tape.Input(node, 2).Value;
        T* means = tape.Take<T>(3L * width), variances = means + width, ratios = variances + width, scaled = tape.Take<T>(node.Shape.Count);
        T share = T.One / T.CreateTruncating(rows), epsilon = T.CreateTruncating(node.Settings.First);
        new Span<T>(means, 2 * width).Clear();
        for (int row = 0; row < rows; row++)
        {
            VectorLoops.AddScaledTo(x + (nint)row * width, share, means, width);
        }

        for (int row = 0; row < rows; row++)
        {
            T* from = x + (nint)row * width;
            for (int j = 0; j < width; j++)
            {
                variances[j] += (from[j] - means[j]) * (from[j] - means[j]) * share;
            }
        }

        for (int j = 0; j < width; j++)
        {
            ratios[j] = T.One / T.Sqrt(variances[j] + epsilon);
        }

        for (int row = 0; row < rows; row++)
        {
            T* from = x + (nint)row * width, z = scaled + (nint)row * width, to = node.Value + (nint)row * width;
            for (int j = 0; j < width; j++)
            {
                z[j] = (from[j] - means[j]) * ratios[j];
                to[j] = z[j] * gain[j] + shift[j];
            }
        }

        T** kept = (T**)tape.Take<nint>(2);
        kept[0] = means;
        kept[1] = scaled;
        node.Kept = kept;
    }

    public override void Backward(Tape<T> tape, ref Node<T> node)
    {
        int rows = node.Shape.Rows, width = node.Shape.Width;
        T* ratios = ((T**)node.Kept)[0] + 2 * width, scaled = ((T**)node.Kept)[1], gain = tape.Input(node, 1).Value;
        T* sums = tape.Take<T>(2L * width), along = sums + width;
        new Span<T>(sums, 2 * width).Clear();
        for (int row = 0; row < rows; row++)
        {
            VectorLoops.AddTo(node.Gradient + (nint)row * width, sums, width);
            VectorLoops.AddProductTo(node.Gradient + (nint)row * width, scaled + (nint)row * width, along, width);
        }

        T* dx = tape.GradientOfInput(node, 0), dgain = tape.GradientOfInput(node, 1), dshift = tape.GradientOfInput(node, 2);
        if (dgain is not null)
        {
            VectorLoops.AddTo(along, dgain, width);
        }

        if (dshift is not null)
        {
            VectorLoops.AddTo(sums, dshift, width);
        }

        T share = T.One / T.CreateTruncating(rows);
        for (int row = 0; dx is not null && row < rows; row++)
        {
            T* dy = node.Gradient + (nint)row * width, z = scaled + (nint)row * width, to = dx + (nint)row * width;
            for (int j = 0; j < width; j++)
            {
                to[j] += gain[j] * ratios[j] * (dy[j] - share * (sums[j] + z[j] * along[j]));
            }
        }
    }
}
