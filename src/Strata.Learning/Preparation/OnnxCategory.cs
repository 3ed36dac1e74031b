using Strata.Learning.Data;
using Strata.Learning.Onnx;

namespace Strata.Learning.Preparation;

/// <summary>What a rule makes of a category column, as tables to look levels up in: the rule itself is asked once for every level and for a missing one.</summary>
internal static class OnnxCategory
{
    /// <param name="rule">Any rule that looks at a row by itself.</param>
    /// <param name="column">The column, for its levels.</param>
    /// <param name="codes">int64 [rows, 1], -1 where missing.</param>
    public static IEnumerable<(Column Column, OnnxValue Value)> Export(IColumnRule rule, CategoryColumn column, OnnxValue codes)
    {
        var every = new CategoryColumn(column.Name, [.. Enumerable.Range(-1, column.Levels.Count + 1)], column.Levels);
        OnnxValue places = codes + 1;
        return rule.Apply(every).Select(output => (output.Take([]), ReferenceEquals(output, every) ? codes : output switch
        {
            CategoryColumn category => Table(codes.Graph, OnnxElement.Int64, category.Codes.Select(code => (double)code)).Gather(places),
            { IsNumeric: true } => Table(codes.Graph, OnnxElement.Double, Enumerable.Range(0, output.Count).Select(output.NumberAt)).Gather(places),
            _ => throw new DataException($"Column '{column.Name}' would become {output.Type}, which has no ONNX form."),
        }));
    }

    private static OnnxValue Table(OnnxGraph graph, OnnxElement element, IEnumerable<double> values)
    {
        double[] all = [.. values];
        return graph.Constant("levels", element, [all.Length], all);
    }
}
