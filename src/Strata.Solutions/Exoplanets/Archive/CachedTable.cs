namespace Strata.Solutions.Exoplanets.Archive;

/// <summary>What is known of a table kept on disk.</summary>
/// <param name="Query">The address that it was downloaded from.</param>
/// <param name="RetrievedAt">When the download ended.</param>
/// <param name="Bytes">Length of the file.</param>
/// <param name="RowCount">Data rows.</param>
/// <param name="ColumnCount">Columns of its header.</param>
/// <param name="ContentHash">SHA-256 of the file, lower-case hexadecimal.</param>
public sealed record CachedTable(string Query, DateTimeOffset RetrievedAt, long Bytes, int RowCount, int ColumnCount, string ContentHash);
