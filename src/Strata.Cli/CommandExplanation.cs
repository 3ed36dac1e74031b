using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Strata.Learning.Catalog;
using Strata.Learning.ModelFiles;
using Strata.Learning.Workflow;

namespace Strata.Cli;

/// <summary>What a command does, as C# and as a call of the REST API: printed by <c>--explain-command</c> in place of doing it.</summary>
/// <param name="CSharp">A program's lines.</param>
/// <param name="Rest">A call with curl, or why there is none.</param>
internal sealed record CommandExplanation(string CSharp, string Rest)
{
    private const string Server = "http://127.0.0.1:5080";
    private static readonly JsonSerializerOptions Indented = new(ModelFileJson.Options) { WriteIndented = true };

    public static Option<bool> AddTo(Command command)
    {
        var option = new Option<bool>("--explain-command") { Description = "Print the C# and the REST call that do the same, and do nothing else." };
        command.Options.Add(option);
        return option;
    }

    public static CommandExplanation OfTraining(TrainingPlan plan, string table, string? test, string model, string? preset) => new(
        $"""
        Frame table = TableFile.Read({Text(table)}).Frame;
        var plan = {Initializer(plan)};
        TrainingOutcome outcome = Training.Run(plan, table, new FitContext(){(test is null ? string.Empty : $", test: TableFile.Read({Text(test)}).Frame")});
        outcome.ToModelFile().Save({Text(model)});
        """,
        test is null
            ? $"""
              {Upload(table)}
              {Post("runs", RunBody(plan, preset))}
              curl {Server}/api/runs/RUN_ID/artifacts/model.strata -o {Quoted(model)}   # when GET /api/runs/RUN_ID says completed
              """
            : "Over REST a run holds its test rows back itself: leave out --test.");

    public static CommandExplanation OfComparison(ComparisonPlan plan, string table, string? preset) => new(
        $$"""
        Frame table = TableFile.Read({{Text(table)}}).Frame;
        var plan = {{Initializer(plan.Plan)}};
        AlgorithmComparison comparison = AlgorithmComparison.Run(
            new ComparisonPlan { Plan = plan, Algorithms = [{{string.Join(", ", plan.Algorithms.Select(Text))}}], Folds = {{plan.Folds}}{{Optional("Metric", plan.Metric is null ? null : Text(plan.Metric))}}{{Optional("TimeEach", Time(plan.TimeEach))}}{{Optional("TimeInAll", Time(plan.TimeInAll))}} },
            table,
            new FitContext());
        """,
        $"""
        {Upload(table)}
        {Post("comparisons", ComparisonBody(plan, preset))}
        curl {Server}/api/comparisons/COMPARISON_ID/result   # when GET /api/comparisons/COMPARISON_ID says completed
        """);

    public static CommandExplanation OfPrediction(string model, string table, string output) => new(
        $"""
        IModel model = ModelFile.Load({Text(model)}).Model;
        Predictions predictions = model.Predict(TableFile.Read({Text(table)}).Frame);
        using FileStream output = File.Create({Text(output)});
        FrameCsv.Write(output, PredictionTable.Of(predictions));
        """,
        $"""
        curl -F file=@{Quoted(table)} -H 'accept: text/csv' {Server}/api/models/MODEL_ID/predictions -o {Quoted(output)}   # of a model that a run left
        """);

    public static CommandExplanation OfEvaluation(string model, string table, string target, IReadOnlyList<string> metrics, string? plots) => new(
        $$"""
        IModel model = ModelFile.Load({{Text(model)}}).Model;
        PlannedTable rows = PlannedTable.Like(new TrainingPlan { Target = {{Text(target)}} }, TableFile.Read({{Text(table)}}).Frame, model.Signature);
        Evaluation evaluation = rows.Judge(model.Predict(rows.Table.Features), model{{(metrics.Count == 0 ? string.Empty : $", {List(metrics)}")}});{{(plots is null ? string.Empty : $"\nPlot.Save(Plot.Of(evaluation), {Text(plots)});")}}
        """,
        "There is no call for it: a run's own evaluation is GET /api/runs/RUN_ID/evaluation.");

    public void Write(Terminal terminal)
    {
        terminal.Output.WriteLine("C#:");
        terminal.Output.WriteLine(CSharp);
        terminal.Output.WriteLine();
        terminal.Output.WriteLine("REST:");
        terminal.Output.WriteLine(Rest);
    }

    private static string Upload(string table) => $"curl -F file=@{Quoted(table)} {Server}/api/datasets   # answers with the dataset's id";

    private static string Post(string route, JsonObject body) =>
        $"curl {Server}/api/{route} -H 'content-type: application/json' -d {Quoted(body.ToJsonString(Indented))}";

    private static JsonObject RunBody(TrainingPlan plan, string? preset)
    {
        var body = new JsonObject { ["dataset_id"] = "DATASET_ID", ["plan"] = PlanBody(plan) };
        if (preset is not null)
        {
            body["preset"] = preset;
        }

        return body;
    }

    private static JsonObject ComparisonBody(ComparisonPlan plan, string? preset)
    {
        JsonObject body = RunBody(plan.Plan, preset);
        ((JsonObject)body["plan"]!).Remove("algorithm");
        body["algorithms"] = new JsonArray([.. plan.Algorithms.Select(name => JsonValue.Create(name))]);
        body["folds"] = plan.Folds;
        foreach ((string name, JsonNode? value) in new (string, JsonNode?)[] { ("metric", plan.Metric), ("time_each", plan.TimeEach?.TotalSeconds), ("time_limit", plan.TimeInAll?.TotalSeconds) })
        {
            if (value is not null)
            {
                body[name] = value;
            }
        }

        return body;
    }

    /// <summary>What differs from the plan that nobody said anything to.</summary>
    private static JsonObject PlanBody(TrainingPlan plan)
    {
        var given = (JsonObject)JsonSerializer.SerializeToNode(plan, ModelFileJson.Options)!;
        var usual = (JsonObject)JsonSerializer.SerializeToNode(new TrainingPlan(), ModelFileJson.Options)!;
        foreach ((string name, JsonNode? value) in usual)
        {
            if (JsonNode.DeepEquals(given[name], value) && name != "algorithm")
            {
                given.Remove(name);
            }
        }

        return given;
    }

    /// <summary>The plan as an object initializer, of what differs from the usual.</summary>
    private static string Initializer(TrainingPlan plan)
    {
        var usual = new TrainingPlan();
        var parts = new StringBuilder();
        void Add(string name, string? value) => parts.Append(Optional(name, value));
        Add(nameof(plan.Target), plan.Target is null ? null : Text(plan.Target));
        Add(nameof(plan.Task), plan.Task is TargetKind task ? $"TargetKind.{task}" : null);
        Add(nameof(plan.Algorithm), plan.Algorithm == usual.Algorithm ? null : Text(plan.Algorithm));
        Add(nameof(plan.Hyperparameters), plan.Hyperparameters.Count == 0 ? null : $"new Dictionary<string, JsonNode?> {{ {string.Join(", ", plan.Hyperparameters.Select(pair => $"[{Text(pair.Key)}] = {Literal(pair.Value)}"))} }}");
        Add(nameof(plan.Preparation), plan.Preparation is null ? null : $"[{string.Join(", ", plan.Preparation.Select(step => $"StepPlan.Parse({Text(StepText(step))})"))}]");
        Add(nameof(plan.Drop), plan.Drop.Count == 0 ? null : List(plan.Drop));
        Add(nameof(plan.Group), plan.Group is null ? null : Text(plan.Group));
        Add(nameof(plan.Time), plan.Time is null ? null : Text(plan.Time));
        Add(nameof(plan.Weight), plan.Weight is null ? null : Text(plan.Weight));
        Add(nameof(plan.PositiveClass), plan.PositiveClass is null ? null : Text(plan.PositiveClass));
        Add(nameof(plan.TestSize), plan.TestSize == usual.TestSize ? null : plan.TestSize.ToString("R", CultureInfo.InvariantCulture));
        Add(nameof(plan.Seed), plan.Seed == 0 ? null : plan.Seed.ToString(CultureInfo.InvariantCulture));
        Add(nameof(plan.Metrics), plan.Metrics.Count == 0 ? null : List(plan.Metrics));
        Add(nameof(plan.Threads), plan.Threads?.ToString(CultureInfo.InvariantCulture));
        return $"new TrainingPlan {{ {parts.ToString().TrimStart(',', ' ')} }}";
    }

    private static string List(IEnumerable<string> texts) => $"[{string.Join(", ", texts.Select(Text))}]";

    private static string StepText(StepPlan step) =>
        step.Settings.Count == 0 ? step.Step : $"{step.Step}:{string.Join(",", step.Settings.Select(setting => $"{setting.Key}={setting.Value}"))}";

    private static string Optional(string name, string? value) => value is null ? string.Empty : $", {name} = {value}";

    private static string? Time(TimeSpan? time) => time is TimeSpan given ? $"TimeSpan.FromSeconds({given.TotalSeconds.ToString("R", CultureInfo.InvariantCulture)})" : null;

    private static string Literal(JsonNode? value) => value is null ? "null" : value.GetValueKind() == JsonValueKind.String ? Text(value.GetValue<string>()) : value.ToJsonString();

    /// <summary>A C# string literal.</summary>
    private static string Text(string value) => JsonSerializer.Serialize(value, ModelFileJson.Options);

    /// <summary>One word of a POSIX shell.</summary>
    private static string Quoted(string value) => $"'{value.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
