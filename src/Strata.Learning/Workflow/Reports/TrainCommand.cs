using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Strata.Learning.Catalog;

namespace Strata.Learning.Workflow.Reports;

/// <summary>A plan as the command <c>strata train</c>, a word of a POSIX shell for each thing that differs from the usual.</summary>
internal static class TrainCommand
{
    public static string Of(TrainingPlan plan, string table, string? preset)
    {
        string command = string.Join(' ', [
            "strata", "train", Quoted(table), .. Options(plan).SelectMany(option => new[] { option.Name, Quoted(option.Value) }),
            "--preset", Quoted(preset ?? "none"), "--out", "model.strata", "--report", "report.html",
        ]);
        return plan.DatasetSteps.Count == 0 ? command : $"# The table is first made by the dataset's own steps: {string.Join(", ", plan.DatasetSteps.Select(StepText))}.\n{command}";
    }

    /// <summary>One word of a shell.</summary>
    internal static string Quoted(string word) =>
        word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '/' or '=' or ',' or ':' or '+') ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static IEnumerable<(string Name, string Value)> Options(TrainingPlan plan)
    {
        var usual = new TrainingPlan();
        (string, string?)[] single =
        [
            ("--target", plan.Target),
            ("--task", plan.Task?.ToString().ToLowerInvariant()),
            ("--algorithm", plan.Algorithm),
            ("--group", plan.Group),
            ("--time", plan.Time),
            ("--weight", plan.Weight),
            ("--positive", plan.PositiveClass),
            ("--test-size", plan.TestSize == usual.TestSize ? null : Number(plan.TestSize)),
            ("--seed", plan.Seed.ToString(CultureInfo.InvariantCulture)),
            ("--calibrate", plan.Calibration?.ToString().ToLowerInvariant()),
            ("--tune-threshold", plan.DecisionMetric),
            ("--costs", plan.Costs is null ? null : string.Join(';', plan.Costs.Select(line => string.Join(',', line.Select(Number))))),
            ("--intervals", plan.Intervals is double level ? Number(level) : null),
            ("--interval-method", plan.IntervalMethod is { } method ? JsonNamingPolicy.SnakeCaseLower.ConvertName(method.ToString()) : null),
        ];
        return
        [
            .. single.Where(option => option.Item2 is not null).Select(option => (option.Item1, option.Item2!)),
            .. plan.Hyperparameters.Select(pair => ("--set", $"{pair.Key}={Text(pair.Value)}")),
            .. (plan.Preparation ?? []).Select(step => ("--prepare", StepText(step))),
            .. plan.Drop.Select(column => ("--drop", column)),
            .. plan.Metrics.Select(metric => ("--metric", metric)),
            .. (plan.Statements?.Stated ?? []).Select(stated => ("--state", $"{stated.Name}={stated.Text}")),
        ];
    }

    private static string StepText(StepPlan step) =>
        step.Settings.Count == 0 ? step.Step : $"{step.Step}:{string.Join(",", step.Settings.Select(setting => $"{setting.Key}={Text(setting.Value)}"))}";

    private static string Text(JsonNode? value) => value?.ToString() ?? "null";

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
