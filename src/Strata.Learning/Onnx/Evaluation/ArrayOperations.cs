namespace Strata.Learning.Onnx.Evaluation;

/// <summary>Operations of networks on arrays, channels before places: convolution, pooling, normalisation.</summary>
internal static class ArrayOperations
{
    public static IEnumerable<(string, Func<OnnxNode, OnnxTensor?[], OnnxTensor>)> All { get; } =
    [
        ("Conv", Conv),
        ("MaxPool", (node, inputs) => Pool(node, inputs[0]!, values => values.Max())),
        ("AveragePool", (node, inputs) => Pool(node, inputs[0]!, values => values.Average())),
        ("ConvTranspose", ConvTranspose),
        ("Resize", (_, inputs) => Resize(inputs[0]!, inputs[2]!)),
        ("LayerNormalization", LayerNormalization),
    ];

    private static OnnxTensor LayerNormalization(OnnxNode node, OnnxTensor?[] inputs)
    {
        double epsilon = node.Get("epsilon", 1e-5f);
        double[] gain = inputs[1]!.Numbers, shift = inputs[2]!.Numbers;
        return SumOperations.Lines(inputs[0]!, -1, line =>
        {
            double mean = line.Average(), deviation = Math.Sqrt(line.Average(value => (value - mean) * (value - mean)) + epsilon);
            return [.. line.Select((value, i) => (value - mean) / deviation * gain[i] + shift[i])];
        });
    }

    /// <summary>Convolution over one or two dimensions of places; one is treated as two of which the first has length 1.</summary>
    private static OnnxTensor Conv(OnnxNode node, OnnxTensor?[] inputs)
    {
        var window = new Window(node, inputs[0]!, inputs[1]!.Shape[2..]);
        OnnxTensor weights = inputs[1]!;
        int groups = (int)node.Get("group", 1L), outputs = weights.Shape[0], own = weights.Shape[1], ofGroup = outputs / groups;
        double[]? biases = inputs.Length > 2 ? inputs[2]?.Numbers : null;
        double[] x = inputs[0]!.Numbers;
        (int Offset, int Tap)[][] seen = [.. Enumerable.Range(0, window.Places).Select(place => window.At(place).ToArray())];
        var result = new double[window.Rows * outputs * window.Places];
        Parallel.For(0, window.Rows * outputs, job =>
        {
            (int row, int output) = (job / outputs, job % outputs);
            int firstChannel = output / ofGroup * own;
            for (int place = 0; place < window.Places; place++)
            {
                double sum = biases?[output] ?? 0;
                for (int channel = 0; channel < own; channel++)
                {
                    ReadOnlySpan<double> from = x.AsSpan((row * window.Channels + firstChannel + channel) * window.Area, window.Area), by = weights.Numbers.AsSpan((output * own + channel) * window.Taps, window.Taps);
                    foreach ((int offset, int tap) in seen[place])
                    {
                        sum += from[offset] * by[tap];
                    }
                }

                result[job * window.Places + place] = sum;
            }
        });
        return OnnxTensor.Of(OnnxElement.Float, [window.Rows, outputs, .. window.Shape], result);
    }

    /// <summary>Every place of the input spreads its kernels over the places that a convolution's window from the result would have seen.</summary>
    private static OnnxTensor ConvTranspose(OnnxNode node, OnnxTensor?[] inputs)
    {
        OnnxTensor x = inputs[0]!, weights = inputs[1]!;
        int rank = x.Shape.Length - 2, groups = (int)node.Get("group", 1L), outputs = weights.Shape[1] * groups, channels = x.Shape[1];
        long[] strides = node.Get<long[]>("strides"), dilations = node.Get<long[]>("dilations"), pads = node.Get<long[]>("pads"), further = node.Get<long[]>("output_padding");
        int[] size = [.. Enumerable.Range(0, rank).Select(d => (int)((x.Shape[d + 2] - 1) * strides[d] + dilations[d] * (weights.Shape[d + 2] - 1) + 1 - pads[d] - pads[d + rank] + further[d]))];
        OnnxTensor empty = OnnxTensor.Of(OnnxElement.Float, [x.Shape[0], outputs, .. size], new double[x.Shape[0] * outputs * size.Aggregate(1, (count, length) => count * length)]);
        var window = new Window(node, empty, weights.Shape[2..]);
        double[] result = [.. empty.Numbers];
        int places = x.Count / (x.Shape[0] * channels);
        for (int row = 0; row < x.Shape[0]; row++)
        {
            for (int channel = 0; channel < channels; channel++)
            {
                int group = channel / (channels / groups);
                for (int output = 0; output < outputs / groups; output++)
                {
                    for (int place = 0; place < places; place++)
                    {
                        foreach ((int offset, int tap) in window.At(place))
                        {
                            result[(row * outputs + group * (outputs / groups) + output) * window.Area + offset] +=
                                x.Numbers[(row * channels + channel) * places + place] * weights.Numbers[(channel * weights.Shape[1] + output) * window.Taps + tap];
                        }
                    }
                }
            }
        }

        double[] biases = inputs.Length > 2 && inputs[2] is OnnxTensor given ? given.Numbers : new double[outputs];
        return OnnxTensor.Of(OnnxElement.Float, empty.Shape, result.Select((number, i) => number + biases[i / window.Area % outputs]));
    }

    /// <summary>To the nearest place before.</summary>
    private static OnnxTensor Resize(OnnxTensor x, OnnxTensor scales)
    {
        int[] shape = [.. x.Shape.Select((length, d) => (int)(length * scales.Numbers[d]))], strides = Broadcast.Strides(x.Shape), at = new int[shape.Length];
        var places = new int[shape.Aggregate(1, (count, length) => count * length)];
        for (int i = 0; i < places.Length; i++)
        {
            for (int d = 0; d < at.Length; d++)
            {
                places[i] += (int)(at[d] / scales.Numbers[d]) * strides[d];
            }

            Broadcast.Advance(at, shape);
        }

        return x.Picked(shape, places);
    }

    private static OnnxTensor Pool(OnnxNode node, OnnxTensor x, Func<IEnumerable<double>, double> of)
    {
        var window = new Window(node, x, [.. node.Get<long[]>("kernel_shape").Select(length => (int)length)]);
        var result = new double[window.Rows * window.Channels * window.Places];
        Parallel.For(0, window.Rows * window.Channels, line =>
        {
            for (int place = 0; place < window.Places; place++)
            {
                result[line * window.Places + place] = of(window.At(place).Select(tap => x.Numbers[line * window.Area + tap.Offset]));
            }
        });
        return OnnxTensor.Of(OnnxElement.Float, [window.Rows, window.Channels, .. window.Shape], result);
    }

    /// <summary>The places that a kernel meets as it moves over an array.</summary>
    private sealed class Window
    {
        private readonly int[] size, kernel, strides, dilations, pads, moves;

        public Window(OnnxNode node, OnnxTensor x, int[] kernelShape)
        {
            int rank = kernelShape.Length;
            long[] Of(string name, long otherwise, int count) => node.Get<long[]>(name, [.. Enumerable.Repeat(otherwise, count)]);
            int[] Two(IEnumerable<long> values, int otherwise) => rank == 1 ? [otherwise, (int)values.First()] : [.. values.Select(value => (int)value)];
            long[] before = Of("pads", 0, 2 * rank);
            (Rows, Channels) = (x.Shape[0], x.Shape[1]);
            size = Two(x.Shape[2..].Select(length => (long)length), 1);
            kernel = Two(kernelShape.Select(length => (long)length), 1);
            strides = Two(Of("strides", 1, rank), 1);
            dilations = Two(Of("dilations", 1, rank), 1);
            pads = Two(before[..rank], 0);
            int[] after = Two(before[rank..], 0);
            moves = [.. Enumerable.Range(0, 2).Select(d => (size[d] + pads[d] + after[d] - dilations[d] * (kernel[d] - 1) - 1) / strides[d] + 1)];
            Shape = rank == 1 ? [moves[1]] : moves;
        }

        public int Rows { get; }

        public int Channels { get; }

        /// <summary>Lengths of the result's places.</summary>
        public int[] Shape { get; }

        public int Area => size[0] * size[1];

        public int Places => moves[0] * moves[1];

        public int Taps => kernel[0] * kernel[1];

        /// <summary>Of a place of the result, the places of the array that it sees, with the kernel's places that meet them; padding is left out.</summary>
        public IEnumerable<(int Offset, int Tap)> At(int place)
        {
            int top = place / moves[1] * strides[0] - pads[0], left = place % moves[1] * strides[1] - pads[1];
            for (int i = 0; i < kernel[0]; i++)
            {
                for (int j = 0; j < kernel[1]; j++)
                {
                    (int y, int x) = (top + i * dilations[0], left + j * dilations[1]);
                    if (y >= 0 && y < size[0] && x >= 0 && x < size[1])
                    {
                        yield return (y * size[1] + x, i * kernel[1] + j);
                    }
                }
            }
        }
    }
}
