using Strata.Learning.Neural.Layers;
using Strata.Learning.Onnx;
using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Architectures;

/// <summary>Convolutions one after the other, and the mean over all places that count, or of series over equal parts of them.</summary>
/// <param name="layers">Layers that know which steps count, or others where all do.</param>
/// <param name="channels">Of the last one.</param>
/// <param name="parts">Of the time of series; 1 for images.</param>
internal sealed class ConvolutionEncoder(Layer[] layers, int channels, int parts = 1) : Encoder
{
    private readonly TimeParts summary = new(parts);

    public override int Width => channels * parts;

    public override IEnumerable<Parameter<float>> Parameters => layers.SelectMany(layer => layer.Parameters);

    public override IEnumerable<Parameter<float>> Memories => layers.SelectMany(layer => layer.Memories);

    public override Variable<float> Encode(Variable<float> x, ReadOnlySpan<int> lengths, Pass pass)
    {
        // All places of images count.
        lengths = x.Shape.Dimensions == 3 ? lengths : [];
        x = pass.Tape.MaskSteps(x, lengths);
        foreach (Layer layer in layers)
        {
            x = layer switch
            {
                HalvedSteps halved => halved.Apply(x, ref lengths, pass),
                SteppedLayer stepped => stepped.Apply(x, lengths, pass),
                _ => layer.Apply(x, pass),
            };
        }

        return summary.Apply(x, lengths, pass);
    }

    public override OnnxValue Export(OnnxValue x, OnnxValue? lengths)
    {
        x = x.WithinLengths(lengths);
        foreach (Layer layer in layers)
        {
            x = layer switch
            {
                HalvedSteps halved => halved.Export(x, ref lengths),
                SteppedLayer stepped => stepped.Export(x, lengths),
                _ => layer.Export(x),
            };
        }

        return summary.Export(x, lengths);
    }
}
