using Strata.Learning.Data;

namespace Strata.Learning.Onnx;

/// <summary>An ONNX model as it is being built: inputs, constants, operations in an order in which each comes after what it needs, and outputs.</summary>
internal sealed class OnnxGraph
{
    /// <summary>The format's version; opset 17 belongs to it.</summary>
    public const int IrVersion = 8;

    /// <summary>The version of ONNX's own operations.</summary>
    public const int Opset = 17;

    /// <summary>The version of the operations of trees and encodings.</summary>
    public const int MachineLearningOpset = 3;

    /// <summary>The name of the dimension of rows.</summary>
    public const string Rows = "rows";

    private readonly List<OnnxNode> nodes = [];
    private readonly Dictionary<string, OnnxTensor> constants = new(StringComparer.Ordinal);
    private readonly Dictionary<(OnnxElement, double), OnnxValue> numbers = [];
    private readonly Dictionary<string, OnnxValue> wholes = [];
    private readonly Dictionary<string, OnnxValue> lengths = new(StringComparer.Ordinal);
    private readonly List<OnnxPort> inputs = [], outputs = [];
    private readonly HashSet<string> taken = new(StringComparer.Ordinal) { string.Empty };
    private readonly List<string> notes = [];

    public IReadOnlyList<OnnxPort> Inputs => inputs;

    public IReadOnlyList<OnnxPort> Outputs => outputs;

    public IReadOnlyList<OnnxNode> Nodes => nodes;

    public IReadOnlyDictionary<string, OnnxTensor> Constants => constants;

    /// <summary>What a user of the file should know, one sentence each.</summary>
    public IReadOnlyList<string> Notes => notes;

    public void Note(string sentence)
    {
        if (!notes.Contains(sentence))
        {
            notes.Add(sentence);
        }
    }

    /// <summary>A tensor that the caller gives.</summary>
    /// <param name="name">Unique among inputs.</param>
    /// <param name="element">What it holds.</param>
    /// <param name="dimensions">A length, or the name of one that may vary.</param>
    public OnnxValue Input(string name, OnnxElement element, params object[] dimensions)
    {
        if (!taken.Add(name))
        {
            throw new DataException($"Two inputs would have the name '{name}'.");
        }

        inputs.Add(new OnnxPort(name, element, dimensions));
        return new OnnxValue(this, name, element) { Rank = dimensions.Length };
    }

    /// <summary>The steps of each row of a series that is an input: int64 [rows], 0 for a missing cell, an input of its own behind it.</summary>
    public void LengthInput(OnnxValue series)
    {
        string name = Free($"{series.Name}_length");
        inputs.Add(new OnnxPort(name, OnnxElement.Int64, [Rows]) { LengthsOf = series.Name });
        lengths[series.Name] = new OnnxValue(this, name, OnnxElement.Int64) { Rank = 1 };
    }

    /// <inheritdoc cref="LengthInput"/>
    public OnnxValue LengthsOf(OnnxValue series) => lengths[series.Name];

    /// <summary>Says of an input what its dimensions are, where a model takes no others.</summary>
    public void SetDimensions(OnnxValue input, object[] dimensions)
    {
        int at = inputs.FindIndex(one => one.Name == input.Name);
        inputs[at] = inputs[at] with { Dimensions = dimensions };
    }

    /// <summary>Gives a value out, under this name or, where that is taken, one like it.</summary>
    public void Output(string name, OnnxValue value, params object[] dimensions)
    {
        string free = Free(name);
        nodes.Add(new OnnxNode("Identity", string.Empty, [value.Name], [free], []));
        outputs.Add(new OnnxPort(free, value.Element, dimensions));
    }

    public OnnxValue Add(string operation, OnnxElement element, ReadOnlySpan<OnnxValue> of, params OnnxAttribute[] attributes) => Add(operation, string.Empty, element, of, attributes);

    public OnnxValue Add(string operation, string domain, OnnxElement element, ReadOnlySpan<OnnxValue> of, params OnnxAttribute[] attributes) =>
        AddMany(operation, domain, element, 1, [.. of], attributes)[0];

    /// <summary>An operation with several results that hold the same.</summary>
    /// <param name="operation">Its name.</param>
    /// <param name="domain">Where it belongs.</param>
    /// <param name="element">What its results hold.</param>
    /// <param name="count">How many results.</param>
    /// <param name="of">Its inputs; null for one that is left out.</param>
    /// <param name="attributes">Its settings.</param>
    public OnnxValue[] AddMany(string operation, string domain, OnnxElement element, int count, OnnxValue?[] of, params OnnxAttribute[] attributes)
    {
        string[] results = [.. Enumerable.Range(0, count).Select(_ => Free($"{operation.ToLowerInvariant()}_{nodes.Count}"))];
        nodes.Add(new OnnxNode(operation, domain, [.. of.Select(value => value?.Name ?? string.Empty)], results, attributes));
        return [.. results.Select(name => new OnnxValue(this, name, element) { Rank = of.Max(value => value?.Rank ?? 0) })];
    }

    public OnnxValue Constant(string name, OnnxTensor tensor)
    {
        string free = Free(name);
        constants[free] = tensor;
        return new OnnxValue(this, free, tensor.Element) { Rank = tensor.Shape.Length };
    }

    public OnnxValue Constant(string name, OnnxElement element, int[] shape, IEnumerable<double> values) => Constant(name, OnnxTensor.Of(element, shape, values));

    /// <summary>A single number.</summary>
    public OnnxValue Number(OnnxElement element, double number)
    {
        // NaN is equal to itself as a key, and -0 to 0 where no operation here minds.
        if (!numbers.TryGetValue((element, number), out OnnxValue value))
        {
            numbers[(element, number)] = value = Constant("number", element, [], [number]);
        }

        return value;
    }

    /// <summary>Whole numbers in a row, such as shapes and axes.</summary>
    public OnnxValue Wholes(params ReadOnlySpan<int> values)
    {
        string key = string.Join(",", values.ToArray());
        if (!wholes.TryGetValue(key, out OnnxValue value))
        {
            wholes[key] = value = Constant("wholes", OnnxElement.Int64, [values.Length], values.ToArray().Select(whole => (double)whole));
        }

        return value;
    }

    /// <summary>Side by side along a dimension.</summary>
    public OnnxValue Join(IReadOnlyList<OnnxValue> parts, long axis = 1) => parts.Count == 1 ? parts[0] : Add("Concat", parts[0].Element, [.. parts], new OnnxAttribute("axis", axis));

    /// <summary>Leaves out what no output needs, inputs included.</summary>
    public void Prune()
    {
        var needed = outputs.Select(output => output.Name).ToHashSet(StringComparer.Ordinal);
        for (int i = nodes.Count - 1; i >= 0; i--)
        {
            if (nodes[i].Outputs.Any(needed.Contains))
            {
                needed.UnionWith(nodes[i].Inputs);
            }
        }

        nodes.RemoveAll(node => !node.Outputs.Any(needed.Contains));
        inputs.RemoveAll(input => !needed.Contains(input.Name));
        foreach (string constant in constants.Keys.Where(constant => !needed.Contains(constant)).ToArray())
        {
            constants.Remove(constant);
        }
    }

    /// <summary>The file's bytes: a <c>ModelProto</c>.</summary>
    /// <param name="name">The graph's name.</param>
    /// <param name="metadata">What the file says of itself.</param>
    public byte[] ToBytes(string name, IReadOnlyDictionary<string, string> metadata)
    {
        var writer = new ProtobufWriter();
        writer.Whole(1, IrVersion);
        writer.Text(2, "Strata");
        writer.Message(7, graph =>
        {
            foreach (OnnxNode node in nodes)
            {
                graph.Message(1, node.Write);
            }

            graph.Text(2, name);
            foreach ((string constant, OnnxTensor tensor) in constants)
            {
                graph.Message(5, inner => tensor.Write(inner, constant));
            }

            foreach (OnnxPort input in inputs)
            {
                graph.Message(11, input.Write);
            }

            foreach (OnnxPort output in outputs)
            {
                graph.Message(12, output.Write);
            }
        });
        foreach ((string domain, int version) in new[] { (string.Empty, Opset), (OnnxNode.MachineLearning, MachineLearningOpset) })
        {
            writer.Message(8, set =>
            {
                set.Text(1, domain);
                set.Whole(2, version);
            });
        }

        foreach ((string key, string value) in metadata)
        {
            writer.Message(14, entry =>
            {
                entry.Text(1, key);
                entry.Text(2, value);
            });
        }

        return writer.Written.ToArray();
    }

    private string Free(string name)
    {
        string free = name;
        for (int i = 2; !taken.Add(free); i++)
        {
            free = $"{name}_{i}";
        }

        return free;
    }
}
