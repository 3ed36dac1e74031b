using Strata.Learning.Onnx;
using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Layers;

/// <summary>A layer that knows which steps of a series count: the others are 0 in what comes out, and change nothing else.</summary>
internal abstract class SteppedLayer : Layer
{
    /// <param name="x">Series [rows, steps, channels], or images where all places count.</param>
    /// <param name="lengths">The steps of each row that count; empty where all do.</param>
    /// <param name="pass">The tape to record on, and whether it learns.</param>
    public abstract Variable<float> Apply(Variable<float> x, ReadOnlySpan<int> lengths, Pass pass);

    public sealed override Variable<float> Apply(Variable<float> x, Pass pass) => Apply(x, [], pass);

    /// <summary>The same when it predicts, inside an ONNX graph.</summary>
    /// <param name="x">As there.</param>
    /// <param name="lengths">int64 [rows]; null where all steps count.</param>
    public abstract OnnxValue Export(OnnxValue x, OnnxValue? lengths);

    public sealed override OnnxValue Export(OnnxValue x) => Export(x, null);
}
