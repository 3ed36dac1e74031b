namespace Strata.Learning.Neural.Optimizers;

/// <summary>Adam that looks ahead along its momentum, which grows over the first steps (Dozat 2016, with his schedule).</summary>
internal sealed class NAdam(IReadOnlyList<ParameterGroup> groups) : Optimizer(groups, memories: 2)
{
    private const double First = 0.9, Second = 0.999, Epsilon = 1e-8, Pace = 0.004;

    private double momentum, next, product = 1;

    private protected override void Begin()
    {
        product = Steps == 1 ? 1 : product;
        (momentum, next) = (At(Steps), At(Steps + 1));
        product *= momentum;
    }

    private protected override void Move(Span<float> values, ReadOnlySpan<float> gradient, float[][] memory, double rate, double weightDecay)
    {
        (float[] mean, float[] square) = (memory[0], memory[1]);
        float ofGradient = (float)(rate * (1 - momentum) / (1 - product)), ofMean = (float)(rate * next / (1 - product * next)), root = (float)Math.Sqrt(1 - Math.Pow(Second, Steps));
        for (int i = 0; i < values.Length; i++)
        {
            float g = gradient[i] + (float)weightDecay * values[i];
            mean[i] = (float)First * mean[i] + (float)(1 - First) * g;
            square[i] = (float)Second * square[i] + (float)(1 - Second) * g * g;
            values[i] -= (ofGradient * g + ofMean * mean[i]) / (MathF.Sqrt(square[i]) / root + (float)Epsilon);
        }
    }

    private static double At(int step) => First * (1 - 0.5 * Math.Pow(0.96, step * Pace));
}
