using Strata.Learning.Data;
using Strata.Tensors;

namespace Strata.Learning.Onnx;

/// <summary>
/// Rows made up for a model of which no table is at hand, where it has something to say: numbers around the means that the graph takes from a column and among the bounds that its
/// trees ask for, categories from their levels, and gaps.
/// </summary>
internal sealed class ProbeRows
{
    private const double GapShare = 0.08;
    private const int Steps = 24;

    private readonly OnnxGraph graph;
    private readonly ILookup<string, OnnxNode> readers;
    private readonly RandomSource random;

    private ProbeRows(OnnxGraph graph, ulong seed)
    {
        this.graph = graph;
        readers = graph.Nodes.SelectMany(node => node.Inputs.Distinct().Select(input => (input, node))).ToLookup(pair => pair.input, pair => pair.node, StringComparer.Ordinal);
        random = RandomSource.For(seed, "probe rows");
    }

    /// <summary>Rows in the model's columns, the same for the same graph.</summary>
    public static Frame Of(OnnxGraph graph, Schema features, int count, ulong seed = 1)
    {
        var probe = new ProbeRows(graph, seed);
        return new Frame(features.Columns.Select(column => probe.Column(column, count)));
    }

    private Column Column(SchemaColumn column, int count) => column.Type switch
    {
        ColumnType.Category => new CategoryColumn(column.Name, [.. Enumerable.Range(0, count).Select(_ => IsGap() || column.Levels!.Count == 0 ? -1 : random.NextInt(column.Levels.Count))], column.Levels!),
        ColumnType.Text => new TextColumn(column.Name, new string?[count]),
        ColumnType.Boolean => new BooleanColumn(column.Name, [.. Enumerable.Range(0, count).Select(_ => random.NextInt(2) == 1)]),
        ColumnType.Date => new DateColumn(column.Name, [.. Numbers(column.Name, count, (1.6e9, 1e8)).Select(seconds => DateTime.UnixEpoch.Ticks + (long)(double.IsNaN(seconds) ? 0 : Math.Clamp(seconds, -6e10, 2e11)) * TimeSpan.TicksPerSecond)]),
        ColumnType.Int64 => new Float64Column(column.Name, [.. Numbers(column.Name, count, (0, 1)).Select(number => Math.Round(number))]),
        ColumnType.Float32 or ColumnType.Float64 => new Float64Column(column.Name, Numbers(column.Name, count, (0, 1))),
        _ => Arrays(column, count),
    };

    private bool IsGap() => random.NextDouble() < GapShare;

    private double[] Numbers(string name, int count, (double Mean, double Width) otherwise)
    {
        double[] bounds = graph.Inputs.Any(input => input.Name == name) ? [.. Bounds(name)] : [];
        (double mean, double width) = Scale(name) ?? otherwise;
        return [.. Enumerable.Range(0, count).Select(_ => IsGap() ? double.NaN
            : bounds.Length > 0 && random.NextInt(4) > 0 ? Near(bounds[random.NextInt(bounds.Length)], bounds[random.NextInt(bounds.Length)])
            : mean + width * random.NextGaussian())];
    }

    /// <summary>Between two bounds, off them by a chance that rounding does not reach.</summary>
    private double Near(double one, double other) => one + (other - one) * random.NextDouble() + 1e-3 * Math.Max(Math.Abs(one), 1e-3) * random.NextGaussian();

    /// <summary>What is taken off an input, and what it is divided by or multiplied with next.</summary>
    private (double Mean, double Width)? Scale(string name)
    {
        foreach (OnnxNode less in Downstream(name).SelectMany(value => readers[value].Where(node => node.Operation == "Sub" && node.Inputs[0] == value)))
        {
            if (Number(less.Inputs[1]) is double mean && readers[less.Outputs[0]].FirstOrDefault(node => node.Operation is "Div" or "Mul") is { } by && Number(by.Inputs[1]) is double factor && factor > 0)
            {
                return (mean, by.Operation == "Div" ? factor : 1 / factor);
            }
        }

        return null;
    }

    /// <summary>The bounds that trees ask of a column that reaches them as it is.</summary>
    private IEnumerable<double> Bounds(string name)
    {
        foreach (OnnxNode join in Downstream(name).SelectMany(value => readers[value].Where(node => node.Operation == "Concat")).Distinct())
        {
            int place = Enumerable.Range(0, join.Inputs.Count).First(i => Downstream(name).Contains(join.Inputs[i]));
            foreach (OnnxNode trees in Downstream(join.Outputs[0]).SelectMany(value => readers[value]).Where(node => node.Operation is "TreeEnsembleRegressor").Distinct())
            {
                long[] features = trees.Get<long[]>("nodes_featureids");
                string[] modes = trees.Get<string[]>("nodes_modes");
                double[] bounds = trees.Get<OnnxTensor>("nodes_values_as_tensor").Numbers;
                foreach (int node in Enumerable.Range(0, features.Length).Where(node => features[node] == place && modes[node] != "LEAF" && double.IsFinite(bounds[node])))
                {
                    yield return bounds[node];
                }
            }
        }
    }

    /// <summary>The value, and what it becomes without being changed: cast, joined behind others, or with its gaps filled.</summary>
    private List<string> Downstream(string name)
    {
        var found = new List<string> { name };
        for (int i = 0; i < found.Count && found.Count < 32; i++)
        {
            found.AddRange(readers[found[i]].Where(node => node.Operation is "Cast" or "Identity" || (node.Operation == "Where" && node.Inputs[2] == found[i]) || (node.Operation == "Concat" && i > 0 && node.Inputs[0] == found[i]))
                .Select(node => node.Outputs[0]).Except(found));
        }

        return found;
    }

    private double? Number(string name) => graph.Constants.TryGetValue(name, out OnnxTensor? constant) && constant.Count == 1 ? constant.Numbers[0] : null;

    private ArrayColumn Arrays(SchemaColumn column, int count)
    {
        int channels = column.Levels!.Count;
        int[] size = [.. graph.Inputs.First(input => input.Name == column.Name).Dimensions.Skip(1).OfType<int>()];
        int places = column.Type == ColumnType.Series || size.Length < 2 ? Steps : size[..^1].Aggregate(1, (product, length) => product * length);
        var cells = new float[]?[count];
        for (int row = 0; row < count; row++)
        {
            int own = column.Type == ColumnType.Series ? Steps / 2 + random.NextInt(Steps / 2 + 1) : places;
            cells[row] = row > 0 && IsGap() ? null : [.. Enumerable.Range(0, own * channels).Select(_ => (float)random.NextGaussian())];
        }

        return new ArrayColumn(column.Name, column.Type, column.Levels, cells, column.Type == ColumnType.Image ? [.. Enumerable.Repeat(size[1], count)] : null);
    }
}
