using System.Numerics;
using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Optimizers;

/// <summary>
/// An exponentially weighted mean of all that a network holds over its steps (Polyak and Juditsky 1992), which is often better than the last step. It starts at the
/// first step, and over the next ones reaches less far back: step t, from 0, keeps at most <c>(1 + t) / (10 + t)</c> of it.
/// </summary>
internal sealed class WeightAverage
{
    private readonly double keep;
    private readonly Parameter<float>[] parameters;

    /// <param name="parameters">Running means of normalisations included.</param>
    /// <param name="keep">The share of the mean that a step keeps, below 1.</param>
    public WeightAverage(IEnumerable<Parameter<float>> parameters, double keep)
    {
        (this.parameters, this.keep) = ([.. parameters], keep);
        Values = [.. this.parameters.Select(parameter => parameter.Values.ToArray())];
    }

    /// <summary>The means, or while exchanged the last step, parameter by parameter; for checkpoints too.</summary>
    public IReadOnlyList<float[]> Values { get; }

    /// <summary>How many steps it has seen.</summary>
    public int Steps { get; private set; }

    /// <summary>Takes in a step.</summary>
    public void Enter()
    {
        float share = Steps == 0 ? 1 : (float)(1 - Math.Min(keep, (1.0 + Steps) / (10.0 + Steps)));
        Steps++;
        for (int p = 0; p < parameters.Length; p++)
        {
            MoveTo(Values[p], parameters[p].Values, share);
        }
    }

    /// <summary>Exchanges the network's numbers and the means: once to judge by the means, once more to go on learning.</summary>
    public void Exchange()
    {
        for (int p = 0; p < parameters.Length; p++)
        {
            Span<float> live = parameters[p].Values;
            float[] mean = Values[p];
            for (int i = 0; i < mean.Length; i++)
            {
                (live[i], mean[i]) = (mean[i], live[i]);
            }
        }
    }

    /// <summary>Goes on after so many steps, <see cref="Values"/> having been written back.</summary>
    public void Resume(int steps) => Steps = steps;

    private static void MoveTo(float[] mean, ReadOnlySpan<float> live, float share)
    {
        int i = 0;
        for (; i + Vector<float>.Count <= mean.Length; i += Vector<float>.Count)
        {
            var old = new Vector<float>(mean, i);
            (old + (new Vector<float>(live[i..]) - old) * share).CopyTo(mean, i);
        }

        for (; i < mean.Length; i++)
        {
            mean[i] += (live[i] - mean[i]) * share;
        }
    }
}
