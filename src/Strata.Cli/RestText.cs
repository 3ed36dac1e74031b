using System.Text.Json;
using System.Text.Json.Nodes;
using Strata.Learning.ModelFiles;
using Strata.Learning.Workflow;

namespace Strata.Cli;

/// <summary>Calls of the REST API as a shell's lines with curl.</summary>
internal static class RestText
{
    private const string Server = "http://127.0.0.1:5080";
    private static readonly JsonSerializerOptions Indented = new(ModelFileJson.Options) { WriteIndented = true };

    public static string Upload(TableSource table) => $"curl {FormOf(table)} {Server}/api/datasets   # answers with the dataset's id";

    public static string Post(string route, JsonObject body, string remark = "") =>
        $"curl {Server}/api/{route} -H 'content-type: application/json' -d {Quoted(body.ToJsonString(Indented))}{remark}";

    public static string Get(string route, string remark = "", string? output = null) => $"curl '{Server}/api/{route}'{(output is null ? string.Empty : $" -o {Quoted(output)}")}{remark}";

    /// <summary>Sends a table and keeps the CSV that comes back.</summary>
    public static string PostTable(string route, TableSource table, string output, string remark, params IEnumerable<(string Name, string Value)> further) =>
        $"curl {FormOf(table, further)} -H 'accept: text/csv' {Server}/api/{route} -o {Quoted(output)}{remark}";

    public static JsonObject RunBody(TrainingPlan plan, string? preset) => Object(("dataset_id", "DATASET_ID"), ("plan", PlanBody(plan)), ("preset", preset));

    public static JsonObject ComparisonBody(ComparisonPlan plan, string? preset)
    {
        JsonObject body = RunBody(plan.Plan, preset);
        ((JsonObject)body["plan"]!).Remove("algorithm");
        foreach ((string name, JsonNode? value) in Object(
            ("algorithms", new JsonArray([.. plan.Algorithms.Select(name => JsonValue.Create(name))])),
            ("folds", plan.Folds),
            ("metric", plan.Metric),
            ("time_each", plan.TimeEach?.TotalSeconds),
            ("time_limit", plan.TimeInAll?.TotalSeconds)))
        {
            body[name] = value?.DeepClone();
        }

        return body;
    }

    public static JsonObject TuningBody(TuningPlan plan, string? preset)
    {
        JsonObject body = RunBody(plan.Training, preset);
        body["tuning"] = Differing(plan with { Training = new TrainingPlan() }, new TuningPlan { Training = new TrainingPlan() });
        return body;
    }

    /// <summary>The members that have a value.</summary>
    public static JsonObject Object(params (string Name, JsonNode? Value)[] members) =>
        new(members.Where(member => member.Value is not null).Select(member => KeyValuePair.Create(member.Name, member.Value)));

    /// <summary>What differs from the plan that nobody said anything to, and the algorithm.</summary>
    private static JsonObject PlanBody(TrainingPlan plan)
    {
        JsonObject body = Differing(plan, new TrainingPlan());
        body["algorithm"] = plan.Algorithm;
        return body;
    }

    private static JsonObject Differing<T>(T plan, T usual)
    {
        var given = (JsonObject)JsonSerializer.SerializeToNode(plan, ModelFileJson.Options)!;
        foreach ((string name, JsonNode? value) in (JsonObject)JsonSerializer.SerializeToNode(usual, ModelFileJson.Options)!)
        {
            if (JsonNode.DeepEquals(given[name], value))
            {
                given.Remove(name);
            }
        }

        return given;
    }

    private static string FormOf(TableSource table, params IEnumerable<(string Name, string Value)> further) => string.Join(' ', table.Fields.Concat(further).Select(field => $"-F {Quoted($"{field.Name}={field.Value}")}").Prepend($"-F file=@{Quoted(table.Path)}"));

    /// <summary>One word of a POSIX shell.</summary>
    private static string Quoted(string value) => $"'{value.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
