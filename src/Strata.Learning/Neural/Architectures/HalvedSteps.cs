using Strata.Learning.Neural.Layers;
using Strata.Learning.Onnx;
using Strata.Tensors;
using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Architectures;

/// <summary>Every second step of a series, each with the largest number of each channel among its neighbours: of n steps ceil(n / 2) are left.</summary>
/// <param name="size">Neighbours that are looked at, the step itself included.</param>
internal sealed class HalvedSteps(int size) : Layer
{
    private readonly Sliding sliding = Sliding.Same(size, stride: 2);

    public override Variable<float> Apply(Variable<float> x, Pass pass) => pass.Tape.MaxPool(x, size, sliding);

    /// <summary>The same of series that differ in length.</summary>
    /// <param name="x">[rows, steps, channels].</param>
    /// <param name="lengths">The steps of each row that count, and afterwards how many of them are left; empty where all count.</param>
    /// <param name="pass">The tape to record on.</param>
    public Variable<float> Apply(Variable<float> x, ref ReadOnlySpan<int> lengths, Pass pass)
    {
        x = Apply(pass.Tape.MaskSteps(x, lengths, InceptionModule.Least), pass);
        lengths = Patches.Count(lengths, 2);
        return pass.Tape.MaskSteps(x, lengths);
    }

    public override OnnxValue Export(OnnxValue x) => new Pooled(PoolKind.Max, size, sliding).Export(x);

    /// <summary>The same inside a graph.</summary>
    public OnnxValue Export(OnnxValue x, ref OnnxValue? lengths)
    {
        x = Export(x.WithinLengths(lengths, InceptionModule.Least)) with { Rank = x.Rank };
        lengths = lengths is OnnxValue own ? (own + 1) / 2 : null;
        return x.WithinLengths(lengths);
    }
}
