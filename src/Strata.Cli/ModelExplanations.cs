using Strata.Cli.Onnx;
using Strata.Learning.Explanation;
using Strata.Learning.Trees.Exchange;
using static Strata.Cli.CSharpText;

namespace Strata.Cli;

/// <summary>What the commands around a model file do, as C# and REST.</summary>
internal static class ModelExplanations
{
    private const string OfStoredModel = "   # of a model that a run left";

    /// <param name="model">The model file.</param>
    /// <param name="table">The rows.</param>
    /// <param name="output">Where the predictions go.</param>
    /// <param name="keep">Columns that stand beside the predictions; null for those that tell rows apart.</param>
    /// <param name="withUncertainty">Whether to say how unsure the model is.</param>
    public static CommandExplanation OfPrediction(string model, TableSource table, string output, IReadOnlyCollection<string>? keep, bool withUncertainty) => CommandExplanation.Of(
        [
            $"ModelFile file = ModelFile.Load({Text(model)});",
            $"Frame rows = {table.CSharp};",
            "Predictions predictions = file.Model.Predict(rows);",
            Csv(output, $"PredictionTable.Of(predictions{Further(withUncertainty ? "withUncertainty: true" : null)}){(keep is null ? ".Beside(SetAsideColumns.Of(file.Card.Plan).IdentifiersIn(rows))" : keep.Count == 0 ? null : $".Beside(rows.Select({List(keep)}))")}"),
        ],
        RestText.PostTable("models/MODEL_ID/predictions", table, output, OfStoredModel, keep is null ? [] : [("keep", List(keep) ?? "[]")]));

    public static CommandExplanation OfEvaluation(string model, TableSource table, string target, IReadOnlyList<string> metrics, string? plots) => CommandExplanation.Of(
        [
            Load(model),
            Judged(table, target),
            $"Evaluation evaluation = rows.Judge(model.Predict(rows.Table.Features), model{Further(List(metrics))});",
            plots is null ? null : $"Plot.Save(Plot.Of(evaluation), {Text(plots)});",
        ],
        "There is no call for it: a run's own evaluation is GET /api/runs/RUN_ID/evaluation.");

    /// <param name="Method">What stands in for what is not known of a row.</param>
    /// <param name="Background">A table to compare with, or a number of rows; null for the usual.</param>
    /// <param name="Interactions">Whether by pairs of columns.</param>
    /// <param name="Importance">What matters on the whole; null for row by row.</param>
    /// <param name="Seed">Where chance starts.</param>
    internal sealed record Asked(ExplanationMethod Method, string? Background, bool Interactions, ImportanceKind? Importance, ulong Seed);

    public static CommandExplanation OfReasons(string model, TableSource table, string target, string? output, Asked asked) => CommandExplanation.Of(
        asked.Importance is ImportanceKind kind
            ?
            [
                Load(model),
                kind == ImportanceKind.Permutation ? Judged(table, target) : null,
                kind == ImportanceKind.Permutation
                    ? $"IReadOnlyList<ColumnImportance> columns = PermutationImportance.Of(model, rows.Table{Further(asked.Seed == 0 ? null : $"seed: {Whole(asked.Seed)}")});"
                    : $"IReadOnlyList<ColumnImportance> columns = Importance.OfTrees(model, {Member<ImportanceKind>(kind)});",
            ]
            :
            [
                Load(model),
                $"Frame rows = {table.CSharp};",
                asked.Interactions ? "Interactions pairs = Explainer.Interactions(model, rows);" : $"Contributions reasons = Explainer.Explain(model, rows, {Options(asked)});",
                Csv(output!, asked.Interactions ? "InteractionTable.Of(pairs)" : "ContributionTable.Of(reasons)"),
            ],
        $"""
        {RestText.Upload(table)}
        {RestText.Post("models/MODEL_ID/explanations", Body(asked), OfStoredModel)}
        """);

    public static CommandExplanation OfShowing(string model, ImportanceKind? importance) => CommandExplanation.Of(
        [
            $"ModelFile file = ModelFile.Load({Text(model)});",
            "Console.WriteLine($\"{file.Card.Title ?? file.Model.Algorithm} predicts {file.Model.Signature.Target}\");",
            importance is ImportanceKind kind ? $"IReadOnlyList<ColumnImportance> columns = Importance.OfTrees(file.Model, {Member<ImportanceKind>(kind)});" : null,
        ],
        RestText.Get("models/MODEL_ID", OfStoredModel));

    public static CommandExplanation OfImport(string file, string output, ImportOptions options, string? categories)
    {
        var usual = new ImportOptions();
        string asked = New(
            nameof(ImportOptions),
            (nameof(options.Target), Text(options.Target, usual.Target)),
            (nameof(options.Classes), options.Classes is null ? null : List([.. options.Classes])),
            (nameof(options.Levels), categories is null ? null : $"System.Text.Json.JsonSerializer.Deserialize<Dictionary<string, IReadOnlyList<string>>>(File.ReadAllText({Text(categories)}))!"),
            (nameof(options.Rounds), options.Rounds is int rounds ? Whole(rounds) : null));
        return CommandExplanation.Of(
            [
                $"ImportedModel imported = ModelImport.Read({Text(file)}, {asked});",
                $"new ModelFile(imported.Model, new ModelCard {{ ImportedFrom = imported.Origin, Notes = imported.Notes }}).Save({Text(output)});",
            ],
            "There is no call for it: models from elsewhere are read on the command line or by C#.");
    }

    public static CommandExplanation OfExport(string model, string output, TreeModelFormat format, bool withoutPreparation) => CommandExplanation.Of(
        [
            Load(model),
            $"ExportedModel exported = ModelExport.Of(model, {Member<TreeModelFormat>(format)}{Further(withoutPreparation ? "withoutPreparation: true" : null)});",
            $"File.WriteAllBytes({Text(output)}, exported.Content.ToArray());",
        ],
        "There is no call for it: a stored model's file is GET /api/models/MODEL_ID/file, and the command line exports it.");

    public static CommandExplanation OfOnnx(OnnxOutput asked) => CommandExplanation.Of(
        [
            Load(asked.Model),
            $"OnnxFile file = OnnxExport.Of(model{Further(asked.Doubles ? "new OnnxOptions { DoubleInputs = true }" : null)});",
            $"ParityCertificate certificate = file.Certify({(asked.Rows is null ? string.Empty : $"TableFile.Read({Text(asked.Rows)}).Frame")});",
            $"File.WriteAllBytes({Text(asked.To)}, file.Content);",
        ],
        "There is no call for it: a stored model's file is GET /api/models/MODEL_ID/file, and the command line exports it.");

    public static CommandExplanation OfReport(string model, TableSource table, string target, string output) => CommandExplanation.Of(
        [
            $"ModelFile file = ModelFile.Load({Text(model)});",
            $"Frame table = {table.CSharp};",
            $"PlannedTable rows = PlannedTable.Like(new TrainingPlan {{ Target = {Text(target)} }}, table, file.Model.Signature);",
            $"RunReport.Of(file, rows, table, new ReportFacts {{ TableName = {Text(Path.GetFileName(table.Path))} }}).Save({Text(output)});",
        ],
        RestText.Get("runs/RUN_ID/report", "   # of a run's own test rows; another table is judged on the command line or by C#", output));

    private static string Load(string model) => $"IModel model = ModelFile.Load({Text(model)}).Model;";

    private static string Judged(TableSource table, string target) =>
        $"PlannedTable rows = PlannedTable.Like(new TrainingPlan {{ Target = {Text(target)} }}, {table.CSharp}, model.Signature);";

    private static string Csv(string output, string table) => $"WholeFile.Write({Text(output)}, stream => FrameCsv.Write(stream, {table}));";

    private static string Options(Asked asked)
    {
        bool isCount = int.TryParse(asked.Background, out int count);
        return New(
            nameof(ExplanationOptions),
            (nameof(ExplanationOptions.Method), Member(asked.Method, ExplanationMethod.Path)),
            (nameof(ExplanationOptions.Background), asked.Background is null || isCount ? null : $"TableFile.Read({Text(asked.Background)}).Frame"),
            (nameof(ExplanationOptions.MostBackgroundRows), isCount ? Whole(count) : null),
            (nameof(ExplanationOptions.Context), asked.Seed == 0 ? null : $"new FitContext {{ Seed = {Whole(asked.Seed)} }}"));
    }

    private static System.Text.Json.Nodes.JsonObject Body(Asked asked)
    {
        bool isCount = int.TryParse(asked.Background, out int count);
        return RestText.Object(
            ("dataset_id", "DATASET_ID"),
            ("method", asked.Method == ExplanationMethod.Path ? null : "interventional"),
            ("background_dataset_id", asked.Background is null || isCount ? null : "BACKGROUND_DATASET_ID"),
            ("background_rows", isCount ? count : null),
            ("interactions", asked.Interactions ? true : null),
            ("importance", asked.Importance is ImportanceKind kind ? System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString()) : null),
            ("seed", asked.Seed == 0 ? null : asked.Seed));
    }
}
