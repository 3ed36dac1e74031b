namespace Strata.Platform.Datasets;

/// <summary>Some rows of a table as text; null is missing.</summary>
public sealed record DatasetRows(IReadOnlyList<string> Columns, int RowCount, IReadOnlyList<string?[]> Rows);
