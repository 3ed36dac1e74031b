using Strata.Learning.Onnx;
using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Layers;

/// <summary>Leaves out blocks of neighbouring places of images by chance while learning (DropBlock, Ghiasi et al. 2018).</summary>
/// <param name="rate">About the share of places.</param>
/// <param name="size">Places of a block down and across.</param>
internal sealed class DroppedBlocks(double rate, int size) : Layer
{
    public override Variable<float> Apply(Variable<float> x, Pass pass) => pass.DropBlock(x, rate, size);

    public override OnnxValue Export(OnnxValue x) => x;
}
