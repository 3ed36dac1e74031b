using System.Text.Json.Serialization;
using Strata.Learning.Data;

namespace Strata.Learning.Preparation;

/// <summary>A number for each level of a category, in one column or several; without outputs the column stays as it is.</summary>
/// <param name="Column">The column.</param>
/// <param name="Numbers">What each new column has for each level; null where the column stays as it is.</param>
public sealed record LevelNumberRule(string Column, IReadOnlyList<LevelNumbers>? Numbers = null) : IColumnRule
{
    [JsonIgnore]
    public IReadOnlyList<string> Outputs => Numbers is null ? [Column] : [.. Numbers.Select(one => one?.Output!)];

    public static LevelNumberRule Of(string column, string output, Dictionary<string, double> numberOf, double unseen, double missing = double.NaN) =>
        new(column, [LevelNumbers.Of(output, numberOf, unseen, missing)]);

    public IEnumerable<Column> Apply(Column column)
    {
        ArgumentNullException.ThrowIfNull(column);
        return Numbers is null ? [column]
            : column is CategoryColumn category ? Numbers.Select(numbers => numbers.Of(category))
            : throw new DataException($"Column '{column.Name}' is {column.Type}, but was a category when the step was fitted.");
    }
}
