using Strata.Learning.Data;

namespace Strata.Platform.Datasets;

/// <summary>What a stored table says of itself.</summary>
public sealed record FrameHeader(int RowCount, IReadOnlyList<FrameHeaderColumn> Columns);

/// <summary>One column of a stored table: its values start so many bytes behind the header, and the missing bits follow them.</summary>
public sealed record FrameHeaderColumn(string Name, ColumnType Type, long Offset, long ValueBytes, bool HasMissing, IReadOnlyList<string>? Levels = null);
