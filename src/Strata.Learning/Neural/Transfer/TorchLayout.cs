using Strata.Tensors;

namespace Strata.Learning.Neural.Transfer;

/// <summary>
/// How the parameters of a network lie in PyTorch: under the same names, with the same shapes but for kernels of convolutions, whose channels come last here ([a, taps..., channels]) and second there
/// ([a, channels, taps...]).
/// </summary>
internal static class TorchLayout
{
    public static int[] ShapeOf(Shape own)
    {
        int[] lengths = [.. Enumerable.Range(0, own.Dimensions).Select(i => own[i])];
        return lengths.Length < 3 ? lengths : [lengths[0], lengths[^1], .. lengths[1..^1]];
    }

    /// <summary>Our numbers in their order.</summary>
    public static float[] ToTorch(ReadOnlySpan<float> own, Shape shape) => Exchanged(own, shape, isToTorch: true);

    /// <summary>Their numbers in our order.</summary>
    public static float[] FromTorch(ReadOnlySpan<float> theirs, Shape own) => Exchanged(theirs, own, isToTorch: false);

    private static float[] Exchanged(ReadOnlySpan<float> from, Shape own, bool isToTorch)
    {
        if (own.Dimensions < 3)
        {
            return from.ToArray();
        }

        int kernels = own[0], channels = own[own.Dimensions - 1], taps = own.Count / Math.Max(1, kernels * channels);
        var to = new float[from.Length];
        for (int k = 0; k < kernels; k++)
        {
            for (int tap = 0; tap < taps; tap++)
            {
                for (int channel = 0; channel < channels; channel++)
                {
                    int here = (k * taps + tap) * channels + channel, there = (k * channels + channel) * taps + tap;
                    to[isToTorch ? there : here] = from[isToTorch ? here : there];
                }
            }
        }

        return to;
    }
}
