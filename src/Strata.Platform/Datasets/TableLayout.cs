using Strata.Learning.Data;
using Strata.Learning.Data.Reading;

namespace Strata.Platform.Datasets;

/// <summary>What somebody says about how a file's rows and arrays stand in it; found out where null.</summary>
public sealed record TableLayout
{
    /// <summary>One row for each case.</summary>
    public static TableLayout Usual { get; } = new();

    /// <summary>That there is one row a step, and which rows are one series.</summary>
    public LongSeries? Series { get; init; }

    /// <summary>What stored arrays are: series, images or points.</summary>
    public ColumnType? ArrayType { get; init; }

    /// <summary>The options of reading with this in them.</summary>
    public TableReadOptions In(TableReadOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options with { Series = Series, ArrayType = ArrayType };
    }
}
