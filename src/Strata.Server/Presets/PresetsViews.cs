using System.Text.Json;
using System.Text.Json.Nodes;
using Strata.Client.Contracts;
using Strata.Solutions;
using ColumnMeaning = Strata.Client.Contracts.ColumnMeaning;
using DroppedColumn = Strata.Client.Contracts.DroppedColumn;

namespace Strata.Server.Presets;

internal static class PresetsViews
{
    public static PresetView View(this TablePreset preset) => new(
        preset.Name,
        preset.Title,
        preset.Target,
        [.. preset.Classes.Select(meaning => new ClassLabel(meaning.Label, meaning.Class, meaning.Meaning))],
        preset.Group,
        [.. preset.Drop.Select(drop => new DroppedColumn(drop.Column, drop.Reason))],
        [.. preset.Columns.Select(column => new ColumnMeaning(column.Name, column.Title, column.Unit, column.Meaning))],
        preset.Recommended.ToDictionary(algorithm => algorithm.Key, algorithm => (IReadOnlyDictionary<string, JsonElement>)Settings(algorithm.Value)));

    private static Dictionary<string, JsonElement> Settings(IReadOnlyDictionary<string, JsonNode?> settings) =>
        settings.ToDictionary(setting => setting.Key, setting => JsonSerializer.SerializeToElement(setting.Value));
}
