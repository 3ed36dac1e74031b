using Strata.Learning.Onnx;
using Strata.Tensors.Backends;
using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Layers;

/// <summary>A function of each number.</summary>
internal sealed class Activated(Activation kind) : Layer
{
    public override Variable<float> Apply(Variable<float> x, Pass pass) => pass.Tape.Activate(x, kind);

    public override OnnxValue Export(OnnxValue x) => x.Activated(kind);
}
