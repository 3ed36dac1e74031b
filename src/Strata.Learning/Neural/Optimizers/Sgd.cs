namespace Strata.Learning.Neural.Optimizers;

/// <summary>Steps along the gradients, with a momentum of earlier ones (Polyak 1964), if asked looking ahead along it (Nesterov; Sutskever et al. 2013).</summary>
internal sealed class Sgd(IReadOnlyList<ParameterGroup> groups, double momentum = 0.9, bool looksAhead = true) : Optimizer(groups, memories: 1)
{
    private protected override void Move(Span<float> values, ReadOnlySpan<float> gradient, float[][] memory, double rate, double weightDecay)
    {
        float[] velocity = memory[0];
        var (kept, step, decay) = ((float)momentum, (float)rate, (float)weightDecay);
        for (int i = 0; i < values.Length; i++)
        {
            float g = gradient[i] + decay * values[i];
            velocity[i] = kept * velocity[i] + g;
            values[i] -= step * (looksAhead ? g + kept * velocity[i] : velocity[i]);
        }
    }
}
