using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Strata.Platform.Datasets;
using Strata.Platform.Deployments;
using Strata.Platform.Models;
using Strata.Platform.Runs;
using Strata.Platform.Storage;

namespace Strata.Platform.Lineage;

/// <summary>The things of the rooms as nodes of a chain.</summary>
internal static class LineageFacts
{
    private static readonly string[] OfSplit = ["test_size", "group", "time", "seed", "target"];
    private static readonly string[] OfPipeline = ["algorithm", "hyperparameters", "preparation", "drop", "calibration"];

    public static LineageNode Of(Dataset dataset) => new(LineageKind.Dataset, dataset.Id, dataset.Name, dataset.Project, Facts(
        ("version", Text(dataset.Version)), ("content_hash", dataset.ContentHash), ("rows", Text(dataset.RowCount)), ("columns", Text(dataset.ColumnCount))));

    /// <summary>A dataset by its name and a mark of its content.</summary>
    public static LineageNode Of(DatasetInput input, Run run) => new(LineageKind.Input, $"{run.ExperimentId}/{input.Name}/{input.Digest}", input.Name, run.Project, Facts(
        ("digest", input.Digest), ("source_type", input.SourceType), ("context", input.Tags.GetValueOrDefault(DatasetInput.ContextTag))));

    /// <summary>Trainings that part the same rows in the same way have one split.</summary>
    public static LineageNode SplitOf(Run run) => Part(run, LineageKind.Split, OfSplit, run.DatasetId ?? string.Empty, "split");

    /// <summary>Trainings of one split with the same steps and the same algorithm have one pipeline.</summary>
    public static LineageNode PipelineOf(Run run) => Part(run, LineageKind.Pipeline, OfPipeline, SplitOf(run).Id, run.Plan?["algorithm"]?.ToString() ?? "pipeline");

    public static LineageNode Of(Run run) => new(LineageKind.Run, run.Id, run.Name, run.Project, Facts(
        [("status", JsonText.NameOf(run.Status)), ("job_id", run.JobId), .. run.Metrics.Take(5).Select(metric => (metric.Key, (string?)Text(metric.Value)))]));

    public static LineageNode Of(StoredModel model) => new(LineageKind.Model, model.Id, $"{model.Name} version {model.Version}", model.Project, Facts(
        ("algorithm", model.Algorithm), ("target", model.Target), ("hash", model.Hash), ("bytes", Text(model.Bytes))));

    public static LineageNode Of(LoggedModel model, string project) => new(LineageKind.LoggedModel, model.Id, model.Name, project, Facts(("model_type", model.ModelType), ("status", JsonText.NameOf(model.Status))));

    public static LineageNode Of(ModelVersion version, string project) => new(LineageKind.ModelVersion, version.Id, $"{version.Name} version {version.Version}", project, Facts(
        ("model", version.Name), ("version", Text(version.Version)), ("status", JsonText.NameOf(version.Status)), ("aliases", version.Aliases.Count == 0 ? null : string.Join(", ", version.Aliases))));

    public static LineageNode Of(Deployment deployment) => new(LineageKind.Deployment, deployment.Name, deployment.Name, deployment.Project, Facts(
        ("revision", Text(deployment.Current.Number)), ("models", Text(deployment.Current.Plan.Models.Count))));

    public static LineageNode PredictionsOf(Deployment deployment, long logged, long outcomes) => new(LineageKind.Predictions, deployment.Name, $"predictions of {deployment.Name}", deployment.Project, Facts(
        ("logged", Text(logged)), ("outcomes", Text(outcomes))));

    private static LineageNode Part(Run run, LineageKind kind, string[] settings, string of, string name)
    {
        (string Key, string? Value)[] facts = [.. settings.Select(key => (key, ValueOf(run.Plan?[key])))];
        string mark = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', facts.Select(fact => $"{fact.Key}={fact.Value}").Prepend(of)))))[..20];
        return new LineageNode(kind, mark, name, run.Project, Facts(facts));
    }

    private static string? ValueOf(JsonNode? value) => value switch
    {
        null or JsonArray { Count: 0 } or JsonObject { Count: 0 } => null,
        JsonValue text when text.TryGetValue(out string? plain) => plain,
        _ => value.ToJsonString(),
    };

    private static Dictionary<string, string> Facts(params (string Key, string? Value)[] facts) =>
        facts.Where(fact => fact.Value is not null).DistinctBy(fact => fact.Key).ToDictionary(fact => fact.Key, fact => fact.Value!, StringComparer.Ordinal);

    private static string? Text(double? value) => value?.ToString("0.######", CultureInfo.InvariantCulture);
}
