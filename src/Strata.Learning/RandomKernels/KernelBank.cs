using Strata.Learning.ModelFiles;
using Strata.Learning.Onnx;
using Strata.Tensors.Kernels;

namespace Strata.Learning.RandomKernels;

/// <summary>Kernels drawn by chance, and what they make of a series: one row of features.</summary>
internal abstract unsafe class KernelBank
{
    public abstract int FeatureCount { get; }

    /// <summary>Whether fewer kernels were drawn than asked for.</summary>
    public bool IsReduced { get; init; }

    /// <summary>Numbers that a kernel reads at the most before a series begins and after it ends.</summary>
    public abstract int Margin { get; }

    public abstract void Write(ModelWriter writer);

    /// <summary>The features inside a graph, in their order: float32 [rows, features].</summary>
    public abstract OnnxValue Export(SeriesGraph series);

    /// <summary>Columns brought to the order of the features.</summary>
    /// <param name="parts">float32 [rows, some columns] each.</param>
    /// <param name="features">For each column, one part after the other, which feature it is.</param>
    protected static OnnxValue InOrder(IReadOnlyList<OnnxValue> parts, IReadOnlyList<int> features)
    {
        OnnxGraph graph = parts[0].Graph;
        var places = new int[features.Count];
        for (int column = 0; column < places.Length; column++)
        {
            places[features[column]] = column;
        }

        return graph.Join(parts).Gather(graph.Constant("features", OnnxElement.Int64, [places.Length], places.Select(place => (double)place)), axis: 1) with { Rank = 2 };
    }

    /// <summary>The features of a series whose channels begin at <paramref name="x"/>, <paramref name="channelStep"/> apart, with zeros for a margin on either side.</summary>
    /// <param name="x">The first step of the first channel.</param>
    /// <param name="channelStep">From one channel to the next, in numbers.</param>
    /// <param name="channels">How many.</param>
    /// <param name="steps">At least 1.</param>
    /// <param name="spare">Memory of <see cref="SpareNumbers"/>.</param>
    /// <param name="features">Where they go.</param>
    protected abstract void Features(float* x, nint channelStep, int channels, int steps, float* spare, Span<float> features);

    /// <summary>How much memory of its own a transform needs.</summary>
    protected abstract long SpareNumbers(int channels, nint channelStep);

    /// <summary>Memory for the transforms of one thread.</summary>
    public AlignedBuffer<float> Scratch(int channels, int longestSteps)
    {
        nint step = ChannelStep(longestSteps);
        return new AlignedBuffer<float>(channels * (long)step + SpareNumbers(channels, step));
    }

    /// <summary>The features of a series with at least one step.</summary>
    /// <param name="rows">Scaled series.</param>
    /// <param name="row">Which.</param>
    /// <param name="longestSteps">As the scratch memory was made for.</param>
    /// <param name="scratch">Of this thread.</param>
    /// <param name="features">Where they go.</param>
    public void Transform(SeriesRows rows, int row, int longestSteps, AlignedBuffer<float> scratch, Span<float> features)
    {
        nint step = ChannelStep(longestSteps);
        int steps = rows.StepsOf(row);
        float* first = Padded(rows, row, step, scratch);
        Features(first, step, rows.ChannelCount, steps, scratch.Pointer + rows.ChannelCount * step, features);
    }

    /// <summary>Lays a series out with zeros around its channels; returns its first step.</summary>
    protected float* Padded(SeriesRows rows, int row, nint channelStep, AlignedBuffer<float> scratch)
    {
        int steps = rows.StepsOf(row);
        for (int channel = 0; channel < rows.ChannelCount; channel++)
        {
            var to = new Span<float>(scratch.Pointer + channel * channelStep, (int)channelStep);
            to.Clear();
            rows.Channel(row, channel).CopyTo(to.Slice(Margin, steps));
        }

        return scratch.Pointer + Margin;
    }

    protected nint ChannelStep(int longestSteps) => 2 * (nint)Margin + longestSteps + DilatedSums.Slack;
}
