namespace Strata.Client.Contracts;

/// <summary>What the values of a column are.</summary>
public enum ColumnType
{
    Float32,
    Float64,
    Int64,
    Boolean,
    Category,
    Date,
    Text,
    Series,
    Image,
    Points,
}
