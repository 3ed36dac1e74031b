using Strata.Tensors;
using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Layers;

/// <summary>Where parameters start; a null source of chance leaves them to be read.</summary>
internal static class Starts
{
    /// <summary>Even between minus and plus the bound.</summary>
    public static void StartUniform(this Parameter<float> parameter, double bound, RandomSource? random)
    {
        for (int i = 0; random is not null && i < parameter.Shape.Count; i++)
        {
            parameter.Values[i] = (float)((2 * random.NextDouble() - 1) * bound);
        }
    }

    public static void StartNormal(this Parameter<float> parameter, double deviation, RandomSource? random)
    {
        for (int i = 0; random is not null && i < parameter.Shape.Count; i++)
        {
            parameter.Values[i] = (float)(random.NextGaussian() * deviation);
        }
    }
}
