using Strata.Learning.Data;

namespace Strata.Platform.Datasets;

/// <summary>Name and type of a dataset's column.</summary>
public sealed record DatasetColumn(string Name, ColumnType Type);
