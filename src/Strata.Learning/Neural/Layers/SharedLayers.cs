using Strata.Tensors;

namespace Strata.Learning.Neural.Layers;

/// <summary>Dense layers with batch normalisation and a cut at 0 that every point, or every row, goes through.</summary>
internal static class SharedLayers
{
    /// <param name="name">Before the names of their parameters.</param>
    /// <param name="inputs">Numbers of a point that comes in.</param>
    /// <param name="widths">Of the layers.</param>
    /// <param name="random">Where weights start; null leaves them to be read.</param>
    public static Layer[] Of(string name, int inputs, int[] widths, RandomSource? random) => [.. widths.Select((width, i) => new NormalizedDense(
        new Dense($"{name}.{i}", i == 0 ? inputs : widths[i - 1], width, random, hasBias: false), new BatchNormalized($"{name}.{i}.norm", width)))];
}
