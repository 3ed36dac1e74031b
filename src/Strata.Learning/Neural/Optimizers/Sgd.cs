using System.Runtime.Intrinsics;

namespace Strata.Learning.Neural.Optimizers;

/// <summary>Steps along the gradients, with a momentum of earlier ones (Polyak 1964), if asked looking ahead along it (Nesterov; Sutskever et al. 2013).</summary>
/// <param name="groups">What is learned.</param>
/// <param name="momentum">The share of the last step's velocity that is kept; 0 for none.</param>
/// <param name="looksAhead">Nesterov's form.</param>
internal sealed class Sgd(IReadOnlyList<ParameterGroup> groups, double momentum = 0.9, bool looksAhead = true) : Optimizer(groups, memories: 1)
{
    private protected override void Move(Slice slice, double rate, double weightDecay) =>
        slice.Apply(new Update(momentum, rate, weightDecay, ofGradient: looksAhead ? 1 : 0, ofVelocity: looksAhead ? momentum : 1));

    private readonly struct Update(double momentum, double rate, double decay, double ofGradient, double ofVelocity) : IUpdate
    {
        private readonly Vector512<float> momentum = Vector512.Create((float)momentum), rate = Vector512.Create((float)rate), decay = Vector512.Create((float)decay);
        private readonly Vector512<float> ofGradient = Vector512.Create((float)ofGradient), ofVelocity = Vector512.Create((float)ofVelocity);

        public Vector512<float> Moved(Vector512<float> value, Vector512<float> gradient, ref Vector512<float> velocity, ref Vector512<float> second)
        {
            Vector512<float> g = gradient + value * decay;
            velocity = velocity * momentum + g;
            return value - rate * (g * ofGradient + velocity * ofVelocity);
        }
    }
}
