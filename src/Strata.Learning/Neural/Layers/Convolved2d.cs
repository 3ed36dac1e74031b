using Strata.Learning.Onnx;
using Strata.Tensors;
using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Layers;

/// <summary>A convolution of images [batch, height, width, channels] by square kernels to [batch, windows down, windows across, outputs].</summary>
internal sealed class Convolved2d : Layer
{
    private readonly Kernels kernels;
    private readonly Sliding sliding;
    private readonly int groups;

    /// <param name="name">Before the names of its parameters.</param>
    /// <param name="channels">Channels that come in.</param>
    /// <param name="outputs">Channels that go out.</param>
    /// <param name="size">Taps of a kernel, down and across.</param>
    /// <param name="sliding">How windows go along both axes.</param>
    /// <param name="random">Where weights start; null leaves them to be read.</param>
    /// <param name="groups">Parts of the channels that see only their own part of the kernels.</param>
    /// <param name="hasBias">False where a normalisation follows.</param>
    public Convolved2d(string name, int channels, int outputs, int size, Sliding sliding, RandomSource? random, int groups = 1, bool hasBias = true)
    {
        kernels = new Kernels(name, new Shape(outputs, size, size, channels / groups), hasBias ? outputs : 0, random);
        (this.sliding, this.groups) = (sliding, groups);
    }

    public override IEnumerable<Parameter<float>> Parameters => kernels.All;

    public override Variable<float> Apply(Variable<float> x, Pass pass) => pass.Tape.Convolve(x, kernels.Use(pass), kernels.UseBias(pass), sliding, sliding, groups);

    public override OnnxValue Export(OnnxValue x) => x.Convolved(kernels, sliding, groups);
}
