using Strata.Learning.Data;

namespace Strata.Learning.Neural.Inputs;

/// <summary>Which columns a network takes, and how.</summary>
internal sealed record InputPlan
{
    /// <summary>A network for tables: no array columns.</summary>
    public static InputPlan Tables { get; } = new();

    /// <summary>How series are scaled; null where they are not taken.</summary>
    public Scaling? Series { get; init; }

    /// <summary>How images are scaled; null where they are not taken.</summary>
    public Scaling? Images { get; init; }

    /// <summary>How points are scaled; null where they are not taken.</summary>
    public Scaling? Points { get; init; }

    /// <summary>Height and width that all images are brought to; null takes images of one size only.</summary>
    public int? ImageSize { get; init; }

    /// <summary>Points that are taken of each cloud.</summary>
    public int PointCount { get; init; }

    /// <summary>Whether the numbers of a table without array columns count as one series.</summary>
    public bool ReadsWideTables { get; init; }

    public bool TakesArrays => Types.Count > 0;

    /// <summary>The kinds of array columns that it takes.</summary>
    public IReadOnlyList<ColumnType> Types => [.. new[] { ColumnType.Series, ColumnType.Image, ColumnType.Points }.Where(type => ScalingOf(type) is not null)];

    /// <summary>How columns of this type are scaled; null where they are not taken.</summary>
    public Scaling? ScalingOf(ColumnType type) => type switch
    {
        ColumnType.Series => Series,
        ColumnType.Image => Images,
        ColumnType.Points => Points,
        _ => null,
    };

    /// <summary>What it takes, in words.</summary>
    public string InWords => string.Join(", ", Types.Select(type => type switch { ColumnType.Series => "series", ColumnType.Image => "images", _ => "points" }));
}
