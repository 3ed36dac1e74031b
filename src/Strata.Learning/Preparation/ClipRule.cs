using System.Text.Json.Serialization;
using Strata.Learning.Data;
using Strata.Learning.Onnx;

namespace Strata.Learning.Preparation;

/// <summary>Numbers held within bounds; without bounds the column stays as it is.</summary>
public sealed record ClipRule(string Column, double? Least = null, double? Most = null) : IColumnRule, IOnnxRule
{
    [JsonIgnore]
    public IReadOnlyList<string> Outputs => [Column];

    public IEnumerable<Column> Apply(Column column)
    {
        ArgumentNullException.ThrowIfNull(column);
        return Least is double least && Most is double most
            ? [new Float64Column(Column, Array.ConvertAll(NumberBlock.Of(column), value => double.IsNaN(value) ? value : Math.Max(least, Math.Min(most, value))))]
            : [column];
    }

    IEnumerable<OnnxValue> IOnnxRule.Export(Column column, OnnxValue numbers) => [Least is double least && Most is double most ? numbers.Within(least, most) : numbers];
}
