using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Training;

/// <summary>Cuts gradients that are too long (Pascanu et al. 2013).</summary>
internal static class GradientNorm
{
    /// <summary>Scales all gradients together so that their common length is at most this; 0 for no limit.</summary>
    public static void Limit(IReadOnlyList<Parameter<float>> parameters, double most)
    {
        if (most == 0)
        {
            return;
        }

        double squares = 0;

        // By number: an enumerator would be allocated in every step.
        for (int i = 0; i < parameters.Count; i++)
        {
            squares += SumOfSquares(parameters[i].Gradient);
        }

        double length = Math.Sqrt(squares);
        if (length <= most)
        {
            return;
        }

        float factor = (float)(most / (length + 1e-6));
        for (int i = 0; i < parameters.Count; i++)
        {
            foreach (ref float value in parameters[i].Gradient)
            {
                value *= factor;
            }
        }
    }

    private static double SumOfSquares(ReadOnlySpan<float> values)
    {
        double sum = 0;
        foreach (float value in values)
        {
            sum += (double)value * value;
        }

        return sum;
    }
}
