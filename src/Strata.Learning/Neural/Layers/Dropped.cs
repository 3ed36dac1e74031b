using Strata.Learning.Onnx;
using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Layers;

/// <summary>Leaves out numbers by chance while learning (Srivastava et al. 2014).</summary>
internal sealed class Dropped(double rate) : Layer
{
    public override Variable<float> Apply(Variable<float> x, Pass pass) => pass.Dropout(x, rate);

    public override OnnxValue Export(OnnxValue x) => x;
}
