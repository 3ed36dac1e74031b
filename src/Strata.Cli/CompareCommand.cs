using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Strata.Learning;
using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Workflow;
using Strata.Learning.Workflow.Reports;
using Strata.Solutions;

namespace Strata.Cli;

/// <summary>The command <c>compare</c>: several algorithms on the same folds, the best first.</summary>
internal static class CompareCommand
{
    public static Command Compare(Terminal terminal)
    {
        var table = new TableArgument();
        var options = new PlanOptions();
        var algorithms = new Option<string>("--algorithms")
        {
            Description = "Names with commas between, with settings in brackets if need be: \"gradient_boosting(trees=200), ridge\". A baseline is added.",
            Required = true,
            HelpName = "A,B,C",
        };
        var folds = new Option<int>("--folds") { Description = "In how many parts the rows are split; every algorithm gets the same.", DefaultValueFactory = _ => 5 };
        var metric = new Option<string?>("--metric") { Description = "What they are ranked by; log_loss or rmse when not given. See 'strata metrics'." };
        Option<double?> timeEach = CommonOptions.Seconds("--time-each", "How many seconds one algorithm may take over all folds.");
        Option<double?> timeLimit = CommonOptions.Seconds("--time-limit", "How many seconds all may take together.");
        Option<bool> json = CommonOptions.Json();
        Option<string?> report = ReportCommand.ReportFile();
        var command = new Command("compare", "Measures algorithms on the same folds of a table, the best first, and says which differences are more than chance.") { table.Path, algorithms, folds, metric, timeEach, timeLimit, report, json };
        options.AddSharedTo(command);
        table.AddTo(command);
        Option<bool> explain = CommandExplanation.AddTo(command);
        command.SetWork((parsed, cancellation) =>
        {
            Frame rows = table.Of(parsed).Read(terminal, cancellation);
            PlannedTraining training = options.Read(parsed, rows, terminal);
            var plan = new ComparisonPlan
            {
                Plan = training.Plan,
                Algorithms = [parsed.GetValue(algorithms)!],
                Folds = parsed.GetValue(folds),
                Metric = parsed.GetValue(metric),
                TimeEach = CommonOptions.TimeOf(parsed.GetValue(timeEach)),
                TimeInAll = CommonOptions.TimeOf(parsed.GetValue(timeLimit)),
            };
            CommandExplanation explanation = TableExplanations.OfComparison(plan, training, table.Of(parsed));
            if (parsed.GetValue(explain))
            {
                return explanation.Write(terminal);
            }

            AlgorithmComparison comparison = terminal.Watch(
                "comparing algorithms", progress => AlgorithmComparison.Run(plan, training.Table, new FitContext { Cancellation = cancellation, Progress = progress }));
            terminal.Notes(comparison.Notes);
            if (parsed.GetValue(report) is string reportPath)
            {
                ReportCommand.Save(terminal, RunReport.Of(comparison, plan, training.Table, ReportCommand.Facts(parsed, table.Of(parsed), explanation.CSharp, cancellation) with { Notes = training.Notes }), reportPath);
            }

            terminal.Result(parsed.GetValue(json), JsonSerializer.SerializeToNode(comparison, ModelFileJson.Options)!, writer => Write(writer, comparison));
            return ExitCode.Done;
        });
        return command;
    }

    private static void Write(TextWriter writer, AlgorithmComparison comparison)
    {
        writer.WriteLine($"{comparison.RowCount} rows. {comparison.Split}");
        writer.WriteLine();
        TextTable.Write(
            writer,
            ["ALGORITHM", comparison.Metric.ToUpperInvariant(), "DEVIATION", "FIT SECONDS", "AGAINST THE BEST", "P"],
            comparison.Algorithms.Select(algorithm => Row(algorithm, comparison)));
        foreach (ComparedAlgorithm unfinished in comparison.Algorithms.Where(algorithm => algorithm.Problem is not null))
        {
            writer.WriteLine($"{unfinished.Name}: {unfinished.Problem}");
        }

        writer.WriteLine();
        writer.WriteLine("P is the chance of such a difference between the folds if there were none (corrected resampled t-test).");
    }

    private static IReadOnlyList<string> Row(ComparedAlgorithm algorithm, AlgorithmComparison comparison)
    {
        bool measured = algorithm.Metrics.TryGetValue(comparison.Metric, out var summary);
        return
        [
            algorithm.Name,
            measured ? Number(summary!.Mean) : "-",
            measured ? Number(summary!.StandardDeviation) : "-",
            algorithm.Scores.Count > 0 ? algorithm.FitSeconds.ToString("0.000", CultureInfo.InvariantCulture) : "-",
            algorithm.AgainstBest is { } difference ? difference.Mean.ToString("+0.0000;-0.0000", CultureInfo.InvariantCulture) : algorithm == comparison.Best ? "best" : "unfinished",
            algorithm.AgainstBest is { } tested ? tested.PValue.ToString("0.000", CultureInfo.InvariantCulture) : string.Empty,
        ];
    }

    private static string Number(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);
}
