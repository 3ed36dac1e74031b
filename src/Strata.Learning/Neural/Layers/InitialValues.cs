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

    /// <summary>Uniform between minus and plus the bound; a null source of chance leaves them to be read.</summary>
    public static void FillWithin(this Parameter<float> parameter, double bound, RandomSource? random)
    {
        for (int i = 0; random is not null && i < parameter.Shape.Count; i++)
        {
            parameter.Values[i] = (float)((2 * random.NextDouble() - 1) * bound);
        }
    }

    /// <summary>Normal around zero; a null source of chance leaves them to be read.</summary>
    public static void FillNormal(this Parameter<float> parameter, double deviation, RandomSource? random)
    {
        for (int i = 0; random is not null && i < parameter.Shape.Count; i++)
        {
            parameter.Values[i] = (float)(random.NextGaussian() * deviation);
        }
    }
}
