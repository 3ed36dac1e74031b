using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Strata.Learning;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Workflow;
using Strata.Learning.Workflow.Reports;
using Strata.Solutions;

namespace Strata.Cli;

/// <summary>The command <c>report</c>: a stored model judged on a table, as one HTML page with the same as JSON beside it.</summary>
internal static class ReportCommand
{
    public static Command Report(Terminal terminal)
    {
        Argument<string> model = CommonOptions.Model();
        var table = new TableArgument("A table with the target column, in any form that training takes.");
        var outPath = new Option<string>("--out") { Description = "Where the page goes; the same as JSON goes beside it.", Required = true, HelpName = "FILE.html" };
        var title = new Option<string?>("--title") { Description = "The page's heading." };
        Option<int?> threads = CommonOptions.Threads();
        Option<bool> json = CommonOptions.Json();
        var command = new Command("report", "Judges a model on a table whose targets are known and writes a report: one HTML page that needs nothing else.") { model, table.Path, outPath, title, threads, json };
        table.AddTo(command);
        Option<bool> explain = CommandExplanation.AddTo(command);
        command.SetWork((parsed, cancellation) =>
        {
            (string path, string output) = (parsed.GetValue(model)!, parsed.GetValue(outPath)!);
            ModelFile file = ModelFile.Load(path);
            TableSource source = table.Of(parsed);
            CommandExplanation explanation = ModelExplanations.OfReport(path, source, file.Model.Signature.Target, output);
            if (parsed.GetValue(explain))
            {
                return explanation.Write(terminal);
            }

            Frame judged = PlannedTraining.PrepareLike(file.Card, source.Read(terminal, cancellation, file.Model.Signature.Features));
            PlannedTable rows = PlannedTable.Like(ModelCommands.PlanToJudgeBy(file), judged, file.Model.Signature);
            ReportFacts facts = Facts(parsed, source, explanation.CSharp, cancellation) with { Title = parsed.GetValue(title), Context = new FitContext { Threads = parsed.GetValue(threads) ?? Environment.ProcessorCount, Cancellation = cancellation } };
            RunReport report = RunReport.Of(file, rows, judged, facts);
            report.Save(output);
            terminal.Result(
                parsed.GetValue(json),
                new JsonObject { ["report"] = output, ["rows"] = rows.Table.RowCount, ["metrics"] = JsonSerializer.SerializeToNode(report.Evaluation!.Metrics, ModelFileJson.Options) },
                writer => writer.WriteLine($"{rows.Table.RowCount} rows judged; the report is in {output}"));
            return ExitCode.Done;
        });
        return command;
    }

    public static Option<string?> ReportFile() => new("--report") { Description = "Also write a report: one HTML page that needs nothing else, with the same as JSON beside it.", HelpName = "FILE.html" };

    /// <summary>What the command line knows of a report: the table's name, and what was typed to get it.</summary>
    public static ReportFacts Facts(ParseResult parsed, TableSource table, string csharp, CancellationToken cancellation) => new()
    {
        TableName = Path.GetFileName(Path.TrimEndingDirectorySeparator(table.Path)),
        Reproduction = new Reproduction(Reproduction.CommandOf(parsed.Tokens.Select(token => token.Value).Prepend("strata")), csharp),
        Context = new FitContext { Cancellation = cancellation },
    };

    public static void Save(Terminal terminal, RunReport report, string path) => terminal.Note($"report: {string.Join(", ", report.Save(path))}");
}
