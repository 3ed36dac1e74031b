using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Neural.Tables;
using Strata.Learning.Onnx;

namespace Strata.Learning.Neural.Inputs;

/// <summary>How the features go into a network: each array column by an encoding of its own, all other columns as the table's part. Learned from the training rows.</summary>
internal sealed class InputEncoding
{
    private const int Wide = -1;

    private readonly string[] names;

    private InputEncoding(TableEncoding? table, IReadOnlyList<ArrayEncoding> arrays, Schema features)
    {
        (Table, Arrays) = (table, arrays);
        names = [.. arrays.Select(array => array.Column == Wide ? WideSeries.Name : features.Columns[array.Column].Name), .. table is null ? [] : new[] { "table" }];
    }

    /// <summary>The columns that hold no arrays; null for none.</summary>
    public TableEncoding? Table { get; }

    /// <summary>In the order of the columns.</summary>
    public IReadOnlyList<ArrayEncoding> Arrays { get; }

    /// <summary>Whether a table's numbers are read as one series.</summary>
    public bool IsWide => Arrays is [{ Column: Wide }];

    /// <summary>The parts' names: array columns, and <c>table</c> last if there is one.</summary>
    public IReadOnlyList<string> PartNames => names;

    /// <exception cref="DataException">A column is of a kind that the network does not take, or there is none that it does; all problems at once.</exception>
    public static InputEncoding Of(InputPlan plan, TrainingTable table, FitContext context)
    {
        Frame features = table.Features;
        bool isWide = plan.TakesArrays && !features.Columns.Any(column => column.Type.IsArray());
        DataException.ThrowIfAny([.. Problems(plan, features), .. isWide ? WideProblems(plan, features) : []]);
        ArrayEncoding[] arrays = isWide
            ? [ArrayOf(plan, Wide, WideSeries.Of(features), table, context)]
            : [.. Enumerable.Range(0, features.ColumnCount).Where(i => features.Columns[i].Type.IsArray()).Select(i => ArrayOf(plan, i, (ArrayColumn)features.Columns[i], table, context))];
        int[] rest = TablePlaces(features.Schema, isWide);
        return new InputEncoding(rest.Length == 0 ? null : TableEncoding.Of(table, rest, context), arrays, features.Schema);
    }

    /// <exception cref="ModelFileException">The model file's encoding is not one of these features.</exception>
    public static InputEncoding Read(ModelReader reader, Schema features, InputPlan plan)
    {
        ArrayEncoding[] arrays = [.. Listed<SeriesEncoding>(reader, "series"), .. Listed<ImageEncoding>(reader, "images"), .. Listed<PointsEncoding>(reader, "points")];
        arrays = [.. arrays.OrderBy(array => array.Column)];
        bool isWide = arrays is [SeriesEncoding { Column: Wide }];
        bool isSound = isWide
            ? plan.ReadsWideTables && features.Columns.Any(column => WideSeries.IsStep(column.Type)) && !features.Columns.Any(column => column.Type.IsArray()) && arrays[0].IsSound(ColumnType.Series, 1)
            : arrays.Select(array => array.Column).SequenceEqual(Enumerable.Range(0, features.Columns.Count).Where(i => features.Columns[i].Type.IsArray()))
                && arrays.All(array => plan.ScalingOf(array.Type) is not null && array.IsSound(features.Columns[array.Column].Type, features.Columns[array.Column].Levels?.Count ?? 0));
        if (!isSound)
        {
            throw new ModelFileException("The columns of arrays in the model file are not encoded as those of this signature can be.");
        }

        int[] rest = TablePlaces(features, isWide);
        TableEncoding table = TableEncoding.Read(reader, features, rest);
        return arrays.Length == 0 && (rest.Length == 0 || plan.TakesArrays)
            ? throw new ModelFileException("The network in the model file has no column to read.")
            : new InputEncoding(rest.Length == 0 ? null : table, arrays, features);
    }

    public void Write(ModelWriter writer)
    {
        if (Table is null)
        {
            writer.Set("numbers", Array.Empty<EncodedNumber>());
            writer.Set("categories", Array.Empty<EncodedCategory>());
        }

        Table?.Write(writer);
        WriteListed<SeriesEncoding>(writer, "series");
        WriteListed<ImageEncoding>(writer, "images");
        WriteListed<PointsEncoding>(writer, "points");
    }

    /// <summary>A table that conforms to the signature, ready to be taken batch by batch.</summary>
    public EncodedRows Encode(Frame rows) =>
        new(this, rows.RowCount, Table?.Encode(rows), [.. Arrays.Select(array => array.Column == Wide ? WideSeries.Of(rows) : (ArrayColumn)rows.Columns[array.Column])]);

    /// <summary>The same inside a graph.</summary>
    public OnnxParts Export(OnnxTable rows) => new(Table?.Export(rows), [.. Arrays.Select(array => array.Column == Wide ? ((SeriesEncoding)array).ExportWide(rows) : array.Export(rows, rows.Columns.Columns[array.Column].Name))]);

    /// <summary>The columns that are no part of an array; of a wide table those that are no steps.</summary>
    private static int[] TablePlaces(Schema features, bool isWide) =>
        [.. Enumerable.Range(0, features.Columns.Count).Where(i => !features.Columns[i].Type.IsArray() && !(isWide && WideSeries.IsStep(features.Columns[i].Type)))];

    private static T[] Listed<T>(ModelReader reader, string name)
        where T : ArrayEncoding => reader.Values[name] is null ? [] : [.. reader.Items<T>(name)];

    private void WriteListed<T>(ModelWriter writer, string name)
        where T : ArrayEncoding
    {
        T[] own = [.. Arrays.OfType<T>()];
        if (own.Length > 0)
        {
            writer.Set(name, own);
        }
    }

    private static ArrayEncoding ArrayOf(InputPlan plan, int place, ArrayColumn column, TrainingTable table, FitContext context)
    {
        Scaling scaling = plan.ScalingOf(column.Type)!.Value;
        return column.Type switch
        {
            ColumnType.Series => SeriesEncoding.Of(place, column, scaling, table.Weights, context),
            ColumnType.Image => ImageEncoding.Of(place, column, scaling, plan.ImageSize, table.Weights, context),
            _ => PointsEncoding.Of(place, column, scaling, plan.PointCount, table.Weights, context),
        };
    }

    private static string[] Problems(InputPlan plan, Frame features) =>
    [
        .. from column in features.Columns
           let problem = column switch
           {
               TextColumn => $"Column '{column.Name}' is text, which a network cannot read; drop it, read it as a category, or encode it in a preparation step.",
               ArrayColumn when !plan.TakesArrays => $"Column '{column.Name}' holds arrays, which a network for tables cannot read; {ArrayAdvice.Text}",
               ArrayColumn when plan.ScalingOf(column.Type) is null => $"Column '{column.Name}' is of type {column.Type}, and this network takes {plan.InWords}; leave it out, or take fusion, which takes all.",
               ArrayColumn arrays => FirstInfinite(arrays) is int row ? $"Column '{column.Name}' holds an infinite number in row {row + 1}; mark such steps as missing." : null,
               _ => null,
           }
           where problem is not null
           select problem,
    ];

    private static string[] WideProblems(InputPlan plan, Frame features)
    {
        if (!plan.ReadsWideTables)
        {
            return [$"There is no column of {plan.InWords}, which this network learns from."];
        }

        return features.Columns.Any(column => WideSeries.IsStep(column.Type)) ? [] : ["There is no series to learn from: give a column of series, or number columns that are its steps in order."];
    }

    private static int? FirstInfinite(ArrayColumn column)
    {
        int row = Array.FindIndex(column.Values, cell => cell is not null && Array.Exists(cell, float.IsInfinity));
        return row < 0 ? null : row;
    }
}
