namespace Strata.Learning.Neural.Optimizers;

/// <summary>Steps of equal length by the sign of a momentum (Chen et al. 2023); takes a learning rate of about a tenth of Adam's.</summary>
internal sealed class Lion(IReadOnlyList<ParameterGroup> groups) : Optimizer(groups, memories: 1)
{
    private const float First = 0.9f, Second = 0.99f;

    private protected override void Move(Span<float> values, ReadOnlySpan<float> gradient, float[][] memory, double rate, double weightDecay)
    {
        float[] mean = memory[0];
        float kept = (float)(1 - rate * weightDecay), step = (float)rate;
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = kept * values[i] - step * MathF.Sign(First * mean[i] + (1 - First) * gradient[i]);
            mean[i] = Second * mean[i] + (1 - Second) * gradient[i];
        }
    }
}
