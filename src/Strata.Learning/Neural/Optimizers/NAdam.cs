using System.Runtime.Intrinsics;

namespace Strata.Learning.Neural.Optimizers;

/// <summary>Adam that looks ahead along its momentum, which grows over the first steps (Dozat 2016, with his schedule).</summary>
internal sealed class NAdam(IReadOnlyList<ParameterGroup> groups) : Optimizer(groups, memories: 2)
{
    private const double First = 0.9, Second = 0.999, Pace = 0.004;
    private const float Epsilon = 1e-8f;

    private double momentum, next, product = 1;

    private protected override void Begin()
    {
        product = Steps == 1 ? 1 : product;
        (momentum, next) = (At(Steps), At(Steps + 1));
        product *= momentum;
    }

    private protected override void Move(Slice slice, double rate, double weightDecay) =>
        slice.Apply(new Update(weightDecay, rate * (1 - momentum) / (1 - product), rate * next / (1 - product * next), 1 / Math.Sqrt(1 - Math.Pow(Second, Steps))));

    private static double At(int step) => First * (1 - 0.5 * Math.Pow(0.96, step * Pace));

    private readonly struct Update(double decay, double ofGradient, double ofMean, double inverseRoot) : IUpdate
    {
        private readonly Vector512<float> decay = Vector512.Create((float)decay), ofGradient = Vector512.Create((float)ofGradient), ofMean = Vector512.Create((float)ofMean), inverseRoot = Vector512.Create((float)inverseRoot);

        public Vector512<float> Moved(Vector512<float> value, Vector512<float> gradient, ref Vector512<float> mean, ref Vector512<float> square)
        {
            Vector512<float> g = gradient + value * decay;
            mean = mean * (float)First + g * (float)(1 - First);
            square = square * (float)Second + g * g * (float)(1 - Second);
            return value - (ofGradient * g + ofMean * mean) / (Vector512.Sqrt(square) * inverseRoot + Vector512.Create(Epsilon));
        }
    }
}
