using System.Text.Json.Serialization;
using Strata.Learning.Data;

namespace Strata.Learning.Preparation;

/// <summary>The column stays as it is.</summary>
public sealed record KeepRule(string Column) : IColumnRule
{
    [JsonIgnore]
    public IReadOnlyList<string> Outputs => [Column];

    public IEnumerable<Column> Apply(Column column) => [column];

    internal static ColumnwiseStep<KeepRule> Step(string name, IEnumerable<string> kept, params IReadOnlyList<string> notes) =>
        new(name, [.. kept.Select(column => new KeepRule(column))], notes);
}
