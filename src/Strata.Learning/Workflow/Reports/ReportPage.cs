using System.Globalization;
using Strata.Learning.Metrics;
using Strata.Learning.Validation;
using Strata.Learning.Validation.Leaks;
using Strata.Learning.Workflow.Plots;

namespace Strata.Learning.Workflow.Reports;

/// <summary>A report as one HTML file: no script, nothing from outside, readable in light and dark and on paper.</summary>
internal sealed class ReportPage
{
    private const int MostImportance = 20;
    private readonly RunReport report;
    private readonly HtmlText html = new();

    private ReportPage(RunReport report) => this.report = report;

    public static string Of(RunReport report)
    {
        var page = new ReportPage(report);
        (string Id, string Title, bool IsThere, Action Write)[] sections =
        [
            ("data", "Data", true, page.Data),
            ("leaks", "Leaks", report.LeakChecks.Count + report.Leaks.Count > 0, page.Leaks),
            ("leaderboard", "Leaderboard", report.Leaderboard is not null, page.LeaderboardOf),
            ("metrics", "How good it is", report.Evaluation is not null, page.Metrics),
            ("pictures", "Where it is right and wrong", report.Evaluation is not null, page.Pictures),
            ("training", "Training", report.Curves.Count > 0, page.Curves),
            ("reasons", "Reasons", report.Model is not null, page.Reasons),
            ("slices", "Where it is worst", report.Evaluation is { Residuals: not null } or { Confusion.Length: > 0 }, page.Slices),
            ("limits", "Notes and limits", true, page.NotesAndLimits),
            ("reproduce", "How to reproduce", true, page.Reproduce),
            ("card", "Model card", report.Model is not null, page.Card),
        ];
        page.Head([.. sections.Where(section => section.IsThere).Select(section => (section.Id, section.Title))]);
        foreach ((string id, string title, _, Action write) in sections.Where(section => section.IsThere))
        {
            page.html.Markup("<section>");
            page.html.Heading(title, id);
            write();
            page.html.Markup("</section>\n");
        }

        page.html.Markup("</main></body></html>\n");
        return page.html.ToString();
    }

    private void Head(IReadOnlyList<(string Id, string Title)> sections)
    {
        string title = HtmlText.Encoded(report.Title);
        html.Markup($"<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><meta name=\"referrer\" content=\"no-referrer\"><title>{title}</title><style>{ReportStyle.Text}</style></head><body>\n<header><h1>{title}</h1>\n");
        html.Quiet(Lead());
        html.Markup($"<nav aria-label=\"Sections\">{string.Concat(sections.Select(section => $"<a href=\"#{section.Id}\">{HtmlText.Encoded(section.Title)}</a>"))}</nav>\n");
        html.Markup($"<div class=\"tiles\">{string.Concat(Tiles().Select(tile => $"<div class=\"tile\"><b>{HtmlText.Encoded(tile.Figure)}</b><span>{HtmlText.Encoded(tile.Meaning)}</span></div>"))}</div></header>\n<main>\n");
    }

    private string Lead()
    {
        string what = report.Kind switch
        {
            ReportKind.Tuning => "A training whose hyperparameters were searched first",
            ReportKind.Automl => "A training whose algorithm was chosen first",
            ReportKind.Comparison => "Algorithms measured on the same folds",
            ReportKind.Evaluation => "A stored model judged on a table",
            _ => "A training",
        };
        return $"{what}{(report.Model is { } model ? $": {model.AlgorithmTitle}" : string.Empty)}{(report.Data.Name is string name ? $", {name}" : string.Empty)}. Strata {report.StrataVersion}.";
    }

    private IEnumerable<(string Figure, string Meaning)> Tiles()
    {
        foreach ((string name, double value) in report.Evaluation?.Metrics.Take(3) ?? [])
        {
            string interval = report.Evaluation!.Intervals.TryGetValue(name, out MetricInterval? found) ? $", 95%: {Number(found.Low)} to {Number(found.High)}" : string.Empty;
            yield return (Number(value), $"{TitleOf(name)}{interval}");
        }

        if (report.Leaderboard?.Rows.FirstOrDefault(row => row.Score is not null) is { } best && report.Evaluation is null)
        {
            yield return (Number(best.Score!.Value), $"{TitleOf(report.Leaderboard.Metric)} of the best, {SvgPicture.Short(best.Name, 40)}");
        }

        if (report.TestRows is int tested)
        {
            yield return (Whole(tested), "test rows");
        }

        if (report.LeakChecks.Count > 0)
        {
            int alarms = report.Leaks.Count(finding => finding.Severity >= LeakSeverity.Warning);
            yield return (alarms == 0 ? "none" : Whole(alarms), "leaks to look at");
        }

        if (report.Model?.FitSeconds is double seconds)
        {
            yield return ($"{seconds.ToString(seconds < 10 ? "0.00" : "0", CultureInfo.InvariantCulture)} s", "to fit");
        }
    }

    private void Data()
    {
        ReportedData data = report.Data;
        long cells = (long)data.RowCount * data.ColumnCount;
        html.Sentence(string.Create(CultureInfo.InvariantCulture, $"{data.RowCount} rows, {data.ColumnCount} columns; {data.MissingCells} of {cells} cells are missing ({(cells == 0 ? 0 : 100.0 * data.MissingCells / cells):0.##}%)."));
        if (report.Split is string split)
        {
            html.Sentence(split);
        }

        if (data.Target is ReportedTarget target)
        {
            Target(target);
        }

        html.Part(data.Columns.Count < data.ColumnCount ? $"The first {data.Columns.Count} columns" : "Columns");
        html.Table(
            ["Column", "Type", "Part", "Missing", "Levels", "Lowest", "Mean", "Highest"],
            data.Columns.Select(column => new[]
            {
                column.Name, column.Type.ToString().ToLowerInvariant(), column.Role.ToString().ToLowerInvariant(), Whole(column.Missing),
                column.Levels is int levels ? Whole(levels) : string.Empty, Figure(column.Min), Figure(column.Mean), Figure(column.Max),
            }));
    }

    private void Target(ReportedTarget target)
    {
        html.Part($"Target: {target.Name}");
        if (target.RowsWithout > 0)
        {
            html.Sentence($"{Whole(target.RowsWithout)} rows have no value and were left aside.");
        }

        if (target.Histogram is { } histogram)
        {
            html.Pictures(HistogramPlot.Draw($"How {SvgPicture.Short(target.Name, 30)} is spread", target.Name, histogram.Edges, histogram.Counts, "target"));
        }
        else
        {
            int known = report.Data.RowCount - target.RowsWithout;
            html.Table(["Class", "Rows", "Share"], target.Classes.Select(one => new[] { one.Class, Whole(one.Rows), string.Create(CultureInfo.InvariantCulture, $"{100.0 * one.Rows / Math.Max(1, known):0.#}%") }));
        }
    }

    private void Leaks()
    {
        if (report.Leaks.Count == 0)
        {
            html.Sentence("Nothing suspicious was found.");
        }
        else
        {
            html.Markup($"<ul>{string.Concat(report.Leaks.Select(finding => $"<li class=\"{finding.Severity.ToString().ToLowerInvariant()}\"><b>{finding.Severity}</b> {HtmlText.Encoded(finding.ToString())}</li>"))}</ul>\n");
        }

        if (report.LeakChecks.Count > 0)
        {
            html.Quiet("Looked for:");
            html.List(report.LeakChecks);
        }
    }

    private void LeaderboardOf()
    {
        Leaderboard board = report.Leaderboard!;
        html.Sentence($"{TitleOf(board.Metric)}, {(board.HigherIsBetter ? "higher is better" : "lower is better")}. {board.Measured}");
        html.Pictures(LeaderboardPlot.Draw(board));
        (string Head, Func<LeaderboardRow, string> Cell)[] columns =
        [
            ("Name", row => row.Name),
            ("Score", row => row.Score is double score ? Number(score) : "–"),
            ("95% interval", row => row is { Low: double low, High: double high } ? $"{Number(low)} to {Number(high)}" : string.Empty),
            ("On test rows", row => row.TestScore is double score ? Number(score) : string.Empty),
            ("Fit, s", row => Figure(row.FitSeconds)),
            ("Predict, µs a row", row => Figure(row.PredictMicroseconds)),
            ("Size, kB", row => row.Bytes is long bytes ? Figure(bytes / 1000.0) : string.Empty),
            ("Weight", row => Figure(row.Weight)),
            ("Why not", row => row.Problem ?? string.Empty),
        ];
        (string Head, Func<LeaderboardRow, string> Cell)[] told = [.. columns.Where((column, i) => i == 0 || board.Rows.Any(row => column.Cell(row).Length > 0))];
        html.Table([.. told.Select(column => column.Head)], board.Rows.Select(row => told.Select(column => column.Cell(row)).ToArray()));
    }

    private void Metrics()
    {
        Evaluation evaluation = report.Evaluation!;
        bool folds = report.CrossValidated.Count > 0;
        html.Sentence($"Measured on {Whole(evaluation.RowCount)} rows that the model did not learn from.");
        html.Table(
            ["Metric", "Value", "95% interval", .. folds ? ["Over folds of the training rows"] : Array.Empty<string>()],
            evaluation.Metrics.Select(metric => new[]
            {
                TitleOf(metric.Key),
                Number(metric.Value),
                evaluation.Intervals.TryGetValue(metric.Key, out MetricInterval? interval) ? $"{Number(interval.Low)} to {Number(interval.High)}" : string.Empty,
            }.Concat(folds ? [report.CrossValidated.TryGetValue(metric.Key, out MetricSummary? summary) ? $"{Number(summary.Mean)} ± {Number(summary.StandardDeviation)}" : string.Empty] : Array.Empty<string>()).ToArray()));
        if (evaluation.PerClass.Count > 0)
        {
            html.Part("By class");
            html.Table(["Class", "Precision", "Recall", "F1", "Rows"], evaluation.PerClass.Take(30).Select(one => new[] { one.Class, Number(one.Precision), Number(one.Recall), Number(one.F1), Figure(one.Support) }));
        }

        if (evaluation.Regions is { } regions)
        {
            html.Part(evaluation.Task.IsClassification() ? "Sets" : "Intervals");
            html.Sentence($"Asked to hold the truth in {Number(regions.Level)} of the rows, they held it in {Number(regions.Coverage)}; mean size {Figure(regions.Size)}.");
            html.Table(["Rows of", "Count", "Covered", "Mean size"], regions.Groups.Take(20).Select(group => new[] { group.Group, Whole(group.RowCount), Number(group.Coverage), Figure(group.Size) }));
        }
    }

    private void Pictures()
    {
        Evaluation evaluation = report.Evaluation!;
        string[] pictures =
        [
            .. Plot.Of(evaluation).Values,
            .. evaluation.Residuals is { } residuals
                ? [PredictionPlot.Draw(residuals), HistogramPlot.Draw("How errors are spread", "actual less predicted", residuals.HistogramEdges, residuals.HistogramCounts, "errors")]
                : Array.Empty<string>(),
        ];
        if (pictures.Length == 0)
        {
            html.Sentence("Nothing is known of these rows that predictions could be compared with.");
            return;
        }

        html.Pictures(pictures);
    }

    /// <summary>Metrics of one kind share a picture: what is the same but for the rows it was measured on.</summary>
    private void Curves() => html.Pictures(report.Curves.GroupBy(KindOf).Select((lines, i) => Plot.Curves($"{TitleOf(lines.Key)} while training", "iteration", TitleOf(lines.Key), [.. lines], $"curves-{i}")));

    private void Reasons()
    {
        ReportedReasons reasons = report.Reasons;
        if (reasons.Importance.Count > 0)
        {
            html.Part("What matters on the whole");
            html.Quiet("How much the main metric worsens when a column of the test rows is shuffled.");
            html.Pictures(Plot.Importance(reasons.Importance, most: MostImportance));
        }

        if (reasons.Outputs.Count == 0)
        {
            html.Part("What moves single predictions");
            html.Sentence(reasons.Without ?? "It was not asked for.");
            Effects(reasons.Effects);
            return;
        }

        html.Part("What moves single predictions");
        html.Quiet($"Exact contributions to the raw score of {Whole(reasons.RowCount)} test rows; with the bias they sum to it.");
        foreach ((int i, OutputReasons output) in reasons.Outputs.Index())
        {
            html.Pictures([BeeswarmPlot.Draw(output.Columns, output.Output, $"beeswarm-{i}"), .. i == 0 ? Dependences(output.Columns) : []]);
        }
    }

    private void Effects(IReadOnlyList<ReportedEffect> effects)
    {
        if (effects.Count > 0)
        {
            html.Part("What the model says along the most important columns");
            html.Quiet("Partial dependence: the mean over test rows when all have the same value, with single rows beside.");
            html.Pictures(effects.Select((effect, i) => EffectPlot.Draw(
                $"{SvgPicture.Short(effect.Output, 24)} by {SvgPicture.Short(effect.Column, 30)}",
                effect.Column, effect.Labels, effect.Numbers, effect.Means, "what the model says", [.. effect.Individual.Select(line => line.Select(value => (double)value).ToArray())], $"effect-{i}")));
        }
    }

    /// <summary>The two columns that do most, each coloured by the other.</summary>
    private static IEnumerable<string> Dependences(IReadOnlyList<ColumnReasons> columns) =>
        columns.Take(2).Select((column, i) => DependencePlot.Draw(column, columns.Count > 1 ? columns[1 - i] : null, $"dependence-{i}"));

    private void Slices()
    {
        if (report.WorstSlices.Count == 0)
        {
            html.Sentence("No slice of one or two conditions was found on which the model is clearly worse than on the other test rows.");
            return;
        }

        html.Quiet(report.Model?.Task.IsClassification() == true ? "Loss is minus the logarithm of the true class's probability." : "Loss is the absolute error.");
        html.Table(["Rows with", "Count", "Loss", "Elsewhere", "Chance of it"], report.WorstSlices.Select(slice => new[] { slice.ToString(), Whole(slice.RowCount), Number(slice.MeanLoss), Number(slice.MeanLossElsewhere), slice.PValue.ToString("G2", CultureInfo.InvariantCulture) }));
    }

    private void NotesAndLimits()
    {
        html.List(report.Limits);
        if (report.Notes.Count > 0)
        {
            html.Part("Notes");
            html.List(report.Notes);
        }
    }

    private void Reproduce()
    {
        html.Code(report.Reproduction.Command);
        if (report.Reproduction.CSharp.Length > 0)
        {
            html.Part("C#");
            html.Code(report.Reproduction.CSharp);
        }

        html.Table(
            ["What", "Value"],
            [
                ["Content of the table, SHA-256", report.Data.Fingerprint],
                ["Strata", report.StrataVersion ?? "–"],
                .. report.Model is { } model ? [["Seed", model.Seed.ToString(CultureInfo.InvariantCulture)], ["Plan", model.Plan?.ToJsonString() ?? "–"]] : Array.Empty<string[]>(),
            ]);
    }

    private void Card()
    {
        foreach (CardSection section in report.ModelCard)
        {
            html.Part(section.Heading);
            html.List(section.Sentences);
        }
    }

    private static string KindOf(Series line)
    {
        int first = line.Name.IndexOf('_', StringComparison.Ordinal);
        return first > 0 && line.Name[..first] is "train" or "watched" or "validation" ? line.Name[(first + 1)..] : line.Name;
    }

    private static string TitleOf(string metric) => Metric.All.FirstOrDefault(known => known.Name == metric)?.Title ?? metric;

    private static string Whole(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Number(double value) => !double.IsFinite(value) ? "–" : Math.Abs(value) >= 1e5 || (value != 0 && Math.Abs(value) < 1e-3) ? value.ToString("G4", CultureInfo.InvariantCulture) : value.ToString("0.0000", CultureInfo.InvariantCulture);

    private static string Figure(double? value) => value is double number && double.IsFinite(number) ? SvgPicture.Figure(number) : string.Empty;
}
