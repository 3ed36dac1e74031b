using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Layers;

/// <summary>Each place of series or images repeated along every axis (nearest neighbour).</summary>
internal sealed class Upsampled(int factor) : Layer
{
    public override Variable<float> Apply(Variable<float> x, Pass pass) => pass.Tape.Upsample(x, factor);
}
