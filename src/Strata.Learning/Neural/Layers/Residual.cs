using Strata.Learning.Onnx;
using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Layers;

/// <summary>x plus what a layer makes of it (He et al. 2016).</summary>
internal sealed class Residual(Layer inner) : Layer
{
    public override IEnumerable<Parameter<float>> Parameters => inner.Parameters;

    public override IEnumerable<Parameter<float>> Memories => inner.Memories;

    public override Variable<float> Apply(Variable<float> x, Pass pass) => x + inner.Apply(x, pass);

    public override OnnxValue Export(OnnxValue x) => x + inner.Export(x);
}
