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
}
