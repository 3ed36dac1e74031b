using Strata.Learning.Onnx;
using Strata.Tensors;
using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Layers;

/// <summary>A convolution of series [batch, steps, channels] to [batch, windows, outputs].</summary>
internal sealed class Convolved1d : Layer
{
    private readonly Kernels kernels;
    private readonly Sliding sliding;
    private readonly int groups;

    /// <param name="name">Before the names of its parameters.</param>
    /// <param name="channels">Channels that come in.</param>
    /// <param name="outputs">Channels that go out.</param>
    /// <param name="size">Taps of a kernel.</param>
    /// <param name="sliding">How windows go along the steps.</param>
    /// <param name="random">Where weights start; null leaves them to be read.</param>
    /// <param name="groups">Parts of the channels that see only their own part of the kernels.</param>
    /// <param name="hasBias">False where a normalisation follows.</param>
    /// <param name="hasLengths">Whether the kernels' lengths are learned apart from their directions.</param>
    public Convolved1d(string name, int channels, int outputs, int size, Sliding sliding, RandomSource? random, int groups = 1, bool hasBias = true, bool hasLengths = false)
    {
        kernels = new Kernels(name, new Shape(outputs, size, channels / groups), hasBias ? outputs : 0, random, hasLengths);
        (this.sliding, this.groups) = (sliding, groups);
    }

    public override IEnumerable<Parameter<float>> Parameters => kernels.All;

    public override Variable<float> Apply(Variable<float> x, Pass pass) => pass.Tape.Convolve(x, kernels.Use(pass), kernels.UseBias(pass), sliding, groups);

    public override OnnxValue Export(OnnxValue x) => x.Convolved(kernels, sliding, groups);
}
