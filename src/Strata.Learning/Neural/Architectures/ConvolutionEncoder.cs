using Strata.Learning.Neural.Layers;
using Strata.Learning.Onnx;
using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Architectures;

/// <summary>Convolutions one after the other, and the mean over all places that count.</summary>
/// <param name="layers">Layers that know which steps count, or others where all do.</param>
/// <param name="width">Channels of the last one.</param>
internal sealed class ConvolutionEncoder(Layer[] layers, int width) : Encoder
{
    public override int Width => width;

    public override IEnumerable<Parameter<float>> Parameters => layers.SelectMany(layer => layer.Parameters);

    public override IEnumerable<Parameter<float>> Memories => layers.SelectMany(layer => layer.Memories);

    public override Variable<float> Encode(Variable<float> x, ReadOnlySpan<int> lengths, Pass pass)
    {
        // All places of images count.
        lengths = x.Shape.Dimensions == 3 ? lengths : [];
        x = pass.Tape.MaskSteps(x, lengths);
        foreach (Layer layer in layers)
        {
            x = layer is SteppedLayer stepped ? stepped.Apply(x, lengths, pass) : layer.Apply(x, pass);
        }

        return pass.Tape.MeanOverSteps(x, lengths);
    }

    public override OnnxValue Export(OnnxValue x, OnnxValue? lengths) => layers
        .Aggregate(x.WithinLengths(lengths), (value, layer) => layer is SteppedLayer stepped ? stepped.Export(value, lengths) : layer.Export(value))
        .OverSteps(PoolKind.Mean, lengths);
}
