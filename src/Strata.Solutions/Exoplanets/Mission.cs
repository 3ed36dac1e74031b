using Strata.Learning.Data;

namespace Strata.Solutions.Exoplanets;

/// <summary>One of the three transit surveys whose tables the exoplanet solution knows.</summary>
public sealed record Mission
{
    public static Mission Kepler { get; } = new()
    {
        Name = "kepler",
        Title = "Kepler objects of interest",
        ArchiveTable = "cumulative",
        Columns = MissionColumns.Kepler,
        Preset = KeplerTable.Preset,
    };

    public static Mission Tess { get; } = new()
    {
        Name = "tess",
        Title = "TESS objects of interest",
        ArchiveTable = "toi",
        Columns = MissionColumns.Tess,
        Preset = TessTable.Preset,
    };

    public static Mission K2 { get; } = new()
    {
        Name = "k2",
        Title = "K2 planets and candidates",
        ArchiveTable = "k2pandc",
        Columns = MissionColumns.K2,
        Preset = K2Table.Preset,
    };

    public static IReadOnlyList<Mission> All { get; } = [Kepler, Tess, K2];

    /// <summary>The name in requests and file names: <c>kepler</c>, <c>tess</c> or <c>k2</c>.</summary>
    public required string Name { get; init; }

    public required string Title { get; init; }

    /// <summary>The table's name in the archive's table access service.</summary>
    public required string ArchiveTable { get; init; }

    /// <summary>Where the common quantities stand in this mission's table.</summary>
    public required MissionColumns Columns { get; init; }

    public required TablePreset Preset { get; init; }

    /// <exception cref="DataException">There is no mission of that name.</exception>
    public static Mission Parse(string name) => All.FirstOrDefault(mission => string.Equals(mission.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new DataException($"There is no mission '{name}'; there are {string.Join(", ", All.Select(mission => mission.Name))}.");

    /// <summary>The mission whose table this is, judged by its column names: the one with most of its quantities there, or null when none has a period and three more.</summary>
    public static Mission? Recognise(Schema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        var names = schema.Names.ToHashSet(StringComparer.Ordinal);
        return All.Select(mission => (Mission: mission, Found: mission.Columns.CountIn(names)))
            .Where(pair => pair.Found >= 4 && names.Contains(pair.Mission.Columns.Period!))
            .OrderByDescending(pair => pair.Found)
            .Select(pair => pair.Mission)
            .FirstOrDefault();
    }

    public override string ToString() => Name;
}
