using Strata.Platform.Runs.Filters;

namespace Strata.Platform.Runs;

/// <summary>What filters and orders of runs can name.</summary>
internal static class RunFields
{
    public static FieldSql? Find(FieldName name, SqlParameters parameters) => name.Entity switch
    {
        null or "attribute" or "attributes" or "attr" or "run" => Attribute(name.Key),
        "metric" or "metrics" => new FieldSql("m.last_value", true) { From = "metric_series m", Match = $"m.owner = runs.id and m.name = {parameters.Add(name.Key)}", IsNullable = true },
        "param" or "params" or "parameter" or "parameters" => new FieldSql("p.value", false) { From = "run_parameters p", Match = $"p.run_id = runs.id and p.name = {parameters.Add(name.Key)}" },
        "tag" or "tags" => new FieldSql("t.value", false) { From = "run_tags t", Match = $"t.run_id = runs.id and t.name = {parameters.Add(name.Key)}" },
        "dataset" or "datasets" => Dataset(name.Key),
        _ => null,
    };

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
