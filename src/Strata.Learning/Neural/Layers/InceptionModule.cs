using Strata.Learning.Onnx;
using Strata.Tensors;
using Strata.Tensors.Backends;
using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Layers;

/// <summary>Kernels of three lengths over a bottleneck of the channels, and one tap over the largest of three neighbours, side by side (Ismail Fawaz et al. 2020).</summary>
internal sealed class InceptionModule : SteppedLayer
{
    private const int Branches = 3, PoolSize = 3;

    /// <summary>Less than anything that counts, and finite, so that it times 0 is 0.</summary>
    internal const double Least = -1e30;

    private readonly Layer? bottleneck;
    private readonly Layer[] convolutions;
    private readonly Layer pooled;
    private readonly BatchNormalized norm;

    /// <param name="name">Before the names of its parameters.</param>
    /// <param name="channels">Channels that come in.</param>
    /// <param name="filters">Channels of each of the four parts that go out.</param>
    /// <param name="size">Taps of the longest kernels; the others have a half and a quarter.</param>
    /// <param name="random">Where weights start; null leaves them to be read.</param>
    public InceptionModule(string name, int channels, int filters, int size, RandomSource? random)
    {
        Layer Convolution(string part, int inputs, int taps) => new Convolved1d($"{name}.{part}", inputs, filters, taps, Sliding.Same(taps), random, hasBias: false);
        bottleneck = channels > 1 ? Convolution("bottleneck", channels, 1) : null;
        convolutions = [.. Enumerable.Range(0, Branches).Select(i => Convolution($"convolutions.{i}", channels > 1 ? filters : channels, Math.Max(1, size >> i)))];
        pooled = Convolution("pooled", channels, 1);
        norm = new BatchNormalized($"{name}.norm", Width(filters));
    }

    public override IEnumerable<Parameter<float>> Parameters => All.SelectMany(layer => layer.Parameters);

    public override IEnumerable<Parameter<float>> Memories => norm.Memories;

    private IEnumerable<Layer> All => [.. bottleneck is null ? [] : new[] { bottleneck }, .. convolutions, pooled, norm];

    /// <summary>Channels that go out.</summary>
    public static int Width(int filters) => (Branches + 1) * filters;

    public override Variable<float> Apply(Variable<float> x, ReadOnlySpan<int> lengths, Pass pass)
    {
        Variable<float> narrow = bottleneck?.Apply(x, pass) ?? x;
        Variable<float> largest = pass.Tape.MaxPool(pass.Tape.MaskSteps(x, lengths, Least), PoolSize, Sliding.Same(PoolSize));
        Variable<float> joined = pass.Tape.Join(convolutions[0].Apply(narrow, pass), convolutions[1].Apply(narrow, pass), convolutions[2].Apply(narrow, pass), pooled.Apply(largest, pass));
        return norm.Apply(joined, lengths, pass, rectifies: true);
    }

    public override OnnxValue Export(OnnxValue x, OnnxValue? lengths)
    {
        OnnxValue narrow = bottleneck?.Export(x) ?? x;
        OnnxValue largest = new Pooled(PoolKind.Max, PoolSize, Sliding.Same(PoolSize)).Export(x.WithinLengths(lengths, Least));
        OnnxValue joined = x.Graph.Add("Concat", x.Element, [.. convolutions.Select(convolution => convolution.Export(narrow)), pooled.Export(largest)], new OnnxAttribute("axis", 2L)) with { Rank = 3 };
        return (norm.Export(joined).Activated(Activation.Relu) with { Rank = 3 }).WithinLengths(lengths);
    }
}
