namespace Strata.Learning.Onnx.Evaluation;

/// <summary>Operations of networks on arrays, channels before places: convolution, pooling, normalisation.</summary>
internal static class ArrayOperations
{
    public static IEnumerable<(string, Func<OnnxNode, OnnxTensor?[], OnnxTensor>)> All { get; } =
    [
        ("Conv", Conv),
        ("MaxPool", (node, inputs) => Pool(node, inputs[0]!, values => values.Max())),
        ("AveragePool", (node, inputs) => Pool(node, inputs[0]!, values => values.Average())),
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
        var result = new double[window.Rows * outputs * window.Places];
        Parallel.For(0, window.Rows * outputs, job =>
        {
            (int row, int output) = (job / outputs, job % outputs);
            int firstChannel = output / ofGroup * own;
            for (int place = 0; place < window.Places; place++)
            {
                double sum = biases?[output] ?? 0;
                foreach ((int offset, int tap) in window.At(place))
                {
                    for (int channel = 0; channel < own; channel++)
                    {
                        sum += x[((row * window.Channels) + firstChannel + channel) * window.Area + offset] * weights.Numbers[((output * own) + channel) * window.Taps + tap];
                    }
                }

                result[job * window.Places + place] = sum;
            }
        });
        return OnnxTensor.Of(OnnxElement.Float, [window.Rows, outputs, .. window.Shape], result);
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
