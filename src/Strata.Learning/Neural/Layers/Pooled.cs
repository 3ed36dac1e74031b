using Strata.Learning.Onnx;
using Strata.Tensors;
using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Layers;

/// <summary>How the numbers under a window, or of all steps, become one.</summary>
internal enum PoolKind
{
    Max,

    /// <summary>Of what is there; padding does not count.</summary>
    Mean,
}

/// <summary>One number for each window of each channel, of series or of images.</summary>
internal sealed class Pooled(PoolKind kind, int size, Sliding sliding) : Layer
{
    public override Variable<float> Apply(Variable<float> x, Pass pass) => (kind, x.Shape.Dimensions) switch
    {
        (PoolKind.Max, 3) => pass.Tape.MaxPool(x, size, sliding),
        (PoolKind.Max, _) => pass.Tape.MaxPool(x, size, size, sliding, sliding),
        (_, 3) => pass.Tape.MeanPool(x, size, sliding),
        _ => pass.Tape.MeanPool(x, size, size, sliding, sliding),
    };

    public override OnnxValue Export(OnnxValue x) => x.ChannelsFirst(first => first.Graph.Add(
        kind == PoolKind.Max ? "MaxPool" : "AveragePool",
        x.Element,
        [first],
        [new OnnxAttribute("kernel_shape", (long[])[.. Enumerable.Repeat((long)size, x.Rank - 2)]), .. sliding.Attributes(x.Rank - 2)]));
}
