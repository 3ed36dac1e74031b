using Strata.Learning.Onnx;
using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Layers;

/// <summary>Leaves out whole channels of series or images by chance while learning (Tompson et al. 2015).</summary>
internal sealed class DroppedChannels(double rate) : Layer
{
    public override Variable<float> Apply(Variable<float> x, Pass pass) => pass.DropoutChannels(x, rate);

    public override OnnxValue Export(OnnxValue x) => x;
}
