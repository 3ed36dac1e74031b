using Strata.Learning.ModelFiles;
using Strata.Learning.Onnx;
using Strata.Tensors;
using Strata.Tensors.Kernels;

namespace Strata.Learning.RandomKernels;

/// <summary>
/// The 84 kernels of nine steps with weights -1 and three of 2, at dilations that reach from one step to the whole series; of each the shares of sums above some biases, which
/// are quantiles of its sums over a training row (Dempster, Schmidt and Webb 2021).
/// </summary>
internal sealed unsafe class MiniRocketBank : KernelBank
{
    /// <summary>Numbers that <see cref="PoolAll"/> makes of a kernel and a bias.</summary>
    public const int PoolCount = 4;

    private const int KernelLength = 9, MostDilations = 32, LargestDilation = 1 << 21;

    private static readonly (int First, int Second, int Third)[] Kernels =
        [.. from a in Enumerable.Range(0, KernelLength) from b in Enumerable.Range(a + 1, KernelLength - a - 1) from c in Enumerable.Range(b + 1, KernelLength - b - 1) select (a, b, c)];

    private readonly int[] dilations, biasCounts, channelCounts, channels;
    private readonly float[] biases;
    private int margin;

    /// <param name="dilations">Steps between the taps of a kernel.</param>
    /// <param name="biasCounts">Of each dilation how many biases every kernel has.</param>
    /// <param name="channelCounts">[dilations, kernels] how many channels it sums.</param>
    /// <param name="channels">Those of one after the other.</param>
    /// <param name="biases">Those of one kernel after the other.</param>
    private MiniRocketBank(int[] dilations, int[] biasCounts, int[] channelCounts, int[] channels, float[] biases)
    {
        (this.dilations, this.biasCounts, this.channelCounts, this.channels, this.biases) = (dilations, biasCounts, channelCounts, channels, biases);
        margin = KernelLength / 2 * dilations.Max();
    }

    public override int FeatureCount => biases.Length;

    public override int Margin => margin;

    /// <param name="wanted">About how many features; a multiple of 84 is taken.</param>
    /// <param name="most">Fewer where there is room for no more.</param>
    /// <param name="rows">Scaled training series, of which at least one has a step.</param>
    /// <param name="random">Where channels and rows are drawn from.</param>
    public static MiniRocketBank Draw(int wanted, int most, SeriesRows rows, RandomSource random)
    {
        (int[] dilations, int[] biasCounts) = Dilations(Math.Max(1, Math.Min(wanted, most) / Kernels.Length), rows.LongestSteps);
        var channelCounts = new int[dilations.Length * Kernels.Length];
        var channels = new List<int>();
        int[] order = [.. Enumerable.Range(0, rows.ChannelCount)];
        for (int i = 0; i < channelCounts.Length; i++)
        {
            channelCounts[i] = Channels.Draw(order, KernelLength, random);
            channels.AddRange(order[..channelCounts[i]]);
        }

        var bank = new MiniRocketBank(dilations, biasCounts, channelCounts, [.. channels], new float[Kernels.Length * biasCounts.Sum()]) { IsReduced = most < wanted };
        bank.FindBiases(rows, random);
        return bank;
    }

    public static MiniRocketBank Read(ModelReader reader, int channelCount)
    {
        int[] dilations = reader.Tensor<int>("dilations", -1), biasCounts = reader.Tensor<int>("bias_counts", dilations.Length);
        int[] channelCounts = reader.Tensor<int>("channel_counts", dilations.Length * Kernels.Length), channels = reader.Tensor<int>("channels", -1);
        float[] biases = reader.Tensor<float>("biases", -1);
        bool isSound = dilations.Length > 0
            && dilations.All(dilation => dilation is >= 1 and <= LargestDilation)
            && biasCounts.All(count => count >= 1)
            && biasCounts.Sum(count => (long)count) * Kernels.Length == biases.Length
            && channelCounts.All(count => count is >= 1 and <= KernelLength)
            && channelCounts.Sum(count => (long)count) == channels.Length
            && channels.All(channel => channel >= 0 && channel < channelCount)
            && biases.All(float.IsFinite);
        return isSound ? new MiniRocketBank(dilations, biasCounts, channelCounts, channels, biases) : throw new ModelFileException("The kernels in the model file are none that can be drawn.");
    }

    public override void Write(ModelWriter writer)
    {
        writer.Tensor("dilations", dilations);
        writer.Tensor("bias_counts", biasCounts);
        writer.Tensor("channel_counts", channelCounts);
        writer.Tensor("channels", channels);
        writer.Tensor("biases", biases);
    }

    public override OnnxValue Export(SeriesGraph series)
    {
        var (parts, features) = (new List<OnnxValue>(), new List<int>());
        for (int d = 0, channel = 0, at = 0; d < dilations.Length; d++)
        {
            Span<int> counts = channelCounts.AsSpan(d * Kernels.Length, Kernels.Length);
            int[][] chosen = new int[Kernels.Length][];
            for (int k = 0; k < chosen.Length; channel += counts[k++])
            {
                chosen[k] = channels[channel..(channel + counts[k])];
            }

            (OnnxValue sums, OnnxValue places) = Sums(series, d, chosen);
            for (int bias = 0; bias < biasCounts[d]; bias++)
            {
                int[] own = [.. Enumerable.Range(0, Kernels.Length).Select(k => at + k * biasCounts[d] + bias)];
                OnnxValue bounds = sums.Graph.Constant("biases", OnnxElement.Float, [own.Length], own.Select(feature => (double)biases[feature]));
                parts.Add((sums.To("Greater", OnnxElement.Bool, bounds).As(OnnxElement.Float).Sum(1) / places).Reshape(-1, own.Length));
                features.AddRange(own);
            }

            at += Kernels.Length * biasCounts[d];
        }

        return InOrder(parts, features);
    }

    /// <summary>
    /// The sums of all kernels at one dilation, minus infinity where a kernel does not look, float32 [rows, steps, kernels], and at how many places each looks, float32 [rows, 1, kernels].
    /// Numbers are added in the model's own order: biases are sums of training rows, and a last bit decides which side an equal sum is on.
    /// </summary>
    private (OnnxValue Sums, OnnxValue Places) Sums(SeriesGraph series, int d, int[][] chosen)
    {
        OnnxGraph graph = series.Steps.Graph;
        const int middle = KernelLength / 2;
        int dilation = dilations[d], reach = middle * dilation;
        OnnxValue[] Taps(OnnxValue x)
        {
            OnnxValue padded = x.To("Pad", graph.Wholes(0, reach, 0, 0, reach, 0), graph.Number(OnnxElement.Float, 0));
            return [.. Enumerable.Range(0, KernelLength).Select(tap => padded.Slice(1, tap * dilation, tap == KernelLength - 1 ? int.MaxValue : tap * dilation - 2 * reach))];
        }

        bool isOne = chosen.All(own => own is [0]);
        OnnxValue x = isOne ? series.Steps : SumOf(series.Steps, chosen), shared = -Taps(series.Steps).Aggregate((sum, tap) => sum + tap);
        shared = isOne ? shared : SumOf(shared, chosen);
        OnnxValue taps = graph.Join(Taps(x), axis: 2);
        OnnxValue Tap(Func<(int First, int Second, int Third), int> of) =>
            taps.Gather(graph.Constant("taps", OnnxElement.Int64, [Kernels.Length], Kernels.Select((kernel, k) => isOne ? of(kernel) : (double)(of(kernel) * Kernels.Length + k))), axis: 2);
        OnnxValue three = Tap(kernel => kernel.First) + Tap(kernel => kernel.Second) + Tap(kernel => kernel.Third);

        // In float64, which rounds once as the fused product of the model does.
        OnnxValue sums = (three.As(OnnxElement.Double) * 3 + shared.As(OnnxElement.Double)).As(OnnxElement.Float) with { Rank = 3 };
        OnnxValue ends = series.Ends, steps = series.Steps.Steps(), pads = graph.Constant("pads", OnnxElement.Bool, [1, 1, Kernels.Length], Enumerable.Range(0, Kernels.Length).Select(k => (d + k) % 2 == 0 ? 1.0 : 0));
        OnnxValue outside = pads.To("Or", ends.IsAbove(2.0 * reach).To("Not")).Choose(ends.Same(0), ends.Same(reach));
        OnnxValue isPlace = steps.To("GreaterOrEqual", OnnxElement.Bool, outside).To("And", steps.To("Less", OnnxElement.Bool, ends - outside));
        return (isPlace.Choose(sums, sums.Same(double.NegativeInfinity)) with { Rank = 3 }, (ends - outside - outside).As(OnnxElement.Float));
    }

    /// <summary>For each kernel the sum of its channels, one after the other.</summary>
    private static OnnxValue SumOf(OnnxValue x, int[][] chosen)
    {
        OnnxGraph graph = x.Graph;
        OnnxValue none = x.Slice(2, 0, 1) * 0, withNone = graph.Join([none, x], axis: 2);
        IEnumerable<OnnxValue> parts = Enumerable.Range(0, chosen.Max(own => own.Length)).Select(i =>
            withNone.Gather(graph.Constant("channels", OnnxElement.Int64, [chosen.Length], chosen.Select(own => i < own.Length ? 1.0 + own[i] : 0)), axis: 2) with { Rank = 3 });
        return parts.Aggregate((sum, part) => sum + part);
    }

    /// <summary>The shared part of each channel, then sums over channels of these and of the steps, then the sums of a kernel.</summary>
    protected override long SpareNumbers(int channels, nint channelStep) => SpareOf(channels, channelStep);

    /// <summary>As <see cref="SpareNumbers"/>.</summary>
    public static long SpareOf(int channels, nint channelStep) => (channels + 3) * (long)channelStep;

    /// <summary>Reads series that are laid out with a wider margin than it needs.</summary>
    public void Widen(int to) => margin = to;

    protected override void Features(float* x, nint channelStep, int channels, int steps, float* spare, Span<float> features) => Pool(x, channelStep, channels, steps, spare, features, all: false);

    /// <summary>As features, but of each bias also the mean excess of sums above it, their mean place, and how many follow one another at the most.</summary>
    public void PoolAll(float* x, nint channelStep, int channels, int steps, float* spare, Span<float> features) => Pool(x, channelStep, channels, steps, spare, features, all: true);

    private void Pool(float* x, nint channelStep, int channels, int steps, float* spare, Span<float> features, bool all)
    {
        float* sums = spare + (channels + 2) * channelStep;
        Span<int> counts = stackalloc int[biasCounts.Max()];
        int channel = 0, at = 0;
        for (int d = 0; d < dilations.Length; d++)
        {
            ShareParts(x, channelStep, channels, dilations[d], steps, spare);
            int outside = KernelLength / 2 * dilations[d];
            for (int k = 0; k < Kernels.Length; k++)
            {
                int kernel = d * Kernels.Length + k;
                Sums(x, channelStep, channels, this.channels.AsSpan(channel, channelCounts[kernel]), dilations[d], k, steps, spare, sums);
                channel += channelCounts[kernel];

                // Every second kernel looks only at places where all its steps are there, unless there are none.
                bool pads = (d + k) % 2 == 0 || steps <= 2 * outside;
                int places = pads ? steps : steps - 2 * outside;
                float* first = pads ? sums : sums + outside;
                if (all)
                {
                    for (int bias = 0; bias < biasCounts[d]; bias++, at++)
                    {
                        Pool(PositiveParts.Above(first, places, biases[at]), places, features.Slice(PoolCount * at, PoolCount));
                    }

                    continue;
                }

                Span<int> own = counts[..biasCounts[d]];
                DilatedSums.CountAbove(first, places, biases.AsSpan(at, own.Length), own);
                foreach (int count in own)
                {
                    features[at++] = count / (float)places;
                }
            }
        }
    }

    private static void Pool(PositiveParts parts, int places, Span<float> four)
    {
        four[0] = parts.Count / (float)places;
        four[1] = parts.Count == 0 ? 0 : parts.Excess / parts.Count;
        four[2] = parts.Count == 0 ? -1 : (float)(parts.Places / (double)parts.Count);
        four[3] = parts.Longest;
    }

    private static void ShareParts(float* x, nint channelStep, int channels, int dilation, int steps, float* spare)
    {
        for (int c = 0; c < channels; c++)
        {
            DilatedSums.SharedPart(x + c * channelStep, dilation, spare + c * channelStep, steps);
        }
    }

    /// <summary>One kernel's sums at every step, over its channels.</summary>
    private void Sums(float* x, nint channelStep, int channels, ReadOnlySpan<int> chosen, int dilation, int kernel, int steps, float* spare, float* to)
    {
        float* series = x + chosen[0] * channelStep, shared = spare + chosen[0] * channelStep;
        if (chosen.Length > 1)
        {
            float* seriesSum = spare + channels * channelStep, sharedSum = seriesSum + channelStep;
            Buffer.MemoryCopy(series - Margin, seriesSum, sizeof(float) * (long)channelStep, sizeof(float) * (long)channelStep);
            Buffer.MemoryCopy(shared, sharedSum, sizeof(float) * (long)steps, sizeof(float) * (long)steps);
            foreach (int channel in chosen[1..])
            {
                DilatedSums.Add(x + channel * channelStep, seriesSum + Margin, steps);
                DilatedSums.Add(spare + channel * channelStep, sharedSum, steps);
            }

            series = seriesSum + Margin;
            shared = sharedSum;
        }

        (int first, int second, int third) = Kernels[kernel];
        const int middle = KernelLength / 2;
        DilatedSums.AddThree(series, shared, (first - middle) * (nint)dilation, (second - middle) * (nint)dilation, (third - middle) * (nint)dilation, to, steps);
    }

    /// <summary>Dilations on a scale of powers up to the whole series, and how the features are shared among them.</summary>
    private static (int[] Dilations, int[] BiasCounts) Dilations(int perKernel, int steps)
    {
        int most = Math.Min(perKernel, MostDilations);
        double exponent = Math.Max(0, Math.Log2((steps - 1) / (double)(KernelLength - 1)));
        IGrouping<int, int>[] groups = [.. Enumerable.Range(0, most)
            .Select(i => Math.Clamp((int)Math.Pow(2, most == 1 ? 0 : exponent * i / (most - 1)), 1, LargestDilation))
            .GroupBy(dilation => dilation)];
        int[] counts = [.. groups.Select(group => group.Count() * perKernel / most)];
        for (int i = 0; counts.Sum() < perKernel; i = (i + 1) % counts.Length)
        {
            counts[i]++;
        }

        return ([.. groups.Select(group => group.Key)], counts);
    }

    /// <summary>For each kernel quantiles of its sums over one row drawn by chance, at places of low discrepancy (the golden ratio's multiples).</summary>
    private void FindBiases(SeriesRows rows, RandomSource random)
    {
        double golden = (Math.Sqrt(5) + 1) / 2;
        int[] usable = [.. Enumerable.Range(0, rows.Count).Where(row => rows.StepsOf(row) > 0)];
        nint step = ChannelStep(rows.LongestSteps);
        using AlignedBuffer<float> scratch = Scratch(rows.ChannelCount, rows.LongestSteps);
        float* spare = scratch.Pointer + rows.ChannelCount * step, sums = spare + (rows.ChannelCount + 2) * step;
        int channel = 0, at = 0;
        for (int kernel = 0; kernel < channelCounts.Length; kernel++)
        {
            int row = usable[random.NextInt(usable.Length)], steps = rows.StepsOf(row), d = kernel / Kernels.Length;
            float* x = Padded(rows, row, step, scratch);
            ShareParts(x, step, rows.ChannelCount, dilations[d], steps, spare);
            Sums(x, step, rows.ChannelCount, channels.AsSpan(channel, channelCounts[kernel]), dilations[d], kernel % Kernels.Length, steps, spare, sums);
            channel += channelCounts[kernel];
            var sorted = new Span<float>(sums, steps);
            sorted.Sort();
            for (int i = 0; i < biasCounts[d]; i++, at++)
            {
                double place = (at + 1) * golden % 1 * (steps - 1);
                int below = (int)place, above = Math.Min(below + 1, steps - 1);
                biases[at] = (float)(sorted[below] + (place - below) * (sorted[above] - sorted[below]));
            }
        }
    }
}
