using Strata.Learning.Neural.Layers;
using Strata.Tensors;

namespace Strata.Bench.Steps;

/// <summary>A network whose training steps are timed.</summary>
/// <param name="Name">As in the peers' program.</param>
/// <param name="Input">The shape of what goes in, the batch first.</param>
/// <param name="Classes">How many scores come out.</param>
/// <param name="Make">The network.</param>
internal sealed record StepNetwork(string Name, int[] Input, int Classes, Func<RandomSource, Layer> Make);
