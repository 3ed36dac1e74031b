using Strata.Learning.Onnx;
using Strata.Tensors.Backends;
using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Layers;

/// <summary>A convolution, batch normalisation, and perhaps a cut at 0.</summary>
/// <param name="convolution">Without a bias.</param>
/// <param name="norm">Of its outputs.</param>
/// <param name="rectifies">Whether results below 0 become 0.</param>
internal sealed class NormalizedConvolution(Layer convolution, BatchNormalized norm, bool rectifies = true) : SteppedLayer
{
    public override IEnumerable<Parameter<float>> Parameters => convolution.Parameters.Concat(norm.Parameters);

    public override IEnumerable<Parameter<float>> Memories => norm.Memories;

    public override Variable<float> Apply(Variable<float> x, ReadOnlySpan<int> lengths, Pass pass) => Apply(x, lengths, pass, null);

    /// <summary>With something added before the cut.</summary>
    public Variable<float> Apply(Variable<float> x, ReadOnlySpan<int> lengths, Pass pass, Variable<float>? added) => norm.Apply(convolution.Apply(x, pass), lengths, pass, rectifies, added);

    public override OnnxValue Export(OnnxValue x, OnnxValue? lengths) => Export(x, lengths, null);

    public OnnxValue Export(OnnxValue x, OnnxValue? lengths, OnnxValue? added)
    {
        OnnxValue value = norm.Export(convolution.Export(x));
        value = added is OnnxValue other ? value + other : value;
        value = (rectifies ? value.Activated(Activation.Relu) : value) with { Rank = x.Rank };
        return value.WithinLengths(lengths);
    }
}
