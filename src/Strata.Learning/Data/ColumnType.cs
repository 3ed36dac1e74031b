namespace Strata.Learning.Data;

/// <summary>What the values of a column are.</summary>
public enum ColumnType
{
    /// <summary>Single-precision numbers; NaN is missing.</summary>
    Float32,

    /// <summary>Double-precision numbers; NaN is missing.</summary>
    Float64,

    /// <summary>64-bit whole numbers.</summary>
    Int64,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>One of a list of levels, stored as a code.</summary>
    Category,

    /// <summary>A date with or without time of day, in UTC.</summary>
    Date,

    /// <summary>Free text.</summary>
    Text,

    /// <summary>Steps one after the other, each with a number for every channel.</summary>
    Series,

    /// <summary>Pixels or cells of a grid, each with a number for every channel.</summary>
    Image,

    /// <summary>Points in any order, each with a number for every coordinate.</summary>
    Points,
}

public static class ColumnTypes
{
    /// <summary>Whether a cell holds an array of numbers: see <see cref="ArrayColumn"/>.</summary>
    public static bool IsArray(this ColumnType type) => type is ColumnType.Series or ColumnType.Image or ColumnType.Points;
}
