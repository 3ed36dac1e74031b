using Strata.Learning.Onnx;
using Strata.Tensors;
using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Layers;

/// <summary>A layer whose inner results are computed again on the way back instead of being kept (Chen et al. 2016).</summary>
internal sealed class Recomputed(SteppedLayer inner) : SteppedLayer, ISegment<float>
{
    public override IEnumerable<Parameter<float>> Parameters => inner.Parameters;

    public override IEnumerable<Parameter<float>> Memories => inner.Memories;

    public override Variable<float> Apply(Variable<float> x, ReadOnlySpan<int> lengths, Pass pass) =>
        pass.Tape.IsRecording ? pass.Tape.Checkpointed(this, x, lengths, pass.Random) : inner.Apply(x, lengths, pass);

    Variable<float> ISegment<float>.Compute(Variable<float> x, ReadOnlySpan<int> lengths, RandomSource? random, bool isAgain) =>
        inner.Apply(x, lengths, new Pass(x.Tape, random) { IsAgain = isAgain });

    public override OnnxValue Export(OnnxValue x, OnnxValue? lengths) => inner.Export(x, lengths);
}
