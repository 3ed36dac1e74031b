using Strata.Learning.Onnx;

namespace Strata.Learning.RandomKernels;

/// <summary>Series inside an ONNX graph, complete and measured as <see cref="SeriesRows"/> and <see cref="ChannelScale"/> make them.</summary>
/// <param name="Steps">float32 [rows, steps, channels], 0 beyond a row's end.</param>
/// <param name="Lengths">int64 [rows], 0 where the series is missing.</param>
internal sealed record SeriesGraph(OnnxValue Steps, OnnxValue Lengths)
{
    /// <summary>For how many windows there is room in each row, int64 [rows, 1, 1].</summary>
    public OnnxValue Ends => Lengths.Reshape(-1, 1, 1);

    public static SeriesGraph Of(OnnxTable rows, SeriesLayout layout, ChannelScale scale)
    {
        SeriesGraph given = layout.Steps.Length > 0 ? Wide(rows, layout) : Long(rows, layout);
        OnnxValue measured = scale.Export(Bridged(given.Steps), given);
        return given with { Steps = given.Within(measured, 0) };
    }

    /// <summary>The same, but a number beyond each row's end.</summary>
    public OnnxValue Within(OnnxValue values, double otherwise) => values.StepsBelow(Lengths).Choose(values, values.Same(otherwise)) with { Rank = 3 };

    private static SeriesGraph Wide(OnnxTable rows, SeriesLayout layout)
    {
        OnnxValue numbers = rows.Numbers(layout.Steps.Select(i => rows.Columns.Columns[i].Name));
        int steps = layout.Steps.Length;
        OnnxValue places = rows.Graph.Constant("steps", OnnxElement.Int64, [steps], Enumerable.Range(1, steps).Select(step => (double)step));
        return new SeriesGraph(numbers.As(OnnxElement.Float).Reshape(-1, steps, 1), numbers.IsMissing().Choose(places.Same(0), places).Reduce("ReduceMax", 1, keep: false));
    }

    /// <summary>The channels of all columns side by side; what lies beyond a column's own end is a gap.</summary>
    private static SeriesGraph Long(OnnxTable rows, SeriesLayout layout)
    {
        OnnxGraph graph = rows.Graph;
        OnnxValue[] columns = [.. layout.Series.Select(i => rows[rows.Columns.Columns[i].Name])], lengths = [.. columns.Select(graph.LengthsOf)];
        OnnxValue[] known = [.. columns.Zip(lengths, (column, ends) => column.StepsBelow(ends).Choose(column, column.Same(double.NaN)) with { Rank = 3 })];
        if (columns.Length == 1)
        {
            return new SeriesGraph(known[0], lengths[0]);
        }

        OnnxValue[] rooms = [.. columns.Select(column => column.To("Shape", OnnxElement.Int64).Slice(0, 1, 2))];
        OnnxValue room = rooms[0].To("Max", rooms.AsSpan(1)), none = graph.Wholes(0), three = graph.Wholes(0, 0, 0), missing = graph.Number(OnnxElement.Float, double.NaN);
        IEnumerable<OnnxValue> padded = known.Zip(rooms, (column, own) => column.To("Pad", graph.Join([three, none, room - own, none], axis: 0), missing));
        return new SeriesGraph(graph.Join([.. padded], axis: 2) with { Rank = 3 }, lengths[0].To("Max", lengths.AsSpan(1)));
    }

    /// <summary>Gaps between steps bridged by straight lines; those at an end hold the nearest step.</summary>
    private static OnnxValue Bridged(OnnxValue x)
    {
        // In rising order, with gaps put behind, the known steps come first: of as many as there were so far the last is before a gap, and the next behind it.
        OnnxValue isKnown = x.IsMissing().To("Not"), steps = x.Steps(), count = isKnown.As(OnnxElement.Int64).To("CumSum", x.Graph.Number(OnnxElement.Int64, 1)), zero = count.Same(0);
        OnnxValue order = isKnown.Choose(steps, steps + x.To("Shape", OnnxElement.Int64).Slice(0, 1, 2)).Ascending(1), all = isKnown.As(OnnxElement.Int64).Sum(1);
        OnnxValue hasBefore = count.IsAbove(0), hasAfter = count.To("Less", OnnxElement.Bool, all);
        OnnxValue before = hasBefore.Choose(order.GatherElements(hasBefore.Choose(count - 1, zero), 1), zero), after = hasAfter.Choose(order.GatherElements(hasAfter.Choose(count, zero), 1), zero);
        OnnxValue clean = isKnown.Choose(x, x.Same(0)), left = clean.GatherElements(before, 1), right = hasAfter.Choose(clean.GatherElements(after, 1), x.Same(0));
        OnnxValue wide = hasAfter.To("And", hasBefore).Choose(after - before, count.Same(1)).As(OnnxElement.Float), share = (steps - before).As(OnnxElement.Float) / wide;
        OnnxValue filled = hasBefore.Choose(hasAfter.Choose(left + share * (right - left), left), right);
        return isKnown.Choose(x, filled) with { Rank = 3 };
    }
}
