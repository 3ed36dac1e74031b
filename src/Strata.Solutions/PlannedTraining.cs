using System.Text.Json.Nodes;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Workflow;

namespace Strata.Solutions;

/// <summary>A plan and the rows for it, made ready by a preset where there is one.</summary>
public sealed record PlannedTraining(TrainingPlan Plan, Frame Table, TablePreset? Preset)
{
    /// <summary>What the preset left out, one sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>
    /// The plan completed by a preset: its dropped columns added, its group and recommended hyperparameters taken where the plan names none, its rows kept and its
    /// labels turned into classes.
    /// </summary>
    public static PlannedTraining Of(TablePreset preset, TrainingPlan plan, Frame table)
    {
        ArgumentNullException.ThrowIfNull(preset);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(table);
        PreparedTable prepared = preset.Prepare(table);
        string? group = plan.Group ?? (preset.Group is string own && table.Contains(own) ? own : null);
        string[] drop = [.. plan.Drop.Concat(preset.DropIn(table.Schema)).Distinct(StringComparer.Ordinal).Where(name => name != group && name != plan.Target)];
        IReadOnlyDictionary<string, JsonNode?> hyperparameters = preset.Recommend(plan.Algorithm, plan.Hyperparameters);
        return new PlannedTraining(plan with { Group = group, Drop = drop, Hyperparameters = hyperparameters }, prepared.Table, preset)
        {
            Notes = [.. prepared.Notes, .. Recommendation(plan.Hyperparameters, hyperparameters)],
        };
    }

    private static string[] Recommendation(IReadOnlyDictionary<string, JsonNode?> given, IReadOnlyDictionary<string, JsonNode?> all)
    {
        string[] added = [.. all.Where(pair => !given.ContainsKey(pair.Key)).Select(pair => $"{pair.Key} = {pair.Value?.ToJsonString()}")];
        return added.Length == 0 ? [] : [$"The preset recommends {string.Join(", ", added)}."];
    }

    /// <summary>A further table made ready in the same way, for testing.</summary>
    public Frame PrepareLike(Frame table) => Preset?.Prepare(table).Table ?? table;

    /// <summary>A table made ready as the model's card says its training table was.</summary>
    public static Frame PrepareLike(ModelCard card, Frame table)
    {
        ArgumentNullException.ThrowIfNull(card);
        ArgumentNullException.ThrowIfNull(table);
        TablePreset? preset = card.Preset is string name ? Solution.PresetOf(name) : null;
        return preset?.Target is string target && table.Contains(target) ? preset.Prepare(table).Table : table;
    }
}
