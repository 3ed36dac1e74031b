using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Optimizers;

/// <summary>Parameters that are learned alike.</summary>
/// <param name="Parameters">Which.</param>
/// <param name="WeightDecay">How strongly they are drawn to zero.</param>
/// <param name="RateFactor">What the learning rate is multiplied by for them.</param>
internal sealed record ParameterGroup(IReadOnlyList<Parameter<float>> Parameters, double WeightDecay = 0, double RateFactor = 1)
{
    /// <summary>Matrices with the decay; vectors, which are biases and gains, without.</summary>
    public static IReadOnlyList<ParameterGroup> Of(IReadOnlyList<Parameter<float>> parameters, double weightDecay) =>
    [
        new([.. parameters.Where(parameter => parameter.Shape.Dimensions > 1)], weightDecay),
        new([.. parameters.Where(parameter => parameter.Shape.Dimensions <= 1)]),
    ];
}
