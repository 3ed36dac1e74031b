using Strata.Platform.Runs.Filters;

namespace Strata.Platform.Runs;

/// <summary>What filters and orders of runs can name.</summary>
internal static class RunFields
{
    /// <summary>Parameters and tags are found by the start of their texts: whole ones may be longer than an index takes.</summary>
    public const string IndexTexts = """
        create index run_parameters_by_value on run_parameters (name, substr(value, 1, 64), run_id);
        create index run_tags_by_value on run_tags (name, substr(value, 1, 64), run_id);
        """;

    public static FieldSql? Find(FieldName name, SqlParameters parameters) => name.Entity switch
    {
        null or "attribute" or "attributes" or "attr" or "run" => Attribute(name.Key),
        "metric" or "metrics" => new FieldSql("m.last_value", true) { From = "metric_series m", Owner = "m.owner", Own = $"m.name = {parameters.Add(name.Key)}", IsNullable = true }.OfRun(),
        "param" or "params" or "parameter" or "parameters" => new FieldSql("p.value", false) { From = "run_parameters p", Owner = "p.run_id", Own = $"p.name = {parameters.Add(name.Key)}", Start = Start }.OfRun(),
        "tag" or "tags" => new FieldSql("t.value", false) { From = "run_tags t", Owner = "t.run_id", Own = $"t.name = {parameters.Add(name.Key)}", Start = Start }.OfRun(),
        "dataset" or "datasets" => Dataset(name.Key),
        _ => null,
    };

    private static string Start(string text) => $"substr({text}, 1, 64)";

    private static FieldSql OfRun(this FieldSql field) => field with { Match = $"{field.Owner} = runs.id and {field.Own}" };

    private static FieldSql? Attribute(string key) => key switch
    {
        "run_id" => new FieldSql("runs.id", false),
        "run_name" or "run name" or "Run name" or "Run Name" => new FieldSql("runs.name", false),
        "user_id" => new FieldSql("runs.user_id", false),
        "status" => new FieldSql("upper(runs.status)", false),
        "artifact_uri" => new FieldSql("runs.artifact_location", false),
        "start_time" or "created" or "Created" => new FieldSql("runs.started_at", true),
        "end_time" => new FieldSql("runs.ended_at", true) { IsNullable = true },
        _ => null,
    };

    private static FieldSql? Dataset(string key) => key switch
    {
        "name" or "digest" => new FieldSql($"d.{key}", false) { From = "run_inputs i join logged_datasets d on d.sequence = i.dataset", Match = "i.run_id = runs.id", CanOrder = false },
        "context" => new FieldSql("c.value", false) { From = "run_input_tags c", Match = $"c.run_id = runs.id and c.name = '{DatasetInput.ContextTag}'", CanOrder = false },
        _ => null,
    };
}
