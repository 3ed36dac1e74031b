using System.Buffers;
using Strata.Learning.Onnx;
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

    /// <summary>The same inside a graph, with the patches of each row: float32 [rows, patches, size * channels] and int64 [rows].</summary>
    /// <param name="x">float32 [rows, steps, channels].</param>
    /// <param name="lengths">int64 [rows]; null where all have all.</param>
    /// <param name="size">Steps of a patch.</param>
    /// <param name="channels">Of the series.</param>
    public static (OnnxValue Patches, OnnxValue? Lengths) Export(OnnxValue x, OnnxValue? lengths, int size, int channels)
    {
        x = lengths is OnnxValue ends ? x.StepsBelow(ends).Choose(x, x.Same(0)) : x;
        if (size == 1)
        {
            return (x, lengths);
        }

        OnnxGraph graph = x.Graph;
        OnnxValue steps = x.To("Shape", OnnxElement.Int64).Slice(0, 1, 2), missing = (steps + (size - 1)) / size * size - steps;
        OnnxValue none = graph.Wholes(0), pads = graph.Join([graph.Wholes(0, 0, 0, 0), missing, none], axis: 0);
        return (x.To("Pad", pads, x.Same(0)).Reshape(0, -1, size * channels), lengths is OnnxValue own ? (own + (size - 1)) / size : null);
    }
}
