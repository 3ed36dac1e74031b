using System.Runtime.Intrinsics;

namespace Strata.Learning.Neural.Optimizers;

/// <summary>Steps along the gradients over the root of running means of their squares (Hinton 2012).</summary>
internal sealed class RmsProp(IReadOnlyList<ParameterGroup> groups) : Optimizer(groups, memories: 1)
{
    private const float Kept = 0.99f, Epsilon = 1e-8f;

    private protected override void Move(Slice slice, double rate, double weightDecay) => slice.Apply(new Update(rate, weightDecay));

    private readonly struct Update(double rate, double decay) : IUpdate
    {
        private readonly Vector512<float> rate = Vector512.Create((float)rate), decay = Vector512.Create((float)decay);

        public Vector512<float> Moved(Vector512<float> value, Vector512<float> gradient, ref Vector512<float> square, ref Vector512<float> second)
        {
            Vector512<float> g = gradient + value * decay;
            square = square * Kept + g * g * (1 - Kept);
            return value - rate * g / (Vector512.Sqrt(square) + Vector512.Create(Epsilon));
        }
    }
}
