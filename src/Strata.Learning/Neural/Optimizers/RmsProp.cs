namespace Strata.Learning.Neural.Optimizers;

/// <summary>Steps along the gradients over the root of running means of their squares (Hinton 2012).</summary>
internal sealed class RmsProp(IReadOnlyList<ParameterGroup> groups) : Optimizer(groups, memories: 1)
{
    private const float Kept = 0.99f, Epsilon = 1e-8f;

    private protected override void Move(Span<float> values, ReadOnlySpan<float> gradient, float[][] memory, double rate, double weightDecay)
    {
        float[] square = memory[0];
        for (int i = 0; i < values.Length; i++)
        {
            float g = gradient[i] + (float)weightDecay * values[i];
            square[i] = Kept * square[i] + (1 - Kept) * g * g;
            values[i] -= (float)rate * g / (MathF.Sqrt(square[i]) + Epsilon);
        }
    }
}
