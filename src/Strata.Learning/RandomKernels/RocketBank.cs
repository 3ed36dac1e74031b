using Strata.Learning.ModelFiles;
using Strata.Learning.Onnx;
using Strata.Tensors;
using Strata.Tensors.Kernels;

namespace Strata.Learning.RandomKernels;

/// <summary>
/// Kernels of 7, 9 or 11 steps with normal weights, biases, dilations and padding by chance, each over some of the channels; of each the largest sum and the share of
/// sums above zero (Dempster, Petitjean and Webb 2020; channels as in its multivariate form, Ruiz et al. 2021).
/// </summary>
internal sealed unsafe class RocketBank : KernelBank
{
    private const int LongestKernel = 11, LargestReach = 1 << 24;

    private readonly int[] lengths, dilations, padded, channelCounts, channels;
    private readonly float[] biases, weights;

    private RocketBank(int[] lengths, int[] dilations, int[] padded, int[] channelCounts, int[] channels, float[] biases, float[] weights)
    {
        (this.lengths, this.dilations, this.padded, this.channelCounts, this.channels, this.biases, this.weights) = (lengths, dilations, padded, channelCounts, channels, biases, weights);
        Margin = lengths.Zip(dilations, (length, dilation) => (length - 1) * dilation / 2).Max();
    }

    public override int FeatureCount => 2 * lengths.Length;

    public override int Margin { get; }

    /// <param name="wanted">How many.</param>
    /// <param name="most">Fewer where there is room for no more.</param>
    /// <param name="steps">Of the longest series; no kernel reaches further.</param>
    /// <param name="channelCount">Of every series.</param>
    /// <param name="random">Where kernels come from.</param>
    public static RocketBank Draw(int wanted, int most, int steps, int channelCount, RandomSource random)
    {
        int kernels = Math.Min(wanted, most);
        int[] lengths = new int[kernels], dilations = new int[kernels], padded = new int[kernels], channelCounts = new int[kernels];
        var biases = new float[kernels];
        var (channels, weights) = (new List<int>(), new List<float>());
        int[] order = [.. Enumerable.Range(0, channelCount)];
        for (int k = 0; k < kernels; k++)
        {
            lengths[k] = 7 + 2 * random.NextInt(3);
            dilations[k] = Math.Max(1, (int)Math.Pow(2, random.NextDouble() * Math.Log2(Math.Max(1, (steps - 1) / (double)(lengths[k] - 1)))));
            padded[k] = random.NextInt(2);
            biases[k] = (float)(2 * random.NextDouble() - 1);
            channelCounts[k] = Channels.Draw(order, lengths[k], random);
            for (int c = 0; c < channelCounts[k]; c++)
            {
                channels.Add(order[c]);
                weights.AddRange(Centred(lengths[k], random));
            }
        }

        return new RocketBank(lengths, dilations, padded, channelCounts, [.. channels], biases, [.. weights]) { IsReduced = kernels < wanted };
    }

    public static RocketBank Read(ModelReader reader, int channelCount)
    {
        int[] lengths = reader.Tensor<int>("lengths", -1), dilations = reader.Tensor<int>("dilations", lengths.Length), padded = reader.Tensor<int>("padded", lengths.Length);
        int[] channelCounts = reader.Tensor<int>("channel_counts", lengths.Length), channels = reader.Tensor<int>("channels", -1);
        float[] biases = reader.Tensor<float>("biases", lengths.Length), weights = reader.Tensor<float>("weights", -1);
        bool isSound = lengths.Length > 0
            && lengths.All(length => length is >= 2 and <= LongestKernel && length % 2 == 1)
            && dilations.All(dilation => dilation >= 1 && dilation <= LargestReach / LongestKernel)
            && padded.All(one => one is 0 or 1)
            && channelCounts.All(count => count is >= 1 and <= LongestKernel)
            && channelCounts.Sum(count => (long)count) == channels.Length
            && channels.All(channel => channel >= 0 && channel < channelCount)
            && lengths.Zip(channelCounts, (length, count) => (long)length * count).Sum() == weights.Length
            && biases.Concat(weights).All(float.IsFinite);
        return isSound ? new RocketBank(lengths, dilations, padded, channelCounts, channels, biases, weights) : throw new ModelFileException("The kernels in the model file are none that can be drawn.");
    }

    public override void Write(ModelWriter writer)
    {
        writer.Tensor("lengths", lengths);
        writer.Tensor("dilations", dilations);
        writer.Tensor("padded", padded);
        writer.Tensor("channel_counts", channelCounts);
        writer.Tensor("channels", channels);
        writer.Tensor("biases", biases);
        writer.Tensor("weights", weights);
    }

    public override OnnxValue Export(SeriesGraph series)
    {
        OnnxValue channelsFirst = series.Steps.Transpose(0, 2, 1) with { Rank = 3 };
        var (parts, features) = (new List<OnnxValue>(), new List<int>());
        foreach (IGrouping<(int Length, int Dilation, bool Pads), int> alike in Enumerable.Range(0, lengths.Length).GroupBy(k => (lengths[k], dilations[k], padded[k] == 1)))
        {
            int[] own = [.. alike];
            (OnnxValue largest, OnnxValue shares) = Pooled(series, channelsFirst, own, alike.Key);
            parts.AddRange([largest, shares]);
            features.AddRange([.. own.Select(k => 2 * k), .. own.Select(k => 2 * k + 1)]);
        }

        return InOrder(parts, features);
    }

    /// <summary>The largest sums and the shares of sums above zero of kernels that go over the steps alike: float32 [rows, kernels] both.</summary>
    private (OnnxValue Largest, OnnxValue Shares) Pooled(SeriesGraph series, OnnxValue channelsFirst, int[] own, (int Length, int Dilation, bool Pads) alike)
    {
        OnnxGraph graph = channelsFirst.Graph;
        int half = (alike.Length - 1) * alike.Dilation / 2, channelCount = channels.Length == 0 ? 1 : channels.Max() + 1;
        OnnxValue weightsOf = graph.Constant("kernels", OnnxElement.Float, [own.Length, channelCount, alike.Length], own.SelectMany(k => Dense(k, channelCount)));
        OnnxValue sums = graph.Add(
            "Conv",
            OnnxElement.Float,
            [channelsFirst.Slice(1, 0, channelCount), weightsOf, graph.Constant("kernel_biases", OnnxElement.Float, [own.Length], own.Select(k => (double)biases[k]))],
            new OnnxAttribute("dilations", (long[])[alike.Dilation]), new OnnxAttribute("pads", (long[])[half, half]), new OnnxAttribute("group", 1L)) with
        { Rank = 3 };

        // A series shorter than the kernel is met with padding.
        OnnxValue ends = series.Ends, zero = ends.Same(0), margin = alike.Pads ? zero : ends.IsAbove(2.0 * half).Choose(ends.Same(half), zero), steps = series.Steps.Steps().Reshape(1, 1, -1);
        OnnxValue isPlace = steps.To("GreaterOrEqual", OnnxElement.Bool, margin).To("And", steps.To("Less", OnnxElement.Bool, ends - margin));
        OnnxValue largest = isPlace.Choose(sums, sums.Same(double.NegativeInfinity)).Reduce("ReduceMax", 2, keep: false);
        OnnxValue above = isPlace.To("And", sums.IsAbove(0)).As(OnnxElement.Float).Sum(2).Reshape(-1, own.Length);
        return (largest, above / (ends - margin - margin).As(OnnxElement.Float).Reshape(-1, 1));
    }

    /// <summary>A kernel's weights [channels, steps], zero where it does not look.</summary>
    private double[] Dense(int kernel, int channelCount)
    {
        int length = lengths[kernel], channel = channelCounts.AsSpan(0, kernel).ToArray().Sum(), weight = Enumerable.Range(0, kernel).Sum(k => lengths[k] * channelCounts[k]);
        var dense = new double[channelCount * length];
        for (int c = 0; c < channelCounts[kernel]; c++, weight += length)
        {
            for (int step = 0; step < length; step++)
            {
                dense[channels[channel + c] * length + step] = weights[weight + step];
            }
        }

        return dense;
    }

    protected override long SpareNumbers(int channels, nint channelStep) => 0;

    protected override void Features(float* x, nint channelStep, int channels, int steps, float* spare, Span<float> features)
    {
        nint* offsets = stackalloc nint[LongestKernel * LongestKernel];
        fixed (float* all = weights)
        {
            float* own = all;
            int channel = 0;
            for (int k = 0; k < lengths.Length; k++)
            {
                int reach = (lengths[k] - 1) * dilations[k];

                // A series shorter than the kernel is met with padding.
                bool pads = padded[k] == 1 || steps <= reach;
                int taps = 0;
                for (int c = 0; c < channelCounts[k]; c++, channel++)
                {
                    nint first = this.channels[channel] * channelStep - (pads ? reach / 2 : 0);
                    for (int step = 0; step < lengths[k]; step++)
                    {
                        offsets[taps++] = first + step * dilations[k];
                    }
                }

                int places = pads ? steps : steps - reach;
                (float largest, int above) = DilatedSums.Pool(x, offsets, own, taps, biases[k], places);
                (features[2 * k], features[2 * k + 1]) = (largest, above / (float)places);
                own += taps;
            }
        }
    }

    /// <summary>Normal weights less their mean.</summary>
    private static float[] Centred(int length, RandomSource random)
    {
        double[] drawn = [.. Enumerable.Range(0, length).Select(_ => random.NextGaussian())];
        double mean = drawn.Average();
        return [.. drawn.Select(weight => (float)(weight - mean))];
    }
}
