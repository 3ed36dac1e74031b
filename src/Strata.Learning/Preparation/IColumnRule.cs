using System.Text.Json.Serialization;
using Strata.Learning.Data;

namespace Strata.Learning.Preparation;

/// <summary>What a fitted step does with one column. Rules are records of plain values, so that a model file holds them as JSON.</summary>
public interface IColumnRule
{
    /// <summary>The input column.</summary>
    string Column { get; }

    /// <summary>Names of the columns that come of it, in order.</summary>
    [JsonIgnore]
    IReadOnlyList<string> Outputs { get; }

    /// <exception cref="DataException">The column is of a kind that the rule was not made for.</exception>
    IEnumerable<Column> Apply(Column column);

    /// <summary>As the other; a rule that takes long for a column looks at the token on the way.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    IEnumerable<Column> Apply(Column column, CancellationToken cancellation) => Apply(column);
}
