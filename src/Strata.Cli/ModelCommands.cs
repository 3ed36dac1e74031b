using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Strata.Learning;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Explanation;
using Strata.Learning.Metrics;
using Strata.Learning.ModelFiles;
using Strata.Learning.Workflow;
using Strata.Learning.Workflow.Plots;
using Strata.Learning.Workflow.Reports;
using Strata.Solutions;

namespace Strata.Cli;

/// <summary>The commands around one model file: train, predict, evaluate, show.</summary>
internal static class ModelCommands
{
    public static Command Train(Terminal terminal)
    {
        var table = new TableArgument();
        var options = new PlanOptions();
        var test = new Option<string?>("--test") { Description = "A table of its own to test on, instead of rows held back." };
        var outPath = new Option<string>("--out") { Description = "Where the model file goes.", Required = true, HelpName = "MODEL.strata" };
        Option<bool> json = CommonOptions.Json();
        var folds = new Option<int?>("--folds") { Description = "Also estimate how good it is by cross-validation of the training rows in so many parts." };
        Option<string[]> metrics = CommonOptions.Metrics();
        Option<double?> timeLimit = CommonOptions.Seconds("--time-limit", "How many seconds the training may take; it is given up when they are over.");
        var from = new Option<string?>("--from") { Description = "For networks: a model file, a file of weights (.safetensors) or the name of a pretrained model to begin from, instead of by chance. See --set freeze, thaw_every, layer_rate_decay.", HelpName = "MODEL" };
        var againstScratch = new Option<bool>("--against-scratch") { Description = "With --from: also train from scratch on the same rows, and tell what the given weights are worth." };
        Option<string?> report = ReportCommand.ReportFile();
        var command = new Command("train", "Trains a model on a table, tests it on rows it did not see, and writes the model file.") { table.Path, test, outPath, report, folds, metrics, timeLimit, from, againstScratch, json };
        options.AddTo(command);
        table.AddTo(command);
        Option<bool> explain = CommandExplanation.AddTo(command);
        command.SetWork((parsed, cancellation) =>
        {
            Frame rows = table.Of(parsed).Read(terminal, cancellation);
            PlannedTraining training = options.Read(parsed, rows, terminal);
            TrainingPlan plan = training.Plan with { Metrics = parsed.GetValue(metrics) ?? [] };
            if (parsed.GetValue(explain))
            {
                return Explanation(parsed.GetValue(report)).Write(terminal);
            }

            CommandExplanation Explanation(string? reportFile) => TableExplanations.OfTraining(
                training with { Plan = plan }, table.Of(parsed), parsed.GetValue(test), parsed.GetValue(outPath)!, parsed.GetValue(folds), CommonOptions.TimeOf(parsed.GetValue(timeLimit)), parsed.GetValue(from), parsed.GetValue(againstScratch), reportFile);

            InitialWeights? start = parsed.GetValue(from) is string given ? new InitialWeights(WeightFiles.Read(given), parsed.GetValue(againstScratch)) : null;
            Frame? testTable = parsed.GetValue(test) is string testPath ? training.PrepareLike(table.Of(parsed).At(testPath).Read(terminal, cancellation)) : null;
            FitCurves curves = new();
            TrainingOutcome outcome = terminal.Watch(
                $"training {plan.Algorithm}",
                progress => TimeLimit.Within(
                    CommonOptions.TimeOf(parsed.GetValue(timeLimit)),
                    new FitContext { Cancellation = cancellation, Progress = curves = new FitCurves(progress) },
                    context => Training.Run(plan, training.Table, context, testTable, withImportance: !parsed.GetValue(json) || parsed.GetValue(report) is not null, folds: parsed.GetValue(folds), start: start)));
            string path = parsed.GetValue(outPath)!;
            WrittenFile.Write(path, outcome.ToModelFile(preset: training.Preset?.Name).Save, cancellation);
            terminal.Notes(outcome.Notes);
            LeakText.Write(terminal, outcome.LeakAudit);
            if (parsed.GetValue(report) is string reportPath)
            {
                ReportCommand.Save(terminal, RunReport.Of(outcome, training.Table, ReportCommand.Facts(parsed, table.Of(parsed), Explanation(reportPath).CSharp, cancellation) with
                {
                    Curves = curves.Series,
                    Preset = training.Preset?.Name,
                    Notes = training.Notes,
                }), reportPath);
            }

            var result = new JsonObject
            {
                ["model"] = path,
                ["algorithm"] = plan.Algorithm,
                ["fit_seconds"] = outcome.FitTime.TotalSeconds,
                ["training_rows"] = outcome.TrainingRows,
                ["test_rows"] = outcome.Test.Table.RowCount,
                ["split"] = outcome.Split,
                ["metrics"] = JsonSerializer.SerializeToNode(outcome.Evaluation.Metrics, ModelFileJson.Options),
                ["notes"] = JsonSerializer.SerializeToNode(outcome.Notes, ModelFileJson.Options),
                ["metric_intervals"] = JsonSerializer.SerializeToNode(outcome.Evaluation.Intervals, ModelFileJson.Options),
                ["regions"] = JsonSerializer.SerializeToNode(outcome.Evaluation.Regions, ModelFileJson.Options),
                ["worst_slices"] = JsonSerializer.SerializeToNode(outcome.WorstSlices, ModelFileJson.Options),
                ["leak_audit"] = JsonSerializer.SerializeToNode(outcome.LeakAudit.Findings, ModelFileJson.Options),
            };
            if (outcome.Transfer is not null)
            {
                result["transfer"] = JsonSerializer.SerializeToNode(outcome.Transfer, ModelFileJson.Options);
            }

            if (outcome.CrossValidated is { } estimate)
            {
                result["cross_validated"] = JsonSerializer.SerializeToNode(estimate.Metrics, ModelFileJson.Options);
            }

            terminal.Result(parsed.GetValue(json), result, writer => WriteOutcome(writer, outcome, path));
            return ExitCode.Done;
        });
        return command;
    }

    public static Command Predict(Terminal terminal)
    {
        Argument<string> model = CommonOptions.Model();
        var table = new TableArgument();
        var outPath = new Option<string>("--out") { Description = "Where the predictions go.", Required = true, HelpName = "FILE.csv" };
        Option<int?> threads = CommonOptions.Threads();
        Option<bool> json = CommonOptions.Json();
        var keep = new Option<string?>("--keep") { Description = "Columns of the table to write beside the predictions, parted by commas; when not given those that the training set aside and that tell rows apart (its group, dropped identifiers); none for none.", HelpName = "COL[,COL]" };
        var uncertainty = new Option<bool>("--uncertainty") { Description = "Add the columns epistemic (what more rows would teach) and aleatoric (noise), where the model knows them." };
        var command = new Command("predict", "Predicts every row of a table: columns row (from 0), the table's identifiers, prediction, and p(<class>) for each class, the score of an outlier, or the cluster.") { model, table.Path, outPath, keep, uncertainty, threads, json };
        table.AddTo(command);
        Option<bool> explain = CommandExplanation.AddTo(command);
        command.SetWork((parsed, cancellation) =>
        {
            if (parsed.GetValue(explain))
            {
                return ModelExplanations.OfPrediction(parsed.GetValue(model)!, table.Of(parsed), parsed.GetValue(outPath)!, Kept(parsed.GetValue(keep)), parsed.GetValue(uncertainty)).Write(terminal);
            }

            ModelFile file = ModelFile.Load(parsed.GetValue(model)!);
            Frame read = table.Of(parsed).Read(terminal, cancellation, file.Model.Signature.Features);
            Frame kept = Kept(parsed.GetValue(keep)) is string[] named ? read.Select(named) : SetAsideColumns.Of(file.Card.Plan).IdentifiersIn(read);
            (Frame rows, IReadOnlyList<string> notes) = file.Model.Signature.Features.ConformWithNotes(read);
            terminal.Notes(notes);
            Predictions predictions = file.Model.Predict(rows, ContextOf(parsed.GetValue(threads), cancellation));
            Frame answers = PredictionTable.Of(predictions, parsed.GetValue(uncertainty)).Beside(kept);
            string path = parsed.GetValue(outPath)!;
            WrittenFile.Write(path, stream => FrameCsv.Write(stream, answers), cancellation);
            terminal.Result(
                parsed.GetValue(json),
                new JsonObject { ["rows"] = predictions.RowCount, ["out"] = path, ["kept"] = new JsonArray([.. kept.Names.Select(name => JsonValue.Create(name))]) },
                writer => writer.WriteLine($"{predictions.RowCount} predictions written to {path}{(kept.ColumnCount == 0 ? string.Empty : $", with {string.Join(", ", kept.Names.Select(name => $"'{name}'"))}")}"));
            return ExitCode.Done;
        });
        return command;
    }

    public static Command Evaluate(Terminal terminal)
    {
        Argument<string> model = CommonOptions.Model();
        var table = new TableArgument("A table with the target column, in any form that training takes.");
        Option<int?> threads = CommonOptions.Threads();
        Option<bool> json = CommonOptions.Json();
        var plots = new Option<string?>("--plots") { Description = "A folder for pictures (SVG): confusion, ROC, precision and recall, calibration, residuals, importance.", HelpName = "FOLDER" };
        Option<string[]> metrics = CommonOptions.Metrics();
        var command = new Command("evaluate", "Measures a model on a table whose targets are known.") { model, table.Path, metrics, plots, threads, json };
        table.AddTo(command);
        Option<bool> explain = CommandExplanation.AddTo(command);
        command.SetWork((parsed, cancellation) =>
        {
            ModelFile file = ModelFile.Load(parsed.GetValue(model)!);
            string[] further = [.. (parsed.GetValue(metrics) ?? []).Select(name => Metric.Named(name, file.Model.Signature.Task).Name)];
            if (parsed.GetValue(explain))
            {
                return ModelExplanations.OfEvaluation(parsed.GetValue(model)!, table.Of(parsed), file.Model.Signature.Target, further, parsed.GetValue(plots)).Write(terminal);
            }

            Frame judged = PlannedTraining.PrepareLike(file.Card, table.Of(parsed).Read(terminal, cancellation, file.Model.Signature.Features));
            PlannedTable rows = PlannedTable.Like(PlanToJudgeBy(file), judged, file.Model.Signature);
            terminal.Notes(rows.Notes);
            Predictions predictions = file.Model.Predict(rows.Table.Features, ContextOf(parsed.GetValue(threads), cancellation));
            Evaluation evaluation = rows.Judge(predictions, file.Model, further);
            if (parsed.GetValue(plots) is string folder)
            {
                IReadOnlyList<ColumnImportance> importance = file.Model.Signature.Task.HasTarget()
                    ? PermutationImportance.Of(file.Model, rows.Table, context: new FitContext { Cancellation = cancellation })
                    : [];
                terminal.Note($"pictures: {string.Join(", ", Plot.Save(Plot.Of(evaluation, importance), folder))}");
            }

            terminal.Result(parsed.GetValue(json), JsonSerializer.SerializeToNode(evaluation, ModelFileJson.Options)!, writer => EvaluationText.Write(writer, evaluation));
            return ExitCode.Done;
        });
        return command;
    }

    public static Command Show(Terminal terminal)
    {
        Argument<string> model = CommonOptions.Model();
        Option<ImportanceKind?> importance = ExplainCommand.Importance("Which columns matter most, as the trees say: gain, cover or splits.");
        Option<bool> json = CommonOptions.Json();
        var command = new Command("show", "Describes a model file: what it predicts, from which columns, how good it was.") { model, importance, json };
        Option<bool> explain = CommandExplanation.AddTo(command);
        command.SetWork((parsed, _) =>
        {
            string path = parsed.GetValue(model)!;
            if (parsed.GetValue(explain))
            {
                return ModelExplanations.OfShowing(path, parsed.GetValue(importance)).Write(terminal);
            }

            ModelFile file = ModelFile.Load(path);
            var result = new JsonObject
            {
                ["model"] = path,
                ["algorithm"] = file.Model.Algorithm,
                ["signature"] = JsonSerializer.SerializeToNode(file.Model.Signature, ModelFileJson.Options),
                ["card"] = JsonSerializer.SerializeToNode(file.Card, ModelFileJson.Options),
            };
            IReadOnlyList<ColumnImportance> columns = parsed.GetValue(importance) is ImportanceKind kind ? ExplainCommand.OfTrees(file.Model, kind) : [];
            if (columns.Count > 0)
            {
                result["importance"] = JsonSerializer.SerializeToNode(columns, ModelFileJson.Options);
            }

            terminal.Result(parsed.GetValue(json), result, writer =>
            {
                WriteModel(writer, file);
                ExplainCommand.WriteImportance(writer, columns, parsed.GetValue(importance));
            });
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>Names the columns that tell the truth (the model's target, or what told outliers when it was trained) and the group.</summary>
    internal static TrainingPlan PlanToJudgeBy(ModelFile file) => file.Model.Signature.Task.HasTarget()
        ? new TrainingPlan { Target = file.Model.Signature.Target, Group = file.Card.Plan?["group"]?.GetValue<string>() }
        : new TrainingPlan { Algorithm = file.Model.Algorithm, Target = file.Card.Plan?["target"]?.GetValue<string>(), PositiveClass = file.Card.Plan?["positive_class"]?.GetValue<string>() };

    /// <summary>The columns that are asked for; null where nobody asked.</summary>
    private static string[]? Kept(string? given) => given is null ? null : given == "none" ? [] : [.. given.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal)];

    private static FitContext ContextOf(int? threads, CancellationToken cancellation) => new() { Threads = threads ?? Environment.ProcessorCount, Cancellation = cancellation };

    /// <summary>Reads rows to predict, brought to the types and levels that the model expects.</summary>
    internal static Frame ReadFor(IModel model, TableSource table, Terminal terminal, CancellationToken cancellation)
    {
        (Frame rows, IReadOnlyList<string> notes) = model.Signature.Features.ConformWithNotes(table.Read(terminal, cancellation, model.Signature.Features));
        terminal.Notes(notes);
        return rows;
    }

    private static void WriteOutcome(TextWriter writer, TrainingOutcome outcome, string path)
    {
        writer.WriteLine($"Trained {outcome.Plan.Algorithm} on {outcome.TrainingRows} rows in {outcome.FitTime.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture)} s. {outcome.Split}");
        writer.WriteLine();
        EvaluationText.Write(writer, outcome.Evaluation);
        if (outcome.Transfer is { } transfer)
        {
            writer.WriteLine();
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"From the given weights {transfer.Metric} is {transfer.FromWeights:0.0000}, from scratch {transfer.FromScratch:0.0000}: {(transfer.Gain >= 0 ? "a gain" : "a loss")} of {Math.Abs(transfer.Gain):0.0000}."));
        }

        if (outcome.CrossValidated is { } estimate)
        {
            writer.WriteLine();
            writer.WriteLine($"Cross-validation of the training rows: {estimate.Split.Text}");
            TextTable.Write(writer, ["METRIC", "MEAN", "DEVIATION"], estimate.Metrics.Select(metric =>
                (IReadOnlyList<string>)[metric.Key, metric.Value.Mean.ToString("0.0000", CultureInfo.InvariantCulture), metric.Value.StandardDeviation.ToString("0.0000", CultureInfo.InvariantCulture)]));
        }

        if (outcome.WorstSlices.Count > 0)
        {
            writer.WriteLine();
            writer.WriteLine("Where it is worst (mean loss of the rows and of the others):");
            TextTable.Write(writer, ["ROWS WITH", "COUNT", "LOSS", "ELSEWHERE"], outcome.WorstSlices.Take(5).Select(slice => (IReadOnlyList<string>)
            [
                slice.ToString(), slice.RowCount.ToString(CultureInfo.InvariantCulture), slice.MeanLoss.ToString("0.0000", CultureInfo.InvariantCulture), slice.MeanLossElsewhere.ToString("0.0000", CultureInfo.InvariantCulture),
            ]));
        }

        if (outcome.Importance.Count > 0)
        {
            writer.WriteLine();
            writer.WriteLine("What matters most (fall of the main metric when the column is shuffled):");
            TextTable.Write(writer, ["COLUMN", "IMPORTANCE"], outcome.Importance.Take(10).Select(column => (IReadOnlyList<string>)[column.Column, column.Mean.ToString("0.0000", CultureInfo.InvariantCulture)]));
        }

        if (outcome.Modalities.Count > 0)
        {
            writer.WriteLine();
            writer.WriteLine($"What each modality is worth ({outcome.Modalities[0].Metric} when it is left out; {outcome.Modalities[0].With.ToString("0.0000", CultureInfo.InvariantCulture)} with all):");
            TextTable.Write(writer, ["MODALITY", "WITHOUT IT"], outcome.Modalities.Select(one => (IReadOnlyList<string>)[one.Modality, one.Without.ToString("0.0000", CultureInfo.InvariantCulture)]));
        }

        writer.WriteLine();
        writer.WriteLine($"The model is in {path}. Next: strata predict {path} TABLE --out predictions.csv");
    }

    private static void WriteModel(TextWriter writer, ModelFile file)
    {
        ModelSignature signature = file.Model.Signature;
        string what = signature.Task == LearningTask.Clustering ? "finds clusters" : !signature.Task.HasTarget() ? "finds outliers"
            : $"predicts '{signature.Target}'{(signature.Task.IsClassification() ? $": {string.Join(", ", signature.Classes)}" : " (a number)")}";
        writer.WriteLine($"{file.Card.Title ?? file.Model.Algorithm} {what}");
        if (file.Card.Description is string description)
        {
            writer.WriteLine(description);
        }

        writer.WriteLine(file.Card.ImportedFrom is string origin
            ? $"Imported from {origin}; how good it is, 'strata evaluate' says on a table with the target."
            : $"Trained on {file.Card.TrainingRows} rows by {file.Model.Algorithm}, Strata {file.Card.StrataVersion}. {file.Card.Split}");
        foreach (string note in file.Card.ImportedFrom is null ? [] : file.Card.Notes)
        {
            writer.WriteLine(note);
        }

        writer.WriteLine();
        if (file.Card.Metrics.Count > 0)
        {
            TextTable.Write(writer, ["METRIC", "TEST"], file.Card.Metrics.Select(metric => (IReadOnlyList<string>)[metric.Key, metric.Value.ToString("0.0000", CultureInfo.InvariantCulture)]));
            writer.WriteLine();
        }

        TextTable.Write(writer, ["COLUMN", "TYPE", "LEVELS"], signature.Features.Columns.Select(column => (IReadOnlyList<string>)
        [
            column.Name,
            JsonNamingPolicy.SnakeCaseLower.ConvertName(column.Type.ToString()),
            column.Levels is null ? string.Empty : NearNames.List(column.Levels, 5),
        ]));
    }
}
