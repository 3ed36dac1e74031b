using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Strata.Learning;
using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Validation.Curves;
using Strata.Learning.Workflow;
using Strata.Solutions;

namespace Strata.Cli;

/// <summary>The command <c>curve</c>: how good an algorithm is over the number of rows, or over a hyperparameter's values.</summary>
internal static class CurveCommand
{
    public static Command Curve(Terminal terminal)
    {
        var table = new TableArgument();
        var options = new PlanOptions();
        var kind = new Option<string>("--kind") { Description = "learning: over the number of training rows; validation: over the values of one hyperparameter.", DefaultValueFactory = _ => "learning" };
        kind.AcceptOnlyFromAmong("learning", "validation");
        var parameter = new Option<string?>("--parameter") { Description = "With --kind validation: the hyperparameter.", HelpName = "NAME" };
        var values = new Option<string?>("--values") { Description = "With --kind validation: its values, with commas between.", HelpName = "A,B,C" };
        var shares = new Option<string?>("--shares") { Description = "With --kind learning: shares of each fold's training rows, with commas between; 0.1,0.25,0.5,0.75,1 when not given.", HelpName = "A,B,C" };
        var folds = new Option<int>("--folds") { Description = "In how many parts the rows are split; the same at every place.", DefaultValueFactory = _ => 5 };
        var metric = new Option<string?>("--metric") { Description = "What is measured; log_loss or rmse when not given. See 'strata metrics'." };
        var svg = new Option<string?>("--svg") { Description = "Also draw it as a picture.", HelpName = "FILE.svg" };
        Option<bool> json = CommonOptions.Json();
        var command = new Command("curve", "Draws how good an algorithm is on rows it learned from and on others: over the number of rows (would more help?), or over a hyperparameter's values.") { table.Path, kind, parameter, values, shares, folds, metric, svg, json };
        options.AddWithoutSplitTo(command);
        table.AddTo(command);
        Option<bool> explain = CommandExplanation.AddTo(command);
        command.SetWork((parsed, cancellation) =>
        {
            Frame rows = table.Of(parsed).Read(terminal, cancellation);
            PlannedTraining training = options.Read(parsed, rows, terminal);
            var usual = new CurvePlan { Training = training.Plan };
            CurvePlan plan = usual with
            {
                Kind = parsed.GetValue(kind) == "learning" ? CurveKind.Learning : CurveKind.Validation,
                Parameter = parsed.GetValue(parameter),
                Values = parsed.GetValue(values)?.Split(',', StringSplitOptions.TrimEntries) ?? [],
                Shares = parsed.GetValue(shares) is string given ? SharesOf(given) : usual.Shares,
                Folds = parsed.GetValue(folds),
                Metric = parsed.GetValue(metric),
            };
            if (parsed.GetValue(explain))
            {
                return TableExplanations.OfCurve(plan, training, table.Of(parsed), parsed.GetValue(svg)).Write(terminal);
            }

            AlgorithmCurve curve = terminal.Watch("drawing the curve", progress => AlgorithmCurve.Run(plan, training.Table, new FitContext { Cancellation = cancellation, Progress = progress }));
            terminal.Notes(curve.Notes);
            if (parsed.GetValue(svg) is string picture)
            {
                WrittenFile.Write(picture, stream => stream.Write(Encoding.UTF8.GetBytes(curve.ToSvg())), cancellation);
            }

            terminal.Result(parsed.GetValue(json), JsonSerializer.SerializeToNode(curve, ModelFileJson.Options)!, writer => Write(writer, curve));
            return ExitCode.Done;
        });
        return command;
    }

    private static void Write(TextWriter writer, AlgorithmCurve curve)
    {
        writer.WriteLine($"{curve.Metric} of {curve.Algorithm}. {curve.Split}");
        writer.WriteLine();
        TextTable.Write(
            writer,
            [curve.Over.ToUpperInvariant(), "LEARNED FROM", "NOT LEARNED FROM", "DEVIATION"],
            curve.Points.Index().Select(place => (IReadOnlyList<string>)[curve.Labels[place.Index], Number(place.Item.MeanTraining), Number(place.Item.MeanTest), Number(Deviation(place.Item))]));
    }

    /// <summary>Of the folds, on rows not learned from.</summary>
    private static double Deviation(CurvePoint point) =>
        point.Test.Length < 2 ? 0 : Math.Sqrt(point.Test.Sum(value => (value - point.MeanTest) * (value - point.MeanTest)) / (point.Test.Length - 1));

    private static double[] SharesOf(string text) =>
    [
        .. text.Split(',').Select(share => double.TryParse(share, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : throw new DataException($"--shares takes numbers such as '0.1,0.5,1', not '{share}'.")),
    ];

    private static string Number(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);
}
