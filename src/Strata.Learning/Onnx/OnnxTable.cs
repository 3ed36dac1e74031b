using Strata.Learning.Data;

namespace Strata.Learning.Onnx;

/// <summary>The columns of a table inside a graph: what each is, and the tensor that holds its values.</summary>
/// <remarks>Number columns are float64 [rows, 1] with NaN where missing, categories int64 [rows, 1] codes with -1 where missing, text is string [rows, 1], arrays float32 [rows, ...].</remarks>
internal sealed class OnnxTable
{
    private readonly Dictionary<string, OnnxValue> values;

    /// <param name="graph">Where the tensors are.</param>
    /// <param name="columns">The columns without any row: their order, types and levels.</param>
    /// <param name="values">The tensor of each.</param>
    public OnnxTable(OnnxGraph graph, Frame columns, Dictionary<string, OnnxValue> values) => (Graph, Columns, this.values) = (graph, columns, values);

    public OnnxGraph Graph { get; }

    /// <summary>The columns without any row: their order, types and levels.</summary>
    public Frame Columns { get; }

    /// <exception cref="DataException">There is no such column.</exception>
    public OnnxValue this[string name] => values.TryGetValue(name, out OnnxValue value) ? value : throw DataException.NoSuchColumn(name, Columns.Names);

    /// <summary>An input a column: numbers as they are, categories as texts.</summary>
    /// <param name="graph">Gets the inputs.</param>
    /// <param name="features">The columns.</param>
    /// <param name="numbers">What number inputs hold; dates are always float64, for seconds since 1970 do not fit a float32.</param>
    public static OnnxTable Of(OnnxGraph graph, Schema features, OnnxElement numbers)
    {
        Dictionary<string, OnnxValue> inputs = features.Columns.ToDictionary(column => column.Name, column => graph.Input(column.Name, ElementOf(column.Type, numbers), DimensionsOf(column)), StringComparer.Ordinal);
        foreach (SchemaColumn column in features.Columns.Where(column => column.Type == ColumnType.Series))
        {
            graph.LengthInput(inputs[column.Name]);
        }

        return new OnnxTable(graph, new Frame(features.Columns.Select(Empty)), features.Columns.ToDictionary(column => column.Name, column => Read(inputs[column.Name], column), StringComparer.Ordinal));
    }

    /// <summary>An array column whose cells are all of one size: float32 [rows, size ...].</summary>
    public OnnxValue Sized(string name, params int[] size)
    {
        Graph.SetDimensions(this[name], [OnnxGraph.Rows, .. size]);
        return this[name];
    }

    /// <summary>Whether all numbers of an array are missing: bool [rows, 1].</summary>
    public OnnxValue IsEmpty(string name) => this[name].IsMissing().As(OnnxElement.Float).Reshape(0, -1).Reduce("ReduceMin", 1).IsAbove(0.5);

    /// <summary>The columns that a model expects, in its order; categories by its codes.</summary>
    public OnnxTable Conform(Schema features)
    {
        var conformed = new Dictionary<string, OnnxValue>(StringComparer.Ordinal);
        foreach (SchemaColumn column in features.Columns)
        {
            bool isSame = Columns[column.Name] is not CategoryColumn category || column.Levels is null || category.Levels.SequenceEqual(column.Levels);
            conformed[column.Name] = isSame ? this[column.Name] : Recoded((CategoryColumn)Columns[column.Name], column);
        }

        return new OnnxTable(Graph, features.Conform(Columns), conformed);
    }

    /// <summary>Some of the columns in an order.</summary>
    public OnnxTable Select(IEnumerable<string> names)
    {
        string[] kept = [.. names];
        return new OnnxTable(Graph, Columns.Select(kept), kept.ToDictionary(name => name, name => this[name], StringComparer.Ordinal));
    }

    /// <summary>All columns side by side as numbers, categories by their codes, NaN where missing: float64 [rows, columns].</summary>
    public OnnxValue Numbers() => Graph.Join([.. Columns.Columns.Select(NumbersOf)]);

    /// <summary>The numbers of these columns side by side: float64 [rows, columns].</summary>
    public OnnxValue Numbers(IEnumerable<string> names) => Graph.Join([.. names.Select(name => NumbersOf(Columns[name]))]);

    /// <summary>The same numbers for every row: [rows, numbers].</summary>
    public OnnxValue Repeated(IReadOnlyList<double> numbers)
    {
        OnnxValue any = this[Columns.Names.First()], rows = any.To("Shape", OnnxElement.Int64).Slice(0, 0, 1);
        return Graph.Constant("answer", OnnxElement.Double, [1, numbers.Count], numbers).To("Expand", Graph.Join([rows, Graph.Wholes(1)], axis: 0));
    }

    private OnnxValue Recoded(CategoryColumn from, SchemaColumn to)
    {
        LevelLookup levels = LevelLookup.Of(to);
        IEnumerable<int> codes = from.Levels.Select(level => levels.CodeOf(level) is >= 0 and int code ? code : levels.UnseenCode);
        return Graph.Constant("levels", OnnxElement.Int64, [from.Levels.Count + 1], codes.Prepend(-1).Select(code => (double)code)).Gather(this[from.Name] + 1);
    }

    private OnnxValue NumbersOf(Column column) => column switch
    {
        CategoryColumn => this[column.Name].IsBelow(0).Choose(Graph.Number(OnnxElement.Double, double.NaN), this[column.Name].As(OnnxElement.Double)),
        { IsNumeric: true } => this[column.Name],
        _ => throw new DataException($"Column '{column.Name}' is {column.Type} and has no numbers."),
    };

    private static OnnxElement ElementOf(ColumnType type, OnnxElement numbers) => type switch
    {
        ColumnType.Category or ColumnType.Text => OnnxElement.String,
        ColumnType.Date => OnnxElement.Double,
        ColumnType.Series or ColumnType.Image or ColumnType.Points => OnnxElement.Float,
        _ => numbers,
    };

    private static object[] DimensionsOf(SchemaColumn column) => column.Type switch
    {
        ColumnType.Series => [OnnxGraph.Rows, $"{column.Name}_steps", column.Levels!.Count],
        ColumnType.Image => [OnnxGraph.Rows, $"{column.Name}_height", $"{column.Name}_width", column.Levels!.Count],
        ColumnType.Points => [OnnxGraph.Rows, $"{column.Name}_points", column.Levels!.Count],
        _ => [OnnxGraph.Rows, 1],
    };

    private static OnnxValue Read(OnnxValue input, SchemaColumn column) => column.Type switch
    {
        ColumnType.Category => Codes(input, column),
        ColumnType.Text or ColumnType.Series or ColumnType.Image or ColumnType.Points => input,
        _ => input.As(OnnxElement.Double),
    };

    /// <summary>Codes of texts: -1 for an empty text, and for one that is no level unless the column has a level for such.</summary>
    private static OnnxValue Codes(OnnxValue texts, SchemaColumn column)
    {
        string[] levels = [.. column.Levels!.Distinct(StringComparer.Ordinal)];
        string[] all = [.. column.Levels!];
        long unseen = column.UnseenLevel is null ? -1 : Array.IndexOf(all, column.UnseenLevel);
        return texts.Graph.Add("LabelEncoder", OnnxNode.MachineLearning, OnnxElement.Int64, [texts],
            new OnnxAttribute("keys_strings", (string[])[.. levels, .. levels.Contains(string.Empty) ? Array.Empty<string>() : [string.Empty]]),
            new OnnxAttribute("values_int64s", (long[])[.. levels.Select(level => (long)Array.IndexOf(all, level)), .. levels.Contains(string.Empty) ? Array.Empty<long>() : [-1]]),
            new OnnxAttribute("default_int64", unseen));
    }

    private static Column Empty(SchemaColumn column) => column.Type switch
    {
        ColumnType.Float32 => new Float32Column(column.Name, []),
        ColumnType.Float64 => new Float64Column(column.Name, []),
        ColumnType.Int64 => new Int64Column(column.Name, []),
        ColumnType.Boolean => new BooleanColumn(column.Name, []),
        ColumnType.Category => new CategoryColumn(column.Name, [], column.Levels!),
        ColumnType.Date => new DateColumn(column.Name, []),
        ColumnType.Text => new TextColumn(column.Name, []),
        ColumnType.Series or ColumnType.Points => new ArrayColumn(column.Name, column.Type, column.Levels!, []),
        ColumnType.Image => new ArrayColumn(column.Name, column.Type, column.Levels!, [], []),
        _ => throw new DataException($"Column '{column.Name}' is {column.Type}, which has no ONNX input."),
    };
}
