using Strata.Learning.Data;

namespace Strata.Platform.Datasets;

/// <summary>What a stored table says of itself.</summary>
public sealed record FrameHeader(int RowCount, IReadOnlyList<FrameHeaderColumn> Columns);

/// <summary>One column of a stored table: its values start so many bytes behind the header, and the missing bits follow them.</summary>
/// <param name="Name">Of the column.</param>
/// <param name="Type">What its values are.</param>
/// <param name="Offset">Where its values start.</param>
/// <param name="ValueBytes">How many bytes they take.</param>
/// <param name="HasMissing">Whether missing bits follow.</param>
/// <param name="Levels">Of a category; the channels of arrays.</param>
/// <param name="Entries">How many rows are stored of a sparse column, their numbers first and then their values; null for a column in full.</param>
/// <param name="Common">The bits of the value of all other rows of a sparse column.</param>
public sealed record FrameHeaderColumn(string Name, ColumnType Type, long Offset, long ValueBytes, bool HasMissing, IReadOnlyList<string>? Levels = null, int? Entries = null, long? Common = null);
