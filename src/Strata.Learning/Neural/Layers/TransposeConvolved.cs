using Strata.Learning.Onnx;
using Strata.Tensors;
using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Layers;

/// <summary>A transposed convolution: series [batch, steps, channels] or images by square kernels, made longer by the stride.</summary>
internal sealed class TransposeConvolved : Layer
{
    private readonly Kernels kernels;
    private readonly Sliding sliding;
    private readonly int groups, further;
    private readonly bool isImage;

    /// <param name="name">Before the names of its parameters.</param>
    /// <param name="axes">1 for series, 2 for images.</param>
    /// <param name="channels">Channels that come in.</param>
    /// <param name="outputs">Channels that go out.</param>
    /// <param name="size">Taps of a kernel along each axis.</param>
    /// <param name="sliding">How the windows of the convolution from the result back to the input go.</param>
    /// <param name="random">Where weights start; null leaves them to be read.</param>
    /// <param name="groups">Parts of the channels that see only their own part of the kernels.</param>
    /// <param name="further">Places at the end that the convolution's stride would have left out.</param>
    public TransposeConvolved(string name, int axes, int channels, int outputs, int size, Sliding sliding, RandomSource? random, int groups = 1, int further = 0)
    {
        isImage = axes == 2;
        kernels = new Kernels(name, isImage ? new Shape(channels, size, size, outputs / groups) : new Shape(channels, size, outputs / groups), outputs, random);
        (this.sliding, this.groups, this.further) = (sliding, groups, further);
    }

    public override IEnumerable<Parameter<float>> Parameters => kernels.All;

    public override Variable<float> Apply(Variable<float> x, Pass pass) => isImage
        ? pass.Tape.ConvolveTransposed(x, kernels.Use(pass), kernels.UseBias(pass), sliding, sliding, groups, further)
        : pass.Tape.ConvolveTransposed(x, kernels.Use(pass), kernels.UseBias(pass), sliding, groups, further);

    public override OnnxValue Export(OnnxValue x) => x.ChannelsFirst(first => first.Graph.Add(
        "ConvTranspose",
        x.Element,
        [first, first.Graph.Kernels(kernels), first.Graph.Weights(kernels.Bias!)],
        [new OnnxAttribute("group", (long)groups), new OnnxAttribute("output_padding", (long[])[.. Enumerable.Repeat((long)further, x.Rank - 2)]), .. sliding.Attributes(x.Rank - 2)]));
}
