using Strata.Learning.Onnx;
using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Layers;

/// <summary>Convolutions one after the other, the last of which adds the block's input before its cut at 0 (He et al. 2016).</summary>
/// <param name="path">The convolutions.</param>
/// <param name="shortcut">Brings the input to the shape of what comes out; null where it has it.</param>
internal sealed class ResidualConvolutions(NormalizedConvolution[] path, NormalizedConvolution? shortcut) : SteppedLayer
{
    private IEnumerable<Layer> All => shortcut is null ? path : [.. path, shortcut];

    public override IEnumerable<Parameter<float>> Parameters => All.SelectMany(layer => layer.Parameters);

    public override IEnumerable<Parameter<float>> Memories => All.SelectMany(layer => layer.Memories);

    public override Variable<float> Apply(Variable<float> x, ReadOnlySpan<int> lengths, Pass pass)
    {
        Variable<float> inner = x;
        foreach (NormalizedConvolution convolution in path.AsSpan(0, path.Length - 1))
        {
            inner = convolution.Apply(inner, lengths, pass);
        }

        return path[^1].Apply(inner, lengths, pass, shortcut?.Apply(x, lengths, pass) ?? x);
    }

    public override OnnxValue Export(OnnxValue x, OnnxValue? lengths)
    {
        OnnxValue inner = x;
        foreach (NormalizedConvolution convolution in path.AsSpan(0, path.Length - 1))
        {
            inner = convolution.Export(inner, lengths);
        }

        return path[^1].Export(inner, lengths, shortcut?.Export(x, lengths) ?? x);
    }
}
