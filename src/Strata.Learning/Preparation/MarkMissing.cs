using System.Text.Json.Serialization;
using Strata.Learning.Data;
using Strata.Learning.Onnx;

namespace Strata.Learning.Preparation;

/// <summary>Takes numbers in a range for missing: the 0 or -999 that somebody wrote where nothing was known.</summary>
/// <param name="Columns">Number columns.</param>
public sealed record MarkMissing([property: Hyperparameter("The number columns.")] IReadOnlyList<string> Columns) : IStep
{
    public string Name => "mark_missing";

    [Hyperparameter("The smallest number that stands for missing.")]
    public double Least { get; init; }

    [Hyperparameter("The largest number that stands for missing.")]
    public double Most { get; init; }

    public IFittedStep Fit(TrainingTable table, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(table);
        foreach (string column in Columns)
        {
            _ = table.Features[column].IsNumeric ? column : throw new DataException($"Column '{column}' is {table.Features[column].Type}; numbers that stand for missing can only be in a number column.");
        }

        return Fitted(table.Features.Names);
    }

    /// <summary>The step, which learns nothing from rows, for a table of these columns.</summary>
    internal ColumnwiseStep<MarkMissingRule> Fitted(IEnumerable<string> names) =>
        new(Name, [.. names.Select(name => Columns.Contains(name) ? new MarkMissingRule(name, Least, Most) : new MarkMissingRule(name))], []);
}

/// <summary>Numbers of a range become missing; without a range the column stays as it is.</summary>
/// <param name="Column">The column.</param>
/// <param name="Least">The smallest number that stands for missing, or null.</param>
/// <param name="Most">The largest one, or null.</param>
public sealed record MarkMissingRule(string Column, double? Least = null, double? Most = null) : IColumnRule, IOnnxRule
{
    [JsonIgnore]
    public IReadOnlyList<string> Outputs => [Column];

    public IEnumerable<Column> Apply(Column column)
    {
        ArgumentNullException.ThrowIfNull(column);
        if (Least is null || Most is null)
        {
            return [column];
        }

        var numbers = new double[column.IsNumeric ? column.Count : throw new DataException($"Column '{column.Name}' is {column.Type}, but held numbers when the step was fitted.")];
        column.CopyNumbers(numbers);
        return [new Float64Column(column.Name, Array.ConvertAll(numbers, number => number >= Least && number <= Most ? double.NaN : number))];
    }

    IEnumerable<OnnxValue> IOnnxRule.Export(Column column, OnnxValue numbers) => Least is double least && Most is double most
        ? [numbers.To("GreaterOrEqual", OnnxElement.Bool, numbers.Same(least)).To("And", numbers.To("LessOrEqual", OnnxElement.Bool, numbers.Same(most))).Choose(numbers.Same(double.NaN), numbers)]
        : [numbers];
}
