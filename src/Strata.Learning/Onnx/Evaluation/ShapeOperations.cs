namespace Strata.Learning.Onnx.Evaluation;

/// <summary>Operations that move elements and leave them as they are.</summary>
internal static class ShapeOperations
{
    public static IEnumerable<(string, Func<OnnxNode, OnnxTensor?[], OnnxTensor>)> All { get; } =
    [
        ("Reshape", (_, inputs) => Reshape(inputs[0]!, inputs[1]!)),
        ("Shape", (_, inputs) => OnnxTensor.Of(OnnxElement.Int64, [inputs[0]!.Shape.Length], inputs[0]!.Shape.Select(length => (double)length))),
        ("Expand", (_, inputs) => Expand(inputs[0]!, Wholes(inputs[1]!))),
        ("Squeeze", (_, inputs) => Squeeze(inputs[0]!, Wholes(inputs[1]!))),
        ("Unsqueeze", (_, inputs) => Unsqueeze(inputs[0]!, Wholes(inputs[1]!))),
        ("Transpose", (node, inputs) => Transpose(inputs[0]!, node.Get<long[]>("perm"))),
        ("Concat", (node, inputs) => Concat([.. inputs.Select(input => input!)], (int)node.Get<long>("axis"))),
        ("Slice", (_, inputs) => Slice(inputs)),
        ("Gather", (node, inputs) => Gather(inputs[0]!, inputs[1]!, (int)node.Get("axis", 0L))),
        ("GatherElements", (node, inputs) => GatherElements(inputs[0]!, inputs[1]!, (int)node.Get("axis", 0L))),
        ("Pad", (_, inputs) => Pad(inputs[0]!, Wholes(inputs[1]!), inputs.Length > 2 ? inputs[2]!.Numbers[0] : 0)),
        ("Range", (_, inputs) => Range(inputs[0]!, inputs[1]!, inputs[2]!)),
    ];

    public static int[] Wholes(OnnxTensor tensor) => Array.ConvertAll(tensor.Numbers, number => (int)Math.Clamp(number, int.MinValue, int.MaxValue));

    public static OnnxTensor Transpose(OnnxTensor x, long[] order)
    {
        int[] strides = Broadcast.Strides(x.Shape), shape = [.. order.Select(d => x.Shape[d])], at = new int[shape.Length], places = new int[x.Count];
        for (int i = 0; i < places.Length; i++)
        {
            for (int d = 0; d < at.Length; d++)
            {
                places[i] += at[d] * strides[order[d]];
            }

            Broadcast.Advance(at, shape);
        }

        return x.Picked(shape, places);
    }

    /// <summary>The smallest or largest of each line along an axis, in order, with their places; of equals the first comes first.</summary>
    public static OnnxTensor[] TopK(OnnxNode node, OnnxTensor?[] inputs)
    {
        OnnxTensor x = inputs[0]!;
        int axis = (int)node.Get("axis", -1L), count = (int)inputs[1]!.Numbers[0];
        bool isLargest = node.Get("largest", 1L) != 0;
        axis = axis < 0 ? axis + x.Shape.Length : axis;
        int length = x.Shape[axis], inner = x.Shape[(axis + 1)..].Aggregate(1, (product, one) => product * one), lines = length == 0 ? 0 : x.Count / length;
        int[] shape = [.. x.Shape];
        shape[axis] = count;
        var places = new int[lines * count];
        var ranks = new double[places.Length];
        for (int line = 0; line < lines; line++)
        {
            int start = line / inner * length * inner + line % inner, to = line / inner * count * inner + line % inner;
            int[] order = [.. Enumerable.Range(0, length).OrderBy(i => isLargest ? -x.Numbers[start + i * inner] : x.Numbers[start + i * inner])];
            for (int i = 0; i < count; i++)
            {
                (places[to + i * inner], ranks[to + i * inner]) = (start + order[i] * inner, order[i]);
            }
        }

        return [x.Picked(shape, places), OnnxTensor.Of(OnnxElement.Int64, shape, ranks)];
    }

    private static OnnxTensor GatherElements(OnnxTensor x, OnnxTensor indices, int axis)
    {
        axis = axis < 0 ? axis + x.Shape.Length : axis;
        int[] strides = Broadcast.Strides(x.Shape), at = new int[x.Shape.Length], places = new int[indices.Count];
        for (int i = 0; i < places.Length; i++)
        {
            int index = (int)indices.Numbers[i];
            for (int d = 0; d < at.Length; d++)
            {
                places[i] += (d == axis ? index < 0 ? index + x.Shape[axis] : index : at[d]) * strides[d];
            }

            Broadcast.Advance(at, indices.Shape);
        }

        return x.Picked(indices.Shape, places);
    }

    private static OnnxTensor Reshape(OnnxTensor x, OnnxTensor asked)
    {
        int[] shape = [.. Wholes(asked).Select((length, d) => length == 0 ? x.Shape[d] : length)];
        int open = Array.IndexOf(shape, -1), known = shape.Where(length => length >= 0).Aggregate(1, (count, length) => count * length);
        if (open >= 0)
        {
            shape[open] = known == 0 ? 0 : x.Count / known;
        }

        return x.Reshaped(shape);
    }

    private static OnnxTensor Expand(OnnxTensor x, int[] asked)
    {
        int[] shape = Broadcast.Shape(x.Shape, asked);
        return x.Picked(shape, Broadcast.Places(x.Shape, shape));
    }

    private static OnnxTensor Squeeze(OnnxTensor x, int[] axes)
    {
        int[] from = [.. axes.Select(axis => axis < 0 ? axis + x.Shape.Length : axis)];
        return x.Reshaped([.. x.Shape.Where((_, d) => !from.Contains(d))]);
    }

    private static OnnxTensor Unsqueeze(OnnxTensor x, int[] axes)
    {
        var shape = new List<int>(x.Shape);
        foreach (int axis in axes.Select(axis => axis < 0 ? axis + x.Shape.Length + axes.Length : axis).Order())
        {
            shape.Insert(axis, 1);
        }

        return x.Reshaped([.. shape]);
    }

    private static OnnxTensor Concat(OnnxTensor[] parts, int axis)
    {
        axis = axis < 0 ? axis + parts[0].Shape.Length : axis;
        int[] shape = [.. parts[0].Shape];
        shape[axis] = parts.Sum(part => part.Shape[axis]);
        int outer = shape[..axis].Aggregate(1, (count, length) => count * length);
        if (parts[0].Element == OnnxElement.String)
        {
            return OnnxTensor.Of(shape, Enumerable.Range(0, outer).SelectMany(o => parts.SelectMany(part => part.Texts.AsSpan(o * part.Count / outer, part.Count / outer).ToArray())));
        }

        var numbers = new double[shape.Aggregate(1, (count, length) => count * length)];
        int at = 0;
        for (int o = 0; o < outer; o++)
        {
            foreach (OnnxTensor part in parts)
            {
                int block = part.Count / outer;
                part.Numbers.AsSpan(o * block, block).CopyTo(numbers.AsSpan(at));
                at += block;
            }
        }

        return OnnxTensor.Of(parts[0].Element, shape, numbers);
    }

    private static OnnxTensor Slice(OnnxTensor?[] inputs)
    {
        OnnxTensor x = inputs[0]!;
        int[] starts = Wholes(inputs[1]!), ends = Wholes(inputs[2]!), axes = Wholes(inputs[3]!), steps = inputs.Length > 4 ? Wholes(inputs[4]!) : [.. axes.Select(_ => 1)];
        int[] first = new int[x.Shape.Length], step = [.. x.Shape.Select(_ => 1)], shape = [.. x.Shape];
        for (int i = 0; i < axes.Length; i++)
        {
            int d = axes[i] < 0 ? axes[i] + x.Shape.Length : axes[i], length = x.Shape[d];
            bool back = steps[i] < 0;
            int from = Math.Clamp(starts[i] < 0 ? starts[i] + length : starts[i], 0, back ? length - 1 : length);
            int to = ends[i] < 0 ? Math.Max(ends[i] + length, back ? -1 : 0) : Math.Min(ends[i], length);
            (first[d], step[d]) = (from, steps[i]);
            shape[d] = Math.Max(0, back ? (from - to - steps[i] - 1) / -steps[i] : (to - from + steps[i] - 1) / steps[i]);
        }

        int[] strides = Broadcast.Strides(x.Shape), at = new int[shape.Length], places = new int[shape.Aggregate(1, (count, length) => count * length)];
        for (int i = 0; i < places.Length; i++)
        {
            for (int d = 0; d < at.Length; d++)
            {
                places[i] += (first[d] + at[d] * step[d]) * strides[d];
            }

            Broadcast.Advance(at, shape);
        }

        return x.Picked(shape, places);
    }

    private static OnnxTensor Gather(OnnxTensor x, OnnxTensor indices, int axis)
    {
        axis = axis < 0 ? axis + x.Shape.Length : axis;
        int length = x.Shape[axis], inner = x.Shape[(axis + 1)..].Aggregate(1, (count, one) => count * one), outer = x.Shape[..axis].Aggregate(1, (count, one) => count * one);
        int[] chosen = [.. Wholes(indices).Select(index => index < 0 ? index + length : index)];
        if (chosen.Any(index => index < 0 || index >= length))
        {
            throw new InvalidOperationException($"A place to gather from is none of {length}.");
        }

        var places = new int[outer * chosen.Length * inner];
        for (int i = 0; i < places.Length; i++)
        {
            places[i] = (i / (chosen.Length * inner) * length + chosen[i / inner % chosen.Length]) * inner + i % inner;
        }

        return x.Picked([.. x.Shape[..axis], .. indices.Shape, .. x.Shape[(axis + 1)..]], places);
    }

    private static OnnxTensor Pad(OnnxTensor x, int[] pads, double filling)
    {
        int rank = x.Shape.Length;
        int[] shape = [.. x.Shape.Select((length, d) => length + pads[d] + pads[d + rank])], strides = Broadcast.Strides(x.Shape), at = new int[rank];
        var numbers = new double[shape.Aggregate(1, (count, length) => count * length)];
        for (int i = 0; i < numbers.Length; i++)
        {
            int place = 0;
            bool isInside = true;
            for (int d = 0; d < rank; d++)
            {
                int from = at[d] - pads[d];
                isInside &= from >= 0 && from < x.Shape[d];
                place += from * strides[d];
            }

            numbers[i] = isInside ? x.Numbers[place] : filling;
            Broadcast.Advance(at, shape);
        }

        return OnnxTensor.Of(x.Element, shape, numbers);
    }

    private static OnnxTensor Range(OnnxTensor from, OnnxTensor to, OnnxTensor step)
    {
        int count = (int)Math.Max(0, Math.Ceiling((to.Numbers[0] - from.Numbers[0]) / step.Numbers[0]));
        return OnnxTensor.Of(from.Element, [count], Enumerable.Range(0, count).Select(i => from.Numbers[0] + i * step.Numbers[0]));
    }
}
