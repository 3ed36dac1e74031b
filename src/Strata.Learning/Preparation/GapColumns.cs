using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Onnx;

namespace Strata.Learning.Preparation;

/// <summary>Which columns a step fills from one another, and how filled ones are handed on.</summary>
/// <param name="Kept">All columns that pass, in order.</param>
/// <param name="Numbers">Those among them that are filled.</param>
/// <param name="Booleans">Those among the numbers that are true or false, and stay so.</param>
/// <param name="Indicators">For each number the name of the added column that says where it was missing, or empty for none.</param>
internal sealed record GapColumns(IReadOnlyList<string> Kept, IReadOnlyList<string> Numbers, IReadOnlyList<string> Booleans, IReadOnlyList<string> Indicators)
{
    /// <summary>The columns of a training table; those without any value are left out.</summary>
    public static GapColumns Of(TrainingTable table, bool indicators)
    {
        FiniteNumbers.Check(table.Features);
        Column[] kept = [.. table.Features.Columns.Where(column => !column.IsNumeric || WeightedNumbers.Of(column, table.Weights).Count > 0)];
        Column[] numbers = [.. kept.Where(column => column.IsNumeric)];
        return numbers.Length == 0
            ? throw new DataException("There is no number column with a value to fill gaps in.")
            : new GapColumns(
                [.. kept.Select(column => column.Name)],
                [.. numbers.Select(column => column.Name)],
                [.. numbers.Where(column => column.Type == ColumnType.Boolean).Select(column => column.Name)],
                [.. numbers.Select(column => indicators && column.MissingCount > 0 ? FreeName.For($"{column.Name} was missing", table.Features) : string.Empty)]);
    }

    public IReadOnlyDictionary<string, IReadOnlyList<string>> Origins => Kept.Select(name => (name, name))
        .Concat(Numbers.Zip(Indicators, (name, indicator) => (indicator, name)).Where(pair => pair.indicator.Length > 0))
        .ToDictionary(pair => pair.Item1, pair => (IReadOnlyList<string>)[pair.Item2], StringComparer.Ordinal);

    public IReadOnlyList<string> NotesOn(Frame training)
    {
        string[] empty = [.. training.Names.Except(Kept)];
        return empty.Length == 0 ? [] : [Impute.EmptyColumns(empty)];
    }

    /// <summary>The numbers of some rows as copies: [columns][rows], NaN where missing.</summary>
    public double[][] Read(Frame rows) => [.. NumberBlock.Of(rows, Numbers).Select(column => (double[])column.Clone())];

    /// <summary>The rows with their numbers filled, and columns that say where they were not.</summary>
    public Frame Filled(Frame rows, double[][] numbers)
    {
        var booleans = Booleans.ToHashSet(StringComparer.Ordinal);
        Dictionary<string, Column> filled = Numbers.Zip(numbers).ToDictionary(
            pair => pair.First,
            pair => booleans.Contains(pair.First) ? new BooleanColumn(pair.First, Array.ConvertAll(pair.Second, value => value >= 0.5)) : (Column)new Float64Column(pair.First, pair.Second),
            StringComparer.Ordinal);
        return new Frame(
        [
            .. Kept.Select(name => filled.GetValueOrDefault(name) ?? rows[name]),
            .. Numbers.Zip(Indicators).Where(pair => pair.Second.Length > 0).Select(pair => MissingRows(rows[pair.First], pair.Second)),
        ]);
    }

    /// <summary>The same inside a graph.</summary>
    /// <param name="rows">The columns.</param>
    /// <param name="numbers">The filled columns.</param>
    /// <param name="missing">Where each of them was missing.</param>
    public OnnxTable Filled(OnnxTable rows, OnnxValue[] numbers, OnnxValue[] missing)
    {
        var values = Kept.ToDictionary(name => name, name => rows[name], StringComparer.Ordinal);
        for (int j = 0; j < numbers.Length; j++)
        {
            values[Numbers[j]] = Booleans.Contains(Numbers[j]) ? numbers[j].To("GreaterOrEqual", OnnxElement.Bool, numbers[j].Same(0.5)).As(OnnxElement.Double) : numbers[j];
            if (Indicators[j].Length > 0)
            {
                values[Indicators[j]] = missing[j].As(OnnxElement.Double);
            }
        }

        return new OnnxTable(rows.Graph, Filled(rows.Columns, [.. Numbers.Select(_ => Array.Empty<double>())]), values);
    }

    public void Write(ModelWriter writer) => writer.Set("columns", this);

    public static GapColumns Read(ModelReader reader)
    {
        GapColumns columns = reader.Get<GapColumns>("columns");
        bool complete = new[] { columns.Kept, columns.Numbers, columns.Booleans, columns.Indicators }.All(names => !names.Contains(null!));
        return complete && columns.Numbers.Count > 0 && columns.Indicators.Count == columns.Numbers.Count && columns.Numbers.All(columns.Kept.Contains)
            ? columns
            : throw new ModelFileException("The columns of a step that fills gaps do not fit together in the model file.");
    }

    internal static BooleanColumn MissingRows(Column column, string name)
    {
        var missing = new bool[column.Count];
        for (int row = 0; row < missing.Length; row++)
        {
            missing[row] = column.IsMissing(row);
        }

        return new BooleanColumn(name, missing);
    }
}
