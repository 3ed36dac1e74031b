namespace Strata.Learning.Data.Reading;

/// <summary>A table that was read, and everything about the reading that a person would want to check.</summary>
/// <param name="Frame">The rows.</param>
/// <param name="Format">What the file turned out to be.</param>
/// <param name="Columns">The type of each column and why; in the order of the frame.</param>
/// <param name="Notes">Every repair, one sentence each.</param>
public sealed record TableReading(Frame Frame, TableFormat Format, IReadOnlyList<InferredColumn> Columns, IReadOnlyList<string> Notes)
{
    /// <summary>What comment lines such as <c># COLUMN koi_period: Orbital Period [days]</c> say about columns, by column name.</summary>
    public IReadOnlyDictionary<string, string> Descriptions { get; init; } = new Dictionary<string, string>();
}

/// <summary>The type that a column was read as, and the reason.</summary>
public sealed record InferredColumn(string Name, ColumnType Type, string Why);
