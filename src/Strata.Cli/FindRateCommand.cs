using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Strata.Learning;
using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Neural;
using Strata.Learning.Workflow;
using Strata.Solutions;

namespace Strata.Cli;

/// <summary>The command <c>find-rate</c>: the loss of a network over learning rates that grow from step to step, and the rate that it suggests.</summary>
internal static class FindRateCommand
{
    private const int MostLines = 24, BarWidth = 40;

    public static Command FindRate(Terminal terminal)
    {
        var table = new TableArgument();
        var options = new PlanOptions();
        var svg = new Option<string?>("--svg") { Description = "Also draw the curve as a picture.", HelpName = "FILE.svg" };
        Option<bool> json = CommonOptions.Json();
        var command = new Command("find-rate", "Looks for a network's learning rate by a short sweep over the training rows: rates grow from step to step until the loss explodes.") { table.Path, svg, json };
        options.AddTo(command);
        table.AddTo(command);
        Option<bool> explain = CommandExplanation.AddTo(command);
        command.SetWork((parsed, cancellation) =>
        {
            TableSource source = table.Of(parsed);
            Frame rows = source.Read(terminal, cancellation);
            PlannedTraining training = options.Read(parsed, rows, terminal);
            string? picture = parsed.GetValue(svg);
            if (parsed.GetValue(explain))
            {
                return TableExplanations.OfLearningRates(training, source, picture).Write(terminal);
            }

            LearningRateCurve curve = LearningRates.Of(training.Plan, training.Table, new FitContext { Cancellation = cancellation, Threads = Environment.ProcessorCount });
            if (picture is not null)
            {
                WrittenFile.Write(picture, stream => stream.Write(Encoding.UTF8.GetBytes(curve.ToSvg())), cancellation);
            }

            terminal.Result(parsed.GetValue(json), JsonSerializer.SerializeToNode(curve, ModelFileJson.Options)!, writer => Write(writer, curve, training.Plan));
            return ExitCode.Done;
        });
        return command;
    }

    private static void Write(TextWriter writer, LearningRateCurve curve, TrainingPlan plan)
    {
        int[] shown = [.. Enumerable.Range(0, curve.Rates.Count).Where(place => place % Math.Max(1, (curve.Rates.Count + MostLines - 1) / MostLines) == 0)];
        double low = curve.Losses.Min(), width = Math.Max(double.Epsilon, shown.Max(place => curve.Losses[place]) - low);
        TextTable.Write(writer, ["LEARNING RATE", "LOSS", string.Empty], shown.Select(place =>
            (IReadOnlyList<string>)[Rate(curve.Rates[place]), curve.Losses[place].ToString("0.0000", CultureInfo.InvariantCulture), new string('#', (int)Math.Round(BarWidth * (curve.Losses[place] - low) / width))]));
        writer.WriteLine();
        writer.WriteLine($"Suggested: {Rate(curve.Suggested)}, where the loss falls fastest.");
        writer.WriteLine($"Next: strata train TABLE --target {plan.Target} --algorithm {plan.Algorithm} --set learning_rate={Rate(curve.Suggested)}, with the same settings; or --set find_learning_rate=true to find it anew each time.");
    }

    private static string Rate(double rate) => rate.ToString("0.0e0", CultureInfo.InvariantCulture);
}
