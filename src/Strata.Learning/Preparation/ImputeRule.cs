using System.Text.Json.Serialization;
using Strata.Learning.Data;
using Strata.Learning.Onnx;

namespace Strata.Learning.Preparation;

/// <summary>How missing values of one column are filled.</summary>
/// <param name="Column">The column.</param>
/// <param name="Number">What stands in for a missing number or boolean (0 or 1); null for categories and text.</param>
/// <param name="Level">What stands in for a missing category; null for numbers and text.</param>
/// <param name="Indicator">Name of the added column that says where values were missing, or null.</param>
public sealed record ImputeRule(string Column, double? Number = null, string? Level = null, string? Indicator = null) : IColumnRule, IOnnxRule
{
    [JsonIgnore]
    public IReadOnlyList<string> Outputs => Indicator is null ? [Column] : [Column, Indicator];

    public IEnumerable<Column> Apply(Column column)
    {
        ArgumentNullException.ThrowIfNull(column);
        yield return (Number, Level, column) switch
        {
            (_, string level, CategoryColumn category) => Filled(category, level),
            (double number, _, SparseNumberColumn sparse) => Filled(sparse, number),
            (double number, _, BooleanColumn boolean) => Filled(boolean, number != 0),
            (double number, _, { IsNumeric: true }) => Filled(column, number),
            (null, null, _) => column,
            _ => throw new DataException($"Column '{column.Name}' is {column.Type}, but was {(Level is null ? "of numbers" : "a category")} when the step was fitted."),
        };
        if (Indicator is not null)
        {
            yield return GapColumns.MissingRows(column, Indicator);
        }
    }

    IEnumerable<OnnxValue> IOnnxRule.Export(Column column, OnnxValue numbers)
    {
        OnnxValue filled = Number is double number ? numbers.IsMissing().Choose(numbers.Same(column.Type == ColumnType.Boolean && number != 0 ? 1 : number), numbers) : numbers;
        return Indicator is null ? [filled] : [filled, numbers.IsMissing().As(OnnxElement.Double)];
    }

    private static Float64Column Filled(Column column, double number)
    {
        if (column is Float64Column { MissingCount: 0 } complete)
        {
            return complete;
        }

        var values = new double[column.Count];
        column.CopyNumbers(values);
        for (int row = 0; row < values.Length; row++)
        {
            values[row] = double.IsNaN(values[row]) ? number : values[row];
        }

        return new Float64Column(column.Name, values);
    }

    private static SparseNumberColumn Filled(SparseNumberColumn column, double number)
    {
        double fill = column.Type == ColumnType.Boolean && number != 0 ? 1 : number;
        return column.MissingCount == 0 ? column : column.Map(value => double.IsNaN(value) ? fill : value, column.Type);
    }

    private static BooleanColumn Filled(BooleanColumn column, bool value)
    {
        if (column.MissingCount == 0)
        {
            return column;
        }

        var values = new bool[column.Count];
        for (int row = 0; row < values.Length; row++)
        {
            values[row] = column.IsMissing(row) ? value : column.Values[row];
        }

        return new BooleanColumn(column.Name, values);
    }

    private static CategoryColumn Filled(CategoryColumn column, string level)
    {
        if (column.MissingCount == 0)
        {
            return column;
        }

        int fill = 0;
        while (fill < column.Levels.Count && column.Levels[fill] != level)
        {
            fill++;
        }

        IReadOnlyList<string> levels = fill < column.Levels.Count ? column.Levels : [.. column.Levels, level];
        return new CategoryColumn(column.Name, Array.ConvertAll(column.Codes, old => old < 0 ? fill : old), levels);
    }
}
