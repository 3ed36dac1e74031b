using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Strata.Cli.Explanations;
using Strata.Learning;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Explanation;
using Strata.Learning.ModelFiles;
using Strata.Learning.Workflow;
using Strata.Solutions;

namespace Strata.Cli;

/// <summary>The command <c>explain</c>: reasons for predictions, alone or by pairs of columns, and what matters on the whole.</summary>
internal static class ExplainCommand
{
    public static Command Explain(Terminal terminal)
    {
        Argument<string> model = CommonOptions.Model();
        var table = new TableArgument();
        var outPath = new Option<string?>("--out") { Description = "Where the contributions go; needed by auto, path and interventional unless --importance is asked for. Of other methods all that they tell, as JSON.", HelpName = "FILE" };
        var method = new Option<ExplainMethod>("--method")
        {
            Description = "Contributions by auto (the usual: exact where the model has them, else sampled with standard errors). Exact by path (averages of the training rows) or interventional (background rows). For every model: shap (as auto), kernel, permutation, lime, "
                + "pdp, ice, ale, interactions, counterfactual, surrogate, cohort; occlusion of series and images; gradients of networks.",
            CustomParser = ChoiceOption.Named<ExplainMethod>,
        };
        var further = new MethodOptions();
        var background = new Option<string?>("--background") { Description = "A table to compare with or to take values from, or how many rows of the same table; 100 when not given.", HelpName = "TABLE|N" };
        var interactions = new Option<bool>("--interactions") { Description = "How much each pair of columns moved each prediction together: a line per row and column." };
        Option<ImportanceKind?> importance = Importance("What matters on the whole instead of row by row: permutation (the table has the target), gain, cover or splits.");
        var seed = new Option<ulong>("--seed") { Description = "Of the choice of background rows and of shuffles." };
        Option<int?> threads = CommonOptions.Threads();
        Option<bool> json = CommonOptions.Json();
        var command = new Command("explain", "Says how much each column moved each prediction: a column per feature and 'bias', which sum to the raw score; for several classes a line per class.")
        {
            model, table.Path, outPath, method, background, interactions, importance, seed, threads, json,
        };
        command.Validators.Add(result =>
        {
            // A method that there is not has an error of its own, and no value to ask for.
            if (result.GetResult(method)?.Tokens is [{ Value: string given }, ..] && !Enum.GetValues<ExplainMethod>().Any(known => ChoiceOption.Name(known) == given))
            {
                return;
            }

            ExplainMethod chosen = result.GetValue(method);
            if (result.GetValue(outPath) is null && result.GetResult(importance) is null && (IsExact(chosen) || chosen == ExplainMethod.Auto))
            {
                result.AddError("Option '--out' is required.");
            }

            if (result.GetValue(background) is not null && !TakesBackground(chosen))
            {
                result.AddError("--background goes with --method auto, interventional, shap, kernel, permutation, lime, counterfactual or occlusion.");
            }

            if (result.GetValue(interactions) && chosen is not (ExplainMethod.Auto or ExplainMethod.Path))
            {
                result.AddError("--interactions are told by --method path; --method interactions tells them of every model, on the whole.");
            }

            foreach (string problem in further.Problems(result, chosen))
            {
                result.AddError(problem);
            }
        });
        table.AddTo(command);
        further.AddTo(command);
        Option<bool> explain = CommandExplanation.AddTo(command);
        command.SetWork((parsed, cancellation) =>
        {
            ModelFile file = ModelFile.Load(parsed.GetValue(model)!);
            ExplainMethod chosen = Chosen(parsed.GetValue(method), file.Model, parsed.GetValue(background) is not null, parsed.GetValue(interactions), further.AskToSample(parsed));
            if (parsed.GetValue(explain))
            {
                if (!IsExact(chosen) && parsed.GetValue(importance) is null)
                {
                    return MethodExplanation.Of(chosen, parsed.GetValue(model)!, table.Of(parsed), parsed.GetValue(background), parsed.GetValue(seed), further, parsed).Write(terminal);
                }

                var asked = new ModelExplanations.Asked(Exact(chosen), parsed.GetValue(background), parsed.GetValue(interactions), parsed.GetValue(importance), parsed.GetValue(seed));
                return ModelExplanations.OfReasons(parsed.GetValue(model)!, table.Of(parsed), file.Model.Signature.Target, parsed.GetValue(outPath), asked).Write(terminal);
            }

            var context = new FitContext { Threads = parsed.GetValue(threads) ?? Environment.ProcessorCount, Seed = parsed.GetValue(seed), Cancellation = cancellation };
            if (parsed.GetValue(importance) is ImportanceKind kind)
            {
                IReadOnlyList<ColumnImportance> columns = kind == ImportanceKind.Permutation ? Permutation(file, table.Of(parsed), context, terminal) : OfTrees(file.Model, kind);
                var told = new JsonObject { ["importance"] = JsonSerializer.SerializeToNode(columns, ModelFileJson.Options) };
                if (parsed.GetValue(outPath) is string importancePath)
                {
                    told["out"] = importancePath;
                    WrittenFile.Write(importancePath, stream => FrameCsv.Write(stream, TableOf(columns)), cancellation);
                }

                terminal.Result(parsed.GetValue(json), told, writer => WriteImportance(writer, columns, kind));
                return ExitCode.Done;
            }

            if (!IsExact(chosen))
            {
                return Further(chosen, file, table.Of(parsed), further, parsed, (parsed.GetValue(background), parsed.GetValue(outPath), parsed.GetValue(json)), terminal, context);
            }

            Frame rows = ModelCommands.ReadFor(file.Model, table.Of(parsed), terminal, cancellation);
            if (parsed.GetValue(further.Rows) is int most && most < rows.RowCount)
            {
                rows = rows.Take([.. Enumerable.Range(0, most)]);
            }

            ExplanationOptions options = Options(Exact(chosen), table.Of(parsed), parsed.GetValue(background), file.Model, terminal, context);
            string path = parsed.GetValue(outPath)!;
            Frame reasons = parsed.GetValue(interactions)
                ? terminal.Watch("explaining pairs", progress => InteractionTable.Of(Explainer.Interactions(file.Model, rows, context with { Progress = progress })))
                : terminal.Watch("explaining", progress => ContributionTable.Of(Explainer.Explain(file.Model, rows, options with { Context = context with { Progress = progress } })));
            WrittenFile.Write(path, stream => FrameCsv.Write(stream, reasons), cancellation);
            terminal.Result(
                parsed.GetValue(json),
                new JsonObject { ["rows"] = rows.RowCount, ["out"] = path },
                writer => writer.WriteLine($"reasons for {rows.RowCount} rows written to {path}"));
            return ExitCode.Done;
        });
        return command;
    }

    public static Option<ImportanceKind?> Importance(string description) => new("--importance") { Description = description, HelpName = "KIND", CustomParser = result => ChoiceOption.Named<ImportanceKind>(result) };

    /// <exception cref="DataException">The model is not of trees, or permutation importance is asked for without rows.</exception>
    public static IReadOnlyList<ColumnImportance> OfTrees(IModel model, ImportanceKind kind)
    {
        if (kind == ImportanceKind.Permutation)
        {
            throw new DataException("Permutation importance is measured on rows: strata explain MODEL TABLE --importance permutation.");
        }

        IReadOnlyList<ColumnImportance> columns = Learning.Explanation.Importance.OfTrees(model, kind);
        return columns.Count > 0 ? columns : throw new DataException($"A '{model.Algorithm}' model has no trees to ask for their {ChoiceOption.Name(kind)}; permutation importance works for every model.");
    }

    public static void WriteImportance(TextWriter writer, IReadOnlyList<ColumnImportance> columns, ImportanceKind? kind)
    {
        if (kind is ImportanceKind shown)
        {
            writer.WriteLine();
            TextTable.Write(writer, ["COLUMN", ChoiceOption.Name(shown).ToUpperInvariant()], columns.Select(column => (IReadOnlyList<string>)[column.Column, column.Mean.ToString("0.####", CultureInfo.InvariantCulture)]));
        }
    }

    /// <summary>What auto is for a model.</summary>
    private static ExplainMethod Chosen(ExplainMethod asked, IModel model, bool hasBackground, bool byPairs, bool asksToSample) => asked != ExplainMethod.Auto ? asked
        : !byPairs && (asksToSample || !Explainer.CanExplain(model)) ? ExplainMethod.Shap
        : hasBackground ? ExplainMethod.Interventional
        : ExplainMethod.Path;

    private static bool IsExact(ExplainMethod method) => method is ExplainMethod.Path or ExplainMethod.Interventional;

    private static ExplanationMethod Exact(ExplainMethod method) => method == ExplainMethod.Interventional ? ExplanationMethod.Interventional : ExplanationMethod.Path;

    private static bool TakesBackground(ExplainMethod method) => method is ExplainMethod.Auto or ExplainMethod.Interventional or ExplainMethod.Shap or ExplainMethod.Kernel or ExplainMethod.Permutation or ExplainMethod.Lime or ExplainMethod.Counterfactual or ExplainMethod.Occlusion;

    /// <summary>Carries out a method that is for every kind of model.</summary>
    private static int Further(
        ExplainMethod method, ModelFile file, TableSource source, MethodOptions options, ParseResult parsed, (string? Background, string? Out, bool Json) asked, Terminal terminal, FitContext context)
    {
        Frame table = PlannedTraining.PrepareLike(file.Card, source.Read(terminal, context.Cancellation, file.Model.Signature.Features));
        bool isSampled = method is ExplainMethod.Shap or ExplainMethod.Kernel or ExplainMethod.Permutation;
        int? count = isSampled && int.TryParse(asked.Background, NumberStyles.None, CultureInfo.InvariantCulture, out int rows) ? Math.Max(1, rows) : null;
        Frame? background = asked.Background is null || count is not null ? null : ModelCommands.ReadFor(file.Model, source.At(asked.Background), terminal, context.Cancellation);
        MethodRun Run(IProgress<FitProgress>? progress) => new(file, table, background, options, parsed, context with { Progress = progress });
        if (isSampled)
        {
            Contributions told = terminal.Watch("explaining", progress => Run(progress).Contributions(method, count));
            return Write(new ToldExplanation(told, writer => ExplanationText.Write(writer, told)), stream => FrameCsv.Write(stream, ContributionTable.Of(told)));
        }

        ToldExplanation explanation = terminal.Watch("explaining", progress => Run(progress).Tell(method));
        return Write(explanation, stream => JsonSerializer.Serialize(stream, explanation.Result, explanation.Result.GetType(), ModelFileJson.Options));

        int Write(ToldExplanation told, Action<Stream> write)
        {
            var json = new JsonObject { ["method"] = ChoiceOption.Name(method), ["explanation"] = asked.Json ? JsonSerializer.SerializeToNode(told.Result, told.Result.GetType(), ModelFileJson.Options) : null };
            if (asked.Out is string path)
            {
                WrittenFile.Write(path, write, context.Cancellation);
                json["out"] = path;
            }

            terminal.Result(asked.Json, json, told.Text);
            return ExitCode.Done;
        }
    }

    private static IReadOnlyList<ColumnImportance> Permutation(ModelFile file, TableSource source, FitContext context, Terminal terminal)
    {
        Frame table = PlannedTraining.PrepareLike(file.Card, source.Read(terminal, context.Cancellation, file.Model.Signature.Features));
        PlannedTable rows = PlannedTable.Like(new TrainingPlan { Target = file.Model.Signature.Target }, table, file.Model.Signature);
        return terminal.Watch("shuffling columns", progress => PermutationImportance.Of(file.Model, rows.Table, seed: context.Seed, context: context with { Progress = progress }));
    }

    private static ExplanationOptions Options(ExplanationMethod method, TableSource table, string? background, IModel model, Terminal terminal, FitContext context)
    {
        var options = new ExplanationOptions { Method = method, Context = context };
        return background is null ? options
            : int.TryParse(background, NumberStyles.None, CultureInfo.InvariantCulture, out int rows)
                ? rows > 0 ? options with { MostBackgroundRows = rows } : throw new DataException("--background is 0; expected at least one row.")
                : options with { Background = ModelCommands.ReadFor(model, table.At(background), terminal, context.Cancellation) };
    }

    private static Frame TableOf(IReadOnlyList<ColumnImportance> columns) => new(
        new TextColumn("column", [.. columns.Select(column => column.Column)]),
        new Float64Column("importance", [.. columns.Select(column => column.Mean)]),
        new Float64Column("standard_deviation", [.. columns.Select(column => column.StandardDeviation)]));
}
