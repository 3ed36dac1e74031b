using System.Globalization;
using System.Text.Json.Nodes;
using Strata.Learning.Workflow;
using static Strata.Cli.CSharpText;

namespace Strata.Cli;

/// <summary>What combining model files does, as C# and REST.</summary>
internal static class EnsembleExplanation
{
    /// <param name="models">Paths of model files.</param>
    /// <param name="table">The rows that test them.</param>
    /// <param name="plan">The way of combining with its settings.</param>
    /// <param name="preset">The preset that all were trained with; null for none.</param>
    /// <param name="output">Where the ensemble goes.</param>
    public static CommandExplanation Of(IReadOnlyList<string> models, TableSource table, TrainingPlan plan, string? preset, string output) => CommandExplanation.Of(
        [
            $"string[] paths = {List([.. models])};",
            "ModelFile[] files = [.. paths.Select(path => ModelFile.Load(path))];",
            $"Frame table = {(preset is null ? table.CSharp : $"PlannedTraining.PrepareLike(files[0].Card, {table.CSharp})")};",
            "FittedMember[] members = [.. files.Zip(paths, (file, path) => new FittedMember(Path.GetFileNameWithoutExtension(path), file.Model))];",
            "int[][] held = [.. files.Select(file => HeldBackRows.Of(file, table)).OfType<int[]>()];",
            "HashSet<int>? unseen = held.Length == 0 ? null : held.Skip(1).Aggregate(held[0].ToHashSet(), (common, rows) => [.. common.Intersect(rows)]);",
            $"EnsembleOutcome outcome = EnsembleOfModels.Run({Plan(plan)}, members, table, new FitContext(), unseen);",
            $"outcome.Training.ToModelFile({(preset is null ? string.Empty : $"preset: {Text(preset)}")}).Save({Text(output)});",
        ],
        string.Join('\n',
        [
            RestText.Upload(table),
            RestText.Post("ml/ensemble/create", Body(models, plan), "   # of models that runs left"),
            RestText.Get("models/ENSEMBLE_ID/file", "   # model_id, when GET /api/ml/jobs/JOB_ID/status says completed", output),
        ]));

    private static JsonObject Body(IReadOnlyList<string> models, TrainingPlan plan)
    {
        JsonNode? Setting(string name) => plan.Hyperparameters.GetValueOrDefault(name)?.DeepClone();
        JsonNode?[] ids = [.. models.Select(path => (JsonNode?)$"{Path.GetFileNameWithoutExtension(path)} MODEL_ID")];
        return RestText.Object(
            ("dataset_id", "DATASET_ID"),
            ("model_ids", new JsonArray(ids)),
            ("method", plan.Algorithm),
            ("target", plan.Target),
            ("voting", Setting("vote")),
            ("weights", Setting("weights") is JsonNode weights ? new JsonArray([.. weights.GetValue<string>().Split(',').Select(weight => (JsonNode?)double.Parse(weight, CultureInfo.InvariantCulture))]) : null),
            ("meta_learner", Setting("meta_learner")),
            ("folds", Setting("folds")),
            ("held_back", Setting("held_back")),
            ("group", plan.Group),
            ("time", plan.Time),
            ("seed", plan.Seed == 0 ? null : plan.Seed));
    }
}
