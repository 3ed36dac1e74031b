using Strata.Learning.Data;

namespace Strata.Solutions.Exoplanets;

/// <summary>The presets of the three missions' tables.</summary>
public static class ExoplanetPresets
{
    public static IReadOnlyList<TablePreset> All { get; } = [.. Mission.All.Select(mission => mission.Preset)];

    /// <summary>The preset whose table this is, or null.</summary>
    public static TablePreset? Recognise(Schema schema) => All.FirstOrDefault(preset => preset.Recognises(schema));

    /// <inheritdoc cref="Recognise(Schema)"/>
    public static TablePreset? Recognise(Frame table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return Recognise(table.Schema);
    }
}
