using System.Globalization;
using Strata.Learning.Data;

namespace Strata.Learning.Explanation.Cohorts;

/// <summary>What the rows of a cohort have in common: a value of a column, or a number within bounds.</summary>
/// <param name="Column">Any column of the table, also one that the model does not know.</param>
/// <param name="Value">As it stands in the table; null where the number counts.</param>
/// <param name="Low">At least this; null for no bound.</param>
/// <param name="High">Below this; null for no bound.</param>
public sealed record CohortCondition(string Column, string? Value = null, double? Low = null, double? High = null)
{
    /// <summary>In words.</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"{Column} {(Value is not null ? $"= {Value}" : (Low, High) switch
    {
        (double low, double high) => $"from {low} to below {high}",
        (double low, null) => $"at least {low}",
        (null, double high) => $"below {high}",
        _ => "= missing",
    })}");

    /// <summary>0-based numbers of the rows that it holds for; without value and bounds those whose value is missing.</summary>
    /// <exception cref="DataException">There is no such column, both a value and bounds are given, or the column holds no numbers.</exception>
    public int[] RowsOf(Frame table)
    {
        ArgumentNullException.ThrowIfNull(table);
        Column column = table[Column];
        bool isBounded = Low is not null || High is not null;
        if (isBounded && (Value is not null || !column.IsNumeric))
        {
            throw new DataException(Value is not null
                ? $"The cohort of '{Column}' has a value and bounds; expected one of them."
                : $"Column '{Column}' is {column.Type}, so that bounds say nothing of it; expected one of its values.");
        }

        return [.. Enumerable.Range(0, table.RowCount).Where(row => isBounded ? IsWithin(column.NumberAt(row)) : column.TextAt(row) == Value)];
    }

    private bool IsWithin(double number) => !double.IsNaN(number) && !(number < Low) && !(number >= High);
}
