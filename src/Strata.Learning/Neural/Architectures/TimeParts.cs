using System.Buffers;
using Strata.Learning.Neural.Layers;
using Strata.Learning.Onnx;
using Strata.Tensors;
using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Architectures;

/// <summary>
/// The mean of each channel over equal parts of a row's own time, side by side, so that what is read still tells where in the series it was. Part p of n over k steps goes from step
/// floor(p k / n) to ceil((p + 1) k / n), as PyTorch's adaptive pooling has it: where there are fewer steps than parts, neighbours share a step.
/// </summary>
/// <param name="count">How many; one is the mean over all steps.</param>
internal sealed class TimeParts(int count) : Layer
{
    public override Variable<float> Apply(Variable<float> x, Pass pass) => Apply(x, [], pass);

    /// <summary>[rows, count * channels], the channels of the first part first.</summary>
    /// <param name="x">[rows, steps, channels].</param>
    /// <param name="lengths">The steps of each row that count; empty where all do.</param>
    /// <param name="pass">The tape to record on.</param>
    public Variable<float> Apply(Variable<float> x, ReadOnlySpan<int> lengths, Pass pass)
    {
        Tape<float> tape = pass.Tape;
        if (count == 1)
        {
            return tape.MeanOverSteps(x, lengths);
        }

        int rows = x.Shape[0], steps = x.Shape[1], size = rows * count * steps;
        float[] shares = ArrayPool<float>.Shared.Rent(size);
        shares.AsSpan(0, size).Clear();
        for (int row = 0; row < rows; row++)
        {
            int own = lengths.IsEmpty ? steps : lengths[row];
            for (int part = 0; part < count; part++)
            {
                (int from, int to) = Steps(part, own);
                shares.AsSpan((row * count + part) * steps + from, to - from).Fill(1f / (to - from));
            }
        }

        Variable<float> means = tape.BatchProduct(tape.Constant(shares.AsSpan(0, size), new Shape(rows, count, steps)), x);
        ArrayPool<float>.Shared.Return(shares);
        return tape.Flatten(means);
    }

    public override OnnxValue Export(OnnxValue x) => Export(x, null);

    /// <summary>The same inside a graph: float32 [rows, count * channels].</summary>
    /// <param name="x">As there.</param>
    /// <param name="lengths">int64 [rows]; null where all steps count.</param>
    public OnnxValue Export(OnnxValue x, OnnxValue? lengths)
    {
        if (count == 1)
        {
            return x.OverSteps(PoolKind.Mean, lengths);
        }

        OnnxValue own = lengths ?? x.To("Shape", OnnxElement.Int64).Slice(0, 1, 2), steps = x.Steps().Reshape(1, 1, -1);
        OnnxValue parts = x.Graph.Constant("parts", OnnxElement.Int64, [1, count, 1], Enumerable.Range(0, count).Select(part => (double)part));
        own = own.Reshape(-1, 1, 1);
        OnnxValue from = parts * own / count, to = ((parts + 1) * own + (count - 1)) / count;
        OnnxValue isOf = steps.To("Less", OnnxElement.Bool, from).To("Not").To("And", steps.To("Less", OnnxElement.Bool, to));
        OnnxValue shares = isOf.As(OnnxElement.Float) / (to - from).As(OnnxElement.Float);
        return shares.MatrixProduct(x).Reshape(0, -1);
    }

    private (int From, int To) Steps(int part, int steps) => ((int)((long)part * steps / count), (int)(((part + 1L) * steps + count - 1) / count));
}
