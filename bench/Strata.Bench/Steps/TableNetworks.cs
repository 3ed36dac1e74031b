using Strata.Learning.Neural.Layers;
using Strata.Tensors.Backends;

namespace Strata.Bench.Steps;

/// <summary>Networks for rows of numbers.</summary>
internal static class TableNetworks
{
    public static StepNetwork[] All =>
    [
        new("mlp", [256, 784], 10, random => new Sequential(
            new Dense("0", 784, 512, random), new Activated(Activation.Relu), new Dense("1", 512, 256, random), new Activated(Activation.Relu), new Dense("2", 256, 10, random))),
    ];
}
