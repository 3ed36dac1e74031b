using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Strata.Learning;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Ensembles;
using Strata.Learning.ModelFiles;
using Strata.Learning.Workflow;
using Strata.Solutions;

namespace Strata.Cli;

/// <summary>The command <c>ensemble</c>: models that are there already, combined as they are.</summary>
internal static class EnsembleCommand
{
    private enum Method
    {
        Voting,
        Stacking,
        Blending,
    }

    public static Command Ensemble(Terminal terminal)
    {
        var models = new Argument<string[]>("models") { Description = "Model files (.strata) that predict the same.", Arity = new ArgumentArity(2, 100) };
        var path = new Option<string>("--table") { Description = "Rows whose target is known: they test the ensemble, and teach the meta-learner. Rows that a model has learned from are left out where its file tells them.", Required = true, HelpName = "TABLE" };
        var reading = new TableArgument();
        Option<Method> method = ChoiceOption.Of("--method", "How they are combined.", Method.Voting);
        var target = new Option<string?>("--target") { Description = "The column that they predict; known from the models when not given." };
        var vote = new Option<string?>("--vote") { Description = "With --method voting: soft, hard or log_odds; soft when not given." };
        var weights = new Option<string?>("--weights") { Description = "With --method voting: how much each counts, with commas between; the same when not given.", HelpName = "A,B,C" };
        var meta = new Option<string?>("--meta-learner") { Description = "With stacking and blending: what learns from the models' answers; logistic_regression or ridge when not given.", HelpName = "ALGORITHM" };
        var passThrough = new Option<bool>("--pass-through") { Description = "With stacking and blending: the meta-learner sees the columns too." };
        var folds = new Option<int?>("--folds") { Description = "With stacking: in how many parts the rows test it; 5 when not given." };
        var heldBack = new Option<double?>("--held-back") { Description = "With blending: the part of the rows that the meta-learner learns from; 0.5 when not given." };
        var group = new Option<string?>("--group") { Description = "The column whose equal values stay on one side of every split." };
        var time = new Option<string?>("--time") { Description = "The column that orders rows: tests are on later rows." };
        var seed = new Option<ulong>("--seed") { Description = "Where chance starts." };
        Option<int?> threads = CommonOptions.Threads();
        var outPath = new Option<string>("--out") { Description = "Where the model file goes.", Required = true, HelpName = "MODEL.strata" };
        Option<bool> json = CommonOptions.Json();
        var command = new Command("ensemble", "Combines models that are there already, by vote, stacked or blended, and tests the ensemble on rows that are new to all of them.")
        {
            models, path, method, target, vote, weights, meta, passThrough, folds, heldBack, group, time, seed, threads, outPath, json,
        };
        reading.AddTo(command);
        Option<bool> explain = CommandExplanation.AddTo(command);
        command.SetWork((parsed, cancellation) =>
        {
            Method how = parsed.GetValue(method);
            JsonNode? passed = parsed.GetValue(passThrough) ? JsonValue.Create(true) : null;
            (Option Option, string Name, JsonNode? Value, Method[] Of)[] settings =
            [
                (vote, "vote", parsed.GetValue(vote), [Method.Voting]), (weights, "weights", parsed.GetValue(weights), [Method.Voting]), (meta, "meta_learner", parsed.GetValue(meta), [Method.Stacking, Method.Blending]),
                (passThrough, "pass_through", passed, [Method.Stacking, Method.Blending]), (folds, "folds", parsed.GetValue(folds), [Method.Stacking]), (heldBack, "held_back", parsed.GetValue(heldBack), [Method.Blending]),
            ];
            DataException.ThrowIfAny([.. settings.Where(setting => setting.Value is not null && !setting.Of.Contains(how)).Select(setting => $"{setting.Option.Name} goes with --method {string.Join(" and ", setting.Of.Select(ChoiceOption.Name))}.")]);
            var plan = new TrainingPlan
            {
                Target = parsed.GetValue(target),
                Algorithm = ChoiceOption.Name(how),
                Hyperparameters = settings.Where(setting => setting.Value is not null).ToDictionary(setting => setting.Name, setting => setting.Value),
                Group = parsed.GetValue(group),
                Time = parsed.GetValue(time),
                Seed = parsed.GetValue(seed),
                Threads = parsed.GetValue(threads),
            };
            (string Name, ModelFile File)[] files = [.. parsed.GetValue(models)!.Select(file => (Path.GetFileNameWithoutExtension(file), ModelFile.Load(file)))];
            string? preset = PresetOf(files);
            TableSource source = reading.Of(parsed, parsed.GetValue(path)!);
            string saved = parsed.GetValue(outPath)!;
            if (parsed.GetValue(explain))
            {
                return EnsembleExplanation.Of(parsed.GetValue(models)!, source, plan, preset, saved).Write(terminal);
            }

            Frame table = PlannedTraining.PrepareLike(files[0].File.Card, source.Read(terminal, cancellation, JointSignature.Of([.. files.Select(file => (file.Name, file.File.Model.Signature))]).Features));
            FittedMember[] members = [.. files.Select(file => new FittedMember(file.Name, file.File.Model))];
            EnsembleOutcome outcome = terminal.Watch(
                "combining models",
                progress => EnsembleOfModels.Run(plan, members, table, new FitContext { Cancellation = cancellation, Progress = progress }, Unseen(files, table, terminal), withImportance: !parsed.GetValue(json)));
            WrittenFile.Write(saved, outcome.Training.ToModelFile(preset: preset).Save, cancellation);
            terminal.Notes(outcome.Training.Notes);
            terminal.Result(parsed.GetValue(json), Told(outcome, saved), writer => Write(writer, outcome, saved));
            return ExitCode.Done;
        });
        return command;
    }

    private static string? PresetOf((string Name, ModelFile File)[] files)
    {
        string?[] presets = [.. files.Select(file => file.File.Card.Preset).Distinct(StringComparer.Ordinal)];
        return presets.Length == 1 ? presets[0] : throw new DataException($"The models were trained with different presets ({string.Join(", ", presets.Select(name => name ?? "none"))}), which make rows ready differently.");
    }

    /// <summary>The rows that every model which knows the table has held back; null where none knows it.</summary>
    private static HashSet<int>? Unseen((string Name, ModelFile File)[] files, Frame table, Terminal terminal)
    {
        HashSet<int>? common = null;
        foreach ((string name, ModelFile file) in files)
        {
            if (HeldBackRows.Of(file, table) is not int[] held)
            {
                terminal.Note($"note: {name} was trained on another table as far as its file tells: all rows count as new to it.");
            }
            else if (common is null)
            {
                common = [.. held];
            }
            else
            {
                common.IntersectWith(held);
            }
        }

        return common;
    }

    private static JsonObject Told(EnsembleOutcome outcome, string path) => new()
    {
        ["out"] = path,
        ["algorithm"] = outcome.Training.Plan.Algorithm,
        ["metric"] = outcome.Metric,
        ["metrics"] = JsonSerializer.SerializeToNode(outcome.Training.Evaluation.Metrics, ModelFileJson.Options),
        ["test_rows"] = outcome.Training.Test.Table.RowCount,
        ["training_rows"] = outcome.Training.TrainingRows,
        ["split"] = outcome.Training.Split,
        ["members"] = JsonSerializer.SerializeToNode(outcome.Members, ModelFileJson.Options),
        ["notes"] = JsonSerializer.SerializeToNode(outcome.Training.Notes, ModelFileJson.Options),
    };

    private static void Write(TextWriter writer, EnsembleOutcome outcome, string path)
    {
        writer.WriteLine(outcome.Training.Split);
        writer.WriteLine();
        EvaluationText.Write(writer, outcome.Training.Evaluation);
        writer.WriteLine();
        TextTable.Write(
            writer,
            ["MODEL", "WEIGHT", outcome.Metric.ToUpperInvariant(), "AGAINST THE ENSEMBLE", "P"],
            [
                ["ensemble", string.Empty, Number(outcome.Training.Evaluation.Metrics.GetValueOrDefault(outcome.Metric, double.NaN)), string.Empty, string.Empty],
                .. outcome.Members.Select(Row),
            ]);
        writer.WriteLine();
        writer.WriteLine($"The model is in {path}. Next: strata predict {path} TABLE --out predictions.csv");

        IReadOnlyList<string> Row(MemberScore member) =>
        [
            member.Name,
            member.Weight?.ToString("0.###", CultureInfo.InvariantCulture) ?? "-",
            Number(member.Metrics.GetValueOrDefault(outcome.Metric, double.NaN)),
            member.AgainstEnsemble?.Mean.ToString("+0.0000;-0.0000", CultureInfo.InvariantCulture) ?? "-",
            member.AgainstEnsemble?.PValue.ToString("0.000", CultureInfo.InvariantCulture) ?? string.Empty,
        ];
    }

    private static string Number(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);
}
