using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Optimizers;

/// <summary>Moves parameters against their gradients, remembering what it needs of earlier steps.</summary>
internal abstract class Optimizer
{
    private readonly (Parameter<float> Parameter, ParameterGroup Group, float[][] Memory)[] parts;

    /// <param name="groups">What is learned.</param>
    /// <param name="memories">How many numbers are remembered for each number that is learned.</param>
    private protected Optimizer(IReadOnlyList<ParameterGroup> groups, int memories)
    {
        parts = [.. groups.SelectMany(group => group.Parameters.Select(parameter =>
            (parameter, group, Enumerable.Range(0, memories).Select(_ => new float[parameter.Shape.Count]).ToArray())))];
    }

    /// <summary>How many steps were made.</summary>
    public int Steps { get; private set; }

    /// <summary>All that is remembered, in a fixed order, for checkpoints: written back in place before <see cref="Resume"/>.</summary>
    public IEnumerable<float[]> Memory => parts.SelectMany(part => part.Memory);

    /// <summary>Goes on after so many steps.</summary>
    public void Resume(int steps)
    {
        Steps = 0;
        while (Steps < steps)
        {
            Steps++;
            Begin();
        }
    }

    /// <summary>Moves all parameters that are not frozen, and sets the gradients to zero.</summary>
    public void Step(double rate)
    {
        Steps++;
        Begin();
        foreach ((Parameter<float> parameter, ParameterGroup group, float[][] memory) in parts)
        {
            if (!parameter.IsFrozen)
            {
                Move(parameter.Values, parameter.Gradient, memory, rate * group.RateFactor, group.WeightDecay);
            }

            parameter.Gradient.Clear();
        }
    }

    /// <summary>What depends on the number of steps alone.</summary>
    private protected virtual void Begin()
    {
    }

    private protected abstract void Move(Span<float> values, ReadOnlySpan<float> gradient, float[][] memory, double rate, double weightDecay);
}
