namespace Strata.Client.Contracts;

/// <summary>A window of a dataset's rows.</summary>
/// <param name="Columns">The column names.</param>
/// <param name="RowCount">How many rows the dataset has.</param>
/// <param name="Rows">The window: a text a column, null where missing.</param>
public sealed record DatasetRows(IReadOnlyList<string> Columns, long RowCount, IReadOnlyList<IReadOnlyList<string?>> Rows);
