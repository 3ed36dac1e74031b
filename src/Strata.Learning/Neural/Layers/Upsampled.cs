using Strata.Learning.Onnx;
using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Layers;

/// <summary>Each place of series or images repeated along every axis (nearest neighbour).</summary>
internal sealed class Upsampled(int factor) : Layer
{
    public override Variable<float> Apply(Variable<float> x, Pass pass) => pass.Tape.Upsample(x, factor);

    public override OnnxValue Export(OnnxValue x) => x.ChannelsFirst(first => x.Graph.AddMany(
        "Resize", string.Empty, x.Element, 1,
        [first, null, x.Graph.Constant("scales", OnnxElement.Float, [x.Rank], [1, 1, .. Enumerable.Repeat((double)factor, x.Rank - 2)])],
        new OnnxAttribute("mode", "nearest"), new OnnxAttribute("coordinate_transformation_mode", "asymmetric"), new OnnxAttribute("nearest_mode", "floor"))[0]);
}
