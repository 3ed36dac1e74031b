using Strata.Tensors;
using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Layers;

/// <summary>Where parameters start.</summary>
internal static class InitialValues
{
    /// <summary>Uniform within 1 / sqrt(inputs of one output), as PyTorch's linear and convolution layers start.</summary>
    public static void FillUniform(this Parameter<float> parameter, int inputs, RandomSource random)
    {
        double bound = 1 / Math.Sqrt(Math.Max(1, inputs));
        foreach (ref float value in parameter.Values)
        {
            value = (float)((2 * random.NextDouble() - 1) * bound);
        }
    }
}
