using Strata.Learning.Workflow;
using Strata.Solutions;
using static Strata.Cli.CSharpText;

namespace Strata.Cli;

/// <summary>What the commands over a table do, as C# and REST.</summary>
internal static class TableExplanations
{
    public static CommandExplanation OfTraining(PlannedTraining training, TableSource table, string? test, string model, int? folds, TimeSpan? timeLimit, string? from = null, bool againstScratch = false, string? report = null)
    {
        var names = new Names(training, table);
        string? start = from is null ? null : $"start: new InitialWeights({WeightFiles.CSharp(from)}{Further(againstScratch ? "IsComparedWithChance: true" : null)})";
        string Run(string context) => $"Training.Run({names.Plan}, {names.Table}, {context}{Further(Test(names, test), folds is int count ? $"folds: {Whole(count)}" : null, start)})";
        System.Text.Json.Nodes.JsonObject body = RestText.RunBody(training.Plan, training.Preset?.Name);
        if (folds is int parts)
        {
            body["folds"] = parts;
        }

        return CommandExplanation.Of(
            [
                .. names.Lines(training.Plan),
                $"TrainingOutcome outcome = {(timeLimit is null ? Run("new FitContext()") : $"TimeLimit.Within({Seconds(timeLimit)}, new FitContext(), context => {Run("context")})")};",
                SaveModel("outcome", training, model),
                report is null ? null : $"RunReport.Of(outcome, {names.Table}, new ReportFacts {{ TableName = {Text(Path.GetFileName(table.Path))} }}).Save({Text(report)});",
            ],
            from is null ? OfRun(body, table, test, model) : "There is no call for it: weights to begin from are given on the command line or by C#.");
    }

    public static CommandExplanation OfTuning(TuningPlan plan, PlannedTraining training, TableSource table, string? test, string study, string model)
    {
        var names = new Names(training, table);
        var usual = new TuningPlan { Training = plan.Training };
        string asked = New(
            nameof(TuningPlan),
            (nameof(plan.Training), names.Plan),
            (nameof(plan.Method), Member(plan.Method, usual.Method)),
            (nameof(plan.Space), List(plan.Space)),
            (nameof(plan.Metric), Text(plan.Metric, null)),
            (nameof(plan.Folds), plan.Folds == usual.Folds ? null : Whole(plan.Folds)),
            (nameof(plan.Pruning), Member(plan.Pruning, usual.Pruning)),
            (nameof(plan.PruneBy), Member(plan.PruneBy, usual.PruneBy)),
            (nameof(plan.Trials), plan.Trials is int trials ? Whole(trials) : null),
            (nameof(plan.TimeLimit), plan.TimeLimit is double seconds ? Number(seconds) : null),
            (nameof(plan.MemoryLimit), plan.MemoryLimit is double megabytes ? Number(megabytes) : null),
            (nameof(plan.Parallel), plan.Parallel == usual.Parallel ? null : Whole(plan.Parallel)));
        return CommandExplanation.Of(
            [
                .. names.Lines(training.Plan),
                $"var search = {asked};",
                $"TuningOutcome outcome = Tuning.Run(search, {names.Table}, new FitContext(), {Text(study)}{Further(Test(names, test), "withImportance: false")});",
                SaveModel("outcome.Training", training, model),
            ],
            OfRun(RestText.TuningBody(plan, training.Preset?.Name), table, test, model));
    }

    public static CommandExplanation OfComparison(ComparisonPlan plan, PlannedTraining training, TableSource table)
    {
        var names = new Names(training, table);
        string asked = New(
            nameof(ComparisonPlan),
            (nameof(plan.Plan), names.Plan),
            (nameof(plan.Algorithms), List(plan.Algorithms)),
            (nameof(plan.Folds), Whole(plan.Folds)),
            (nameof(plan.Metric), Text(plan.Metric, null)),
            (nameof(plan.TimeEach), Seconds(plan.TimeEach)),
            (nameof(plan.TimeInAll), Seconds(plan.TimeInAll)));
        return CommandExplanation.Of(
            [.. names.Lines(training.Plan), $"AlgorithmComparison comparison = AlgorithmComparison.Run({asked}, {names.Table}, new FitContext());"],
            string.Join('\n',
            [
                RestText.Upload(table),
                RestText.Post("comparisons", RestText.ComparisonBody(plan, training.Preset?.Name)),
                RestText.Get("comparisons/COMPARISON_ID/result", "   # when GET /api/comparisons/COMPARISON_ID says completed"),
            ]));
    }

    public static CommandExplanation OfCurve(CurvePlan plan, PlannedTraining training, TableSource table, string? svg)
    {
        var names = new Names(training, table);
        var usual = new CurvePlan { Training = plan.Training };
        string asked = New(
            nameof(CurvePlan),
            (nameof(plan.Training), names.Plan),
            (nameof(plan.Kind), Member(plan.Kind, usual.Kind)),
            (nameof(plan.Parameter), Text(plan.Parameter, null)),
            (nameof(plan.Values), List(plan.Values)),
            (nameof(plan.Shares), plan.Shares.SequenceEqual(usual.Shares) ? null : $"[{string.Join(", ", plan.Shares.Select(Number))}]"),
            (nameof(plan.Folds), plan.Folds == usual.Folds ? null : Whole(plan.Folds)),
            (nameof(plan.Metric), Text(plan.Metric, null)));
        return CommandExplanation.Of(
            [
                .. names.Lines(training.Plan),
                $"AlgorithmCurve curve = AlgorithmCurve.Run({asked}, {names.Table}, new FitContext());",
                svg is null ? null : $"File.WriteAllText({Text(svg)}, curve.ToSvg());",
            ],
            "There is no call for curves: they are drawn on the command line or by C#.");
    }

    public static CommandExplanation OfLearningRates(PlannedTraining training, TableSource table, string? svg)
    {
        var names = new Names(training, table);
        return CommandExplanation.Of(
            [
                .. names.Lines(training.Plan),
                $"LearningRateCurve curve = LearningRates.Of({names.Plan}, {names.Table}, new FitContext());",
                svg is null ? null : $"File.WriteAllText({Text(svg)}, curve.ToSvg());",
            ],
            "There is no call for it: a run over REST finds its rate itself with find_learning_rate among its hyperparameters.");
    }

    public static CommandExplanation OfAudit(PlannedTraining training, TableSource table, string? test)
    {
        var names = new Names(training, table);
        return CommandExplanation.Of(
            [.. names.Lines(training.Plan), $"LeakAudit audit = Training.Audit({names.Plan}, {names.Table}{Further(test is null ? null : names.Prepared(test))});"],
            "There is no call for it before training: what a run found stands as leak_audit in GET /api/runs/RUN_ID/evaluation.");
    }

    public static CommandExplanation OfProfile(TableSource table, string? target) => CommandExplanation.Of(
        [$"Frame table = {table.CSharp};", $"TableProfile profile = TableProfile.Of(table{Further(Text(target, null))});"],
        $"""
        {RestText.Upload(table)}
        {RestText.Get($"datasets/DATASET_ID/profile{(target is null ? string.Empty : $"?target={Uri.EscapeDataString(target)}")}")}
        """);

    private static string SaveModel(string outcome, PlannedTraining training, string model) =>
        $"{outcome}.ToModelFile({(training.Preset is null ? string.Empty : $"preset: {Text(training.Preset.Name)}")}).Save({Text(model)});";

    private static string? Test(Names names, string? test) => test is null ? null : $"test: {names.Prepared(test)}";

    private static string OfRun(System.Text.Json.Nodes.JsonObject body, TableSource table, string? test, string model) => test is not null
        ? "Over REST a run holds its test rows back itself: leave out --test."
        : $"""
          {RestText.Upload(table)}
          {RestText.Post("runs", body)}
          {RestText.Get("runs/RUN_ID/artifacts/model.strata", "   # when GET /api/runs/RUN_ID says completed", model)}
          """;

    /// <summary>What plan and table are called in the lines; a preset makes both ready.</summary>
    private sealed class Names(PlannedTraining training, TableSource table)
    {
        public string Plan => training.Preset is null ? "plan" : "training.Plan";

        public string Table => training.Preset is null ? "table" : "training.Table";

        public string[] Lines(TrainingPlan plan) => training.Preset is null
            ? [$"Frame table = {table.CSharp};", $"var plan = {CSharpText.Plan(plan)};"]
            :
            [
                $"var plan = {CSharpText.Plan(plan)};",
                $"PlannedTraining training = PlannedTraining.Of(Solution.PresetOf({Text(training.Preset.Name)})!, plan, {table.CSharp});",
            ];

        public string Prepared(string test) => training.Preset is null ? table.At(test).CSharp : $"training.PrepareLike({table.At(test).CSharp})";
    }
}
