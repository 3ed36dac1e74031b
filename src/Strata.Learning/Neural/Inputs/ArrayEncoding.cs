using System.Text.Json.Serialization;
using Strata.Learning.Data;
using Strata.Learning.Onnx;
using Strata.Tensors;

namespace Strata.Learning.Neural.Inputs;

/// <summary>How an array column goes into a network. Learned from the training rows.</summary>
/// <param name="Column">Its place among the features; -1 for the series that a wide table's numbers are.</param>
/// <param name="Scaling">How numbers are brought into range.</param>
/// <param name="Means">By channel, over the training rows.</param>
/// <param name="Factors">By channel: one over the deviation; 0 for a constant.</param>
internal abstract record ArrayEncoding(int Column, Scaling Scaling, double[] Means, double[] Factors)
{
    /// <summary>Deviations beyond which a number is no further out.</summary>
    private protected const double Bound = 100;

    /// <summary>Channels of a cell.</summary>
    [JsonIgnore]
    public int Channels => Means.Length;

    /// <summary>Channels of the network's input.</summary>
    [JsonIgnore]
    public virtual int InputChannels => Channels;

    [JsonIgnore]
    public abstract ColumnType Type { get; }

    /// <summary>Encodes some rows into a batch.</summary>
    /// <param name="column">The cells.</param>
    /// <param name="rows">Which of them.</param>
    /// <param name="batch">Where to.</param>
    /// <param name="random">The chance of a training; null while predicting, which leaves nothing to chance.</param>
    public abstract void Fill(ArrayColumn column, ReadOnlySpan<int> rows, ArrayBatch batch, RandomSource? random);

    /// <summary>Whether it can be what was fitted on a column of this type and so many channels.</summary>
    public virtual bool IsSound(ColumnType type, int channels) =>
        type == Type && Enum.IsDefined(Scaling) && Means is not null && Factors is not null && Means.Length == channels && Factors.Length == channels && channels > 0
        && Means.All(double.IsFinite) && Factors.All(double.IsFinite);

    /// <summary>The same as it predicts, inside a graph.</summary>
    /// <param name="rows">The columns.</param>
    /// <param name="name">Which of them.</param>
    public abstract OnnxArray Export(OnnxTable rows, string name);

    /// <summary>Numbers brought into range inside a graph; 0 where there is none.</summary>
    /// <param name="x">float64 [rows, cells, channels].</param>
    /// <param name="isThere">Which of them count: bool of the same shape.</param>
    private protected OnnxValue Scaled(OnnxValue x, OnnxValue isThere)
    {
        OnnxValue zero = x.Same(0), clean = isThere.Choose(x, zero);
        if (Scaling == Scaling.None)
        {
            return clean.Within(-1e6, 1e6);
        }

        OnnxValue means = x.Graph.Constant("channel_means", OnnxElement.Double, [Channels], Means), factors = x.Graph.Constant("channel_factors", OnnxElement.Double, [Channels], Factors);
        if (Scaling == Scaling.Row)
        {
            OnnxValue count = isThere.As(OnnxElement.Double).Sum(1);
            count = count.To("Max", count.Same(1));
            means = clean.Sum(1) / count;
            OnnxValue away = isThere.Choose(clean - means, zero), deviation = ((away * away).Sum(1) / count).To("Sqrt"), least = means.To("Abs") * 1e-7;
            OnnxValue varies = deviation.To("Greater", OnnxElement.Bool, least.To("Max", least.Same(1e-30)));
            factors = varies.Choose(1 / varies.Choose(deviation, deviation.Same(1)), zero);
        }

        return isThere.Choose(((clean - means) * factors).Within(-Bound, Bound), zero);
    }

    /// <summary>What a channel of a cell is scaled by.</summary>
    private protected (double Mean, double Factor) ScaleOf(ReadOnlySpan<float> cell, int channel) => Scaling switch
    {
        Scaling.Channel => (Means[channel], Factors[channel]),
        Scaling.Row => ChannelMoments.Of(cell, channel, Channels).Scale,
        _ => (0, 1),
    };

    private protected static float Scaled(float value, double mean, double factor) => factor == 0 ? 0 : (float)Math.Clamp((value - mean) * factor, -Bound, Bound);

    /// <summary>Raw numbers are only held within what float32 products can carry.</summary>
    private protected float Scaled(float value, (double Mean, double Factor) by) => Scaling == Scaling.None ? Math.Clamp(value, -1e6f, 1e6f) : Scaled(value, by.Mean, by.Factor);
}
