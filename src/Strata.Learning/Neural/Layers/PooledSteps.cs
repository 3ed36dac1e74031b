using Strata.Learning.Onnx;
using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Layers;

/// <summary>One number for each channel over all steps, places or points: [batch, .., channels] to [batch, channels].</summary>
internal sealed class PooledSteps(PoolKind kind) : Layer
{
    public override Variable<float> Apply(Variable<float> x, Pass pass) => kind == PoolKind.Max ? pass.Tape.MaxOverSteps(x) : pass.Tape.MeanOverSteps(x);

    public override OnnxValue Export(OnnxValue x) => x.OverSteps(kind);
}
