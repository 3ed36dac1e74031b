namespace Strata.Learning.Onnx.Evaluation;

/// <summary>Operations that sum, or otherwise take together, many elements.</summary>
internal static class SumOperations
{
    public static IEnumerable<(string, Func<OnnxNode, OnnxTensor?[], OnnxTensor>)> All { get; } =
    [
        ("MatMul", (_, inputs) => MatMul(inputs[0]!, inputs[1]!)),
        ("Gemm", Gemm),
        ("ReduceSum", (node, inputs) => Reduce(inputs[0]!, inputs.Length > 1 ? ShapeOperations.Wholes(inputs[1]!) : [], node.Get("keepdims", 1L) != 0, values => values.Sum())),
        ("ReduceMean", (node, inputs) => Reduce(inputs[0]!, Axes(node), node.Get("keepdims", 1L) != 0, values => values.Average())),
        ("ReduceMax", (node, inputs) => Reduce(inputs[0]!, Axes(node), node.Get("keepdims", 1L) != 0, values => values.Max())),
        ("ReduceMin", (node, inputs) => Reduce(inputs[0]!, Axes(node), node.Get("keepdims", 1L) != 0, values => values.Min())),
        ("ReduceL2", (node, inputs) => Reduce(inputs[0]!, Axes(node), node.Get("keepdims", 1L) != 0, values => Math.Sqrt(values.Sum(value => value * value)))),
        ("ArgMax", (node, inputs) => Best(inputs[0]!, node, (value, best) => value > best)),
        ("ArgMin", (node, inputs) => Best(inputs[0]!, node, (value, best) => value < best)),
        ("Softmax", (node, inputs) => Lines(inputs[0]!, (int)node.Get("axis", -1L), Softmax)),
        ("CumSum", (_, inputs) => Lines(inputs[0]!, (int)inputs[1]!.Numbers[0], Running)),
    ];

    /// <summary>What a function makes of each line along an axis, of equal length.</summary>
    public static OnnxTensor Lines(OnnxTensor x, int axis, Func<double[], double[]> of)
    {
        axis = axis < 0 ? axis + x.Shape.Length : axis;
        int length = x.Shape[axis], inner = x.Shape[(axis + 1)..].Aggregate(1, (count, one) => count * one);
        var numbers = new double[x.Count];
        for (int line = 0; line < (length == 0 ? 0 : x.Count / length); line++)
        {
            int start = line / inner * length * inner + line % inner;
            double[] made = of([.. Enumerable.Range(0, length).Select(i => x.Numbers[start + i * inner])]);
            for (int i = 0; i < length; i++)
            {
                numbers[start + i * inner] = made[i];
            }
        }

        return OnnxTensor.Of(x.Element, x.Shape, numbers);
    }

    private static int[] Axes(OnnxNode node) => Array.ConvertAll(node.Get<long[]>("axes", []), axis => (int)axis);

    private static OnnxTensor Reduce(OnnxTensor x, int[] axes, bool keep, Func<double[], double> of)
    {
        int rank = x.Shape.Length;
        int[] over = axes.Length == 0 ? [.. Enumerable.Range(0, rank)] : [.. axes.Select(axis => axis < 0 ? axis + rank : axis).Order()];
        int[] kept = [.. Enumerable.Range(0, rank).Except(over)], shape = [.. x.Shape.Select((length, d) => over.Contains(d) ? 1 : length)];
        OnnxTensor lines = ShapeOperations.Transpose(x, [.. kept.Concat(over).Select(d => (long)d)]);
        int count = over.Aggregate(1, (product, d) => product * x.Shape[d]), results = kept.Aggregate(1, (product, d) => product * x.Shape[d]);
        IEnumerable<double> numbers = Enumerable.Range(0, results).Select(i => of(lines.Numbers[(i * count)..((i + 1) * count)]));
        return OnnxTensor.Of(x.Element, keep ? shape : [.. kept.Select(d => x.Shape[d])], numbers);
    }

    private static OnnxTensor Best(OnnxTensor x, OnnxNode node, Func<double, double, bool> isBetter)
    {
        double Place(double[] values)
        {
            int best = 0;
            for (int i = 1; i < values.Length; i++)
            {
                best = isBetter(values[i], values[best]) ? i : best;
            }

            return best;
        }

        OnnxTensor places = Reduce(OnnxTensor.Of(OnnxElement.Double, x.Shape, x.Numbers), [(int)node.Get("axis", 0L)], node.Get("keepdims", 1L) != 0, Place);
        return OnnxTensor.Of(OnnxElement.Int64, places.Shape, places.Numbers);
    }

    private static double[] Softmax(double[] values)
    {
        double top = values.Max();
        double[] parts = Array.ConvertAll(values, value => Math.Exp(value - top));
        double sum = parts.Sum();
        return Array.ConvertAll(parts, part => part / sum);
    }

    private static double[] Running(double[] values)
    {
        double sum = 0;
        return Array.ConvertAll(values, value => sum += value);
    }

    /// <summary>Matrix products of the last two dimensions, for all places of the others.</summary>
    private static OnnxTensor MatMul(OnnxTensor left, OnnxTensor right)
    {
        int rows = left.Shape[^2], inner = left.Shape[^1], columns = right.Shape[^1];
        if (right.Shape[^2] != inner)
        {
            throw new InvalidOperationException($"A matrix of {inner} columns cannot be multiplied by one of {right.Shape[^2]} rows.");
        }

        int[] outer = Broadcast.Shape(left.Shape[..^2], right.Shape[..^2]), lefts = Broadcast.Places(left.Shape[..^2], outer), rights = Broadcast.Places(right.Shape[..^2], outer);
        var product = new double[lefts.Length * rows * columns];
        Parallel.For(0, lefts.Length * rows, job =>
        {
            int batch = job / rows, row = job % rows;
            Span<double> to = product.AsSpan(job * columns, columns);
            for (int k = 0; k < inner; k++)
            {
                double factor = left.Numbers[(lefts[batch] * rows + row) * inner + k];
                ReadOnlySpan<double> from = right.Numbers.AsSpan((rights[batch] * inner + k) * columns, columns);
                for (int j = 0; j < columns; j++)
                {
                    to[j] += factor * from[j];
                }
            }
        });
        return OnnxTensor.Of(left.Element, [.. outer, rows, columns], product);
    }

    private static OnnxTensor Gemm(OnnxNode node, OnnxTensor?[] inputs)
    {
        OnnxTensor left = node.Get("transA", 0L) != 0 ? ShapeOperations.Transpose(inputs[0]!, [1, 0]) : inputs[0]!;
        OnnxTensor right = node.Get("transB", 0L) != 0 ? ShapeOperations.Transpose(inputs[1]!, [1, 0]) : inputs[1]!;
        OnnxTensor product = MatMul(left, right);
        if (inputs.Length < 3 || inputs[2] is not OnnxTensor bias)
        {
            return product;
        }

        int[] places = Broadcast.Places(bias.Shape, product.Shape);
        return OnnxTensor.Of(product.Element, product.Shape, product.Numbers.Select((number, i) => number + bias.Numbers[places[i]]));
    }
}
