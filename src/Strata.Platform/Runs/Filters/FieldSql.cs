namespace Strata.Platform.Runs.Filters;

/// <summary>How a field stands in SQL: an expression over the searched row, or over rows of another table that belong to it.</summary>
/// <param name="Value">The expression that is compared.</param>
/// <param name="IsNumber">Whether it is a number; else a text.</param>
internal sealed record FieldSql(string Value, bool IsNumber)
{
    /// <summary>The other table with its alias; null where the value is the searched row's own.</summary>
    public string? From { get; init; }

    /// <summary>Which rows of the other table belong to the searched one.</summary>
    public string? Match { get; init; }

    /// <summary>The other table's column with the searched row's id, where an index over name and value finds its rows without the searched one; else null.</summary>
    public string? Owner { get; init; }

    /// <summary>What tells the field's rows from others of that table.</summary>
    public string? Own { get; init; }

    /// <summary>How much of a text the index holds, as an expression that takes the text's place; null where it holds the whole value.</summary>
    public Func<string, string>? Start { get; init; }

    /// <summary>Whether the value may be missing in a row that is there: NaN, or a column without a value.</summary>
    public bool IsNullable { get; init; }

    /// <summary>Whether <c>!=</c> also holds for things that lack the field.</summary>
    public bool MissingDiffers { get; init; }

    /// <summary>Whether it can be ordered by: at most one row of the other table belongs to a searched one.</summary>
    public bool CanOrder { get; init; } = true;
}
