namespace Strata.Learning.Onnx;

/// <summary>A tensor of a graph that is being built: an input, a constant or what an operation gives.</summary>
/// <param name="Graph">Where it belongs.</param>
/// <param name="Name">Its name there.</param>
/// <param name="Element">What it holds.</param>
internal readonly record struct OnnxValue(OnnxGraph Graph, string Name, OnnxElement Element)
{
    /// <summary>How many dimensions it has.</summary>
    public int Rank { get; init; }

    public static OnnxValue operator +(OnnxValue left, OnnxValue right) => left.To("Add", right);

    public static OnnxValue operator -(OnnxValue left, OnnxValue right) => left.To("Sub", right);

    public static OnnxValue operator *(OnnxValue left, OnnxValue right) => left.To("Mul", right);

    public static OnnxValue operator /(OnnxValue left, OnnxValue right) => left.To("Div", right);

    public static OnnxValue operator +(OnnxValue left, double right) => left + left.Same(right);

    public static OnnxValue operator -(OnnxValue left, double right) => left - left.Same(right);

    public static OnnxValue operator *(OnnxValue left, double right) => left * left.Same(right);

    public static OnnxValue operator /(OnnxValue left, double right) => left / left.Same(right);

    public static OnnxValue operator -(double left, OnnxValue right) => right.Same(left) - right;

    public static OnnxValue operator /(double left, OnnxValue right) => right.Same(left) / right;

    public static OnnxValue operator -(OnnxValue value) => value.To("Neg");

    /// <summary>An operation whose result holds what this does.</summary>
    public OnnxValue To(string operation, params ReadOnlySpan<OnnxValue> others) => To(operation, Element, others);

    /// <summary>An operation of this and others.</summary>
    public OnnxValue To(string operation, OnnxElement element, params ReadOnlySpan<OnnxValue> others) => Graph.Add(operation, element, [this, .. others]);

    /// <summary>A single number that holds what this does.</summary>
    public OnnxValue Same(double number) => Graph.Number(Element, number);

    public OnnxValue As(OnnxElement element) => element == Element ? this : Graph.Add("Cast", element, [this], new OnnxAttribute("to", (long)element));

    public OnnxValue IsBelow(double bound) => To("Less", OnnxElement.Bool, Same(bound));

    public OnnxValue IsAbove(double bound) => To("Greater", OnnxElement.Bool, Same(bound));

    public OnnxValue IsEqualTo(double number) => To("Equal", OnnxElement.Bool, Same(number));

    public OnnxValue IsMissing() => To("IsNaN", OnnxElement.Bool);

    /// <summary>Of a condition: one value where it holds, the other where it does not.</summary>
    public OnnxValue Choose(OnnxValue then, OnnxValue otherwise) => Graph.Add("Where", then.Element, [this, then, otherwise]);

    /// <summary>Numbers held within bounds; missing ones stay missing.</summary>
    public OnnxValue Within(double least, double most) => IsBelow(least).Choose(Same(least), IsAbove(most).Choose(Same(most), this));

    /// <summary>A function of float64 [rows, 1] by straight lines between corners, constant outside.</summary>
    /// <param name="at">Where the corners are, ascending.</param>
    /// <param name="values">The function there.</param>
    public OnnxValue AlongLines(double[] at, double[] values)
    {
        OnnxValue corners = Graph.Constant("corners", Element, [at.Length], at), heights = Graph.Constant("heights", Element, [at.Length], values);
        OnnxValue reached = corners.Reshape(1, -1).To("LessOrEqual", OnnxElement.Bool, this).As(Element).Sum(1);
        OnnxValue last = (reached - 1).Within(0, at.Length - 1).As(OnnxElement.Int64), next = reached.Within(0, at.Length - 1).As(OnnxElement.Int64);
        OnnxValue from = corners.Gather(last), width = corners.Gather(next) - from, height = heights.Gather(last);
        return height + (this - from) / width.IsAbove(0).Choose(width, Same(1)) * (heights.Gather(next) - height);
    }

    /// <summary>In another shape; 0 keeps a dimension, -1 takes what is left.</summary>
    public OnnxValue Reshape(params ReadOnlySpan<int> shape) => To("Reshape", Graph.Wholes(shape)) with { Rank = shape.Length };

    public OnnxValue Transpose(params long[] order) => Graph.Add("Transpose", Element, [this], new OnnxAttribute("perm", order));

    /// <summary>Rows of this table at these places.</summary>
    public OnnxValue Gather(OnnxValue places, long axis = 0) => Graph.Add("Gather", Element, [this, places], new OnnxAttribute("axis", axis)) with { Rank = Rank + places.Rank - 1 };

    /// <summary>The part of a dimension from a place up to, and without, another; both may count from the end.</summary>
    public OnnxValue Slice(int axis, int from, int to) => To("Slice", Graph.Wholes(from), Graph.Wholes(to), Graph.Wholes(axis));

    public OnnxValue Sum(params ReadOnlySpan<int> axes) => To("ReduceSum", Graph.Wholes(axes));

    /// <summary>Of each place of the indices, the value there along a dimension.</summary>
    public OnnxValue GatherElements(OnnxValue places, long axis) => Graph.Add("GatherElements", Element, [this, places], new OnnxAttribute("axis", axis));

    /// <summary>Of each row [rows, numbers], the smallest numbers in rising order and their places.</summary>
    public (OnnxValue Values, OnnxValue Places) Nearest(int count)
    {
        OnnxValue[] both = Graph.AddMany("TopK", string.Empty, Element, 2, [this, Graph.Wholes(count)], new OnnxAttribute("axis", 1L), new OnnxAttribute("largest", 0L));
        return (both[0], both[1] with { Element = OnnxElement.Int64 });
    }

    /// <summary>Whole numbers in rising order along a dimension.</summary>
    public OnnxValue Ascending(int axis) => Graph.AddMany("TopK", string.Empty, Element, 2, [this, To("Shape", OnnxElement.Int64).Slice(0, axis, axis + 1)], new OnnxAttribute("axis", (long)axis), new OnnxAttribute("largest", 0L))[0];

    /// <summary>Of series [rows, steps, channels]: the number of each step from 0, int64 [1, steps, 1].</summary>
    public OnnxValue Steps()
    {
        OnnxValue count = To("Shape", OnnxElement.Int64).Slice(0, 1, 2).Reshape([]);
        return Graph.Add("Range", OnnxElement.Int64, [Graph.Number(OnnxElement.Int64, 0), count, Graph.Number(OnnxElement.Int64, 1)]).Reshape(1, -1, 1);
    }

    /// <summary>Of series: whether each step is before its row's end, bool [rows, steps, 1].</summary>
    public OnnxValue StepsBelow(OnnxValue lengths) => Steps().To("Less", OnnxElement.Bool, lengths.Reshape(-1, 1, 1));

    /// <summary>Over these axes, which stay with length 1; they may count from the end.</summary>
    public OnnxValue Mean(params long[] axes) => Graph.Add("ReduceMean", Element, [this], new OnnxAttribute("axes", axes), new OnnxAttribute("keepdims", 1L));

    public OnnxValue Reduce(string operation, long axis, bool keep = true) =>
        Graph.Add(operation, Element, [this], new OnnxAttribute("axes", new[] { axis }), new OnnxAttribute("keepdims", keep ? 1L : 0L)) with { Rank = keep ? Rank : Rank - 1 };

    public OnnxValue Softmax(long axis = -1) => Graph.Add("Softmax", Element, [this], new OnnxAttribute("axis", axis));

    /// <summary>1 / (1 + exp(-x)).</summary>
    public OnnxValue Sigmoid() => To("Sigmoid");

    public OnnxValue MatrixProduct(OnnxValue right) => To("MatMul", right);

    /// <summary>The place of the largest number of each row, of equals the first [rows].</summary>
    public OnnxValue Largest() => Graph.Add("ArgMax", OnnxElement.Int64, [this], new OnnxAttribute("axis", 1L), new OnnxAttribute("keepdims", 0L)) with { Rank = Rank - 1 };
}
