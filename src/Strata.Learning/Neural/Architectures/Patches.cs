using System.Buffers;
using Strata.Tensors;
using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Architectures;

/// <summary>Neighbouring steps of a series taken together as one (Nie et al. 2023), so that long series become short ones; a row's last patch is filled with zeros.</summary>
internal static class Patches
{
    [ThreadStatic]
    private static int[]? counts;

    /// <summary>[batch, patches, size * channels].</summary>
    /// <param name="x">[batch, steps, channels].</param>
    /// <param name="lengths">Steps of each row; empty where all have all.</param>
    /// <param name="size">Steps of a patch.</param>
    /// <param name="tape">To record on.</param>
    public static Variable<float> Of(Variable<float> x, ReadOnlySpan<int> lengths, int size, Tape<float> tape)
    {
        int batch = x.Shape[0], steps = x.Shape[1], channels = x.Shape[2], patches = Count(steps, size), missing = patches * size - steps;
        x = lengths.IsEmpty ? x : tape.MaskSteps(x, lengths);
        if (missing > 0)
        {
            float[] zeros = ArrayPool<float>.Shared.Rent(batch * missing * channels);
            zeros.AsSpan().Clear();
            x = tape.JoinSteps(x, tape.Constant(zeros.AsSpan(0, batch * missing * channels), new Shape(batch, missing, channels)));
            ArrayPool<float>.Shared.Return(zeros);
        }

        return tape.Reshape(x, new Shape(batch, patches, size * channels));
    }

    /// <summary>How many patches each row has; nothing is allocated after the first steps of a thread.</summary>
    public static ReadOnlySpan<int> Count(ReadOnlySpan<int> lengths, int size)
    {
        int[] own = counts is int[] known && known.Length >= lengths.Length ? known : counts = new int[lengths.Length];
        for (int row = 0; row < lengths.Length; row++)
        {
            own[row] = Count(lengths[row], size);
        }

        return own.AsSpan(0, lengths.Length);
    }

    private static int Count(int steps, int size) => (steps + size - 1) / size;
}
