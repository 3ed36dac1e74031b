using Strata.Learning.Onnx;
using Strata.Tensors;
using Strata.Tensors.Backends;
using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Layers;

/// <summary>
/// Two dilated convolutions that see no later step, each cut at 0 and thinned by chance, to which the block's input is added before a last cut (Bai et al. 2018).
/// </summary>
internal sealed class CausalBlock : Layer
{
    private readonly Layer path;
    private readonly Layer? shortcut;

    /// <param name="name">Before the names of its parameters.</param>
    /// <param name="channels">Channels that come in.</param>
    /// <param name="outputs">Channels that go out.</param>
    /// <param name="size">Taps of a kernel.</param>
    /// <param name="dilation">Steps from one tap to the next.</param>
    /// <param name="dropout">The share of channels left out by chance.</param>
    /// <param name="random">Where weights start; null leaves them to be read.</param>
    /// <param name="hasLengths">Whether the kernels' lengths are learned apart from their directions, as in the paper.</param>
    public CausalBlock(string name, int channels, int outputs, int size, int dilation, double dropout, RandomSource? random, bool hasLengths)
    {
        Layer Convolution(int number, int inputs) => new Convolved1d($"{name}.conv{number}", inputs, outputs, size, Sliding.Causal(size, dilation), random, hasLengths: hasLengths);
        path = new Sequential(
            Convolution(1, channels), new Activated(Activation.Relu), new DroppedChannels(dropout), Convolution(2, outputs), new Activated(Activation.Relu), new DroppedChannels(dropout));
        shortcut = channels == outputs ? null : new Convolved1d($"{name}.shortcut", channels, outputs, 1, default, random);
    }

    public override IEnumerable<Parameter<float>> Parameters => path.Parameters.Concat(shortcut?.Parameters ?? []);

    public override Variable<float> Apply(Variable<float> x, Pass pass) => pass.Tape.Activate(path.Apply(x, pass) + (shortcut?.Apply(x, pass) ?? x), Activation.Relu);

    public override OnnxValue Export(OnnxValue x) => (path.Export(x) + (shortcut?.Export(x) ?? x)).Activated(Activation.Relu) with { Rank = 3 };
}
