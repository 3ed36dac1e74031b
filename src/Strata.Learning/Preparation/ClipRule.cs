using System.Text.Json.Serialization;
using Strata.Learning.Data;

namespace Strata.Learning.Preparation;

/// <summary>Numbers held within bounds; without bounds the column stays as it is.</summary>
public sealed record ClipRule(string Column, double? Least = null, double? Most = null) : IColumnRule
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
}
