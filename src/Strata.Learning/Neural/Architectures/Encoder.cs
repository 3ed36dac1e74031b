using Strata.Learning.Data;
using Strata.Learning.Neural.Layers;
using Strata.Learning.Onnx;
using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Architectures;

/// <summary>What a network makes of one array column: an array in, a row of <see cref="Width"/> numbers out.</summary>
internal abstract class Encoder : Layer
{
    /// <summary>Numbers of a row that goes out.</summary>
    public abstract int Width { get; }

    /// <summary>[rows, ...] to [rows, <see cref="Width"/>].</summary>
    /// <param name="x">Series [rows, steps, channels], images [rows, height, width, channels] or points [rows, points, coordinates].</param>
    /// <param name="lengths">
    /// Of series: the steps of each row, at least 1, those beyond being padding that must not change what comes out; empty where all rows fill all steps. Of images and points: empty.
    /// </param>
    /// <param name="pass">The tape to record on, and whether it learns.</param>
    public abstract Variable<float> Encode(Variable<float> x, ReadOnlySpan<int> lengths, Pass pass);

    public sealed override Variable<float> Apply(Variable<float> x, Pass pass) => Encode(x, [], pass);

    /// <summary>The same when it predicts, inside an ONNX graph: float32 [rows, <see cref="Width"/>].</summary>
    /// <param name="x">As there.</param>
    /// <param name="lengths">Of series: the steps of each row, int64 [rows]; else null.</param>
    /// <exception cref="DataException">It cannot be expressed.</exception>
    public virtual OnnxValue Export(OnnxValue x, OnnxValue? lengths) => throw new DataException($"A network part '{GetType().Name}' has no ONNX form.");

    public sealed override OnnxValue Export(OnnxValue x) => Export(x, null);
}
