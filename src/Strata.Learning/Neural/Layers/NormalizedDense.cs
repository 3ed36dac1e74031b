using Strata.Learning.Onnx;
using Strata.Tensors.Backends;
using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Layers;

/// <summary>A dense layer without a bias, batch normalisation and a cut at 0.</summary>
internal sealed class NormalizedDense(Dense dense, BatchNormalized norm) : Layer
{
    public override IEnumerable<Parameter<float>> Parameters => dense.Parameters.Concat(norm.Parameters);

    public override IEnumerable<Parameter<float>> Memories => norm.Memories;

    public override Variable<float> Apply(Variable<float> x, Pass pass) => norm.Apply(dense.Apply(x, pass), [], pass, rectifies: true);

    public override OnnxValue Export(OnnxValue x) => norm.Export(dense.Export(x)).Activated(Activation.Relu) with { Rank = x.Rank };
}
