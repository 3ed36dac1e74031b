using System.Globalization;
using Strata.Learning.Metrics;
using Strata.Learning.Validation;
using Strata.Learning.Workflow.Plots;
using static Strata.Learning.Workflow.Reports.ReportFigure;

namespace Strata.Learning.Workflow.Reports;

/// <summary>A report's sections on how good the model is and what it was chosen from.</summary>
internal sealed class ResultSections(RunReport report, HtmlText html)
{
    public void Leaderboard()
    {
        Ranking board = report.Leaderboard!;
        html.Sentence($"{TitleOf(board.Metric)}, {(board.HigherIsBetter ? "higher is better" : "lower is better")}. {board.Measured}");
        html.Pictures(LeaderboardPlot.Draw(board));
        (string Head, Func<RankedModel, string> Cell)[] columns =
        [
            ("Name", row => row.Name),
            ("Score", row => row.Score is double score ? Number(score) : "–"),
            ("95% interval", row => row is { Low: double low, High: double high } ? $"{Number(low)} to {Number(high)}" : string.Empty),
            ("On test rows", row => row.TestScore is double score ? Number(score) : string.Empty),
            ("Fit, s", row => Figure(row.FitSeconds)),
            ("Predict, µs a row", row => Figure(row.PredictMicroseconds)),
            ("Size, kB", row => row.Bytes is long bytes ? Figure(bytes / 1000.0) : string.Empty),
            ("Weight", row => row.Weight is > 0 ? Figure(row.Weight) : string.Empty),
            ("Why not", row => row.Problem ?? string.Empty),
        ];
        (string Head, Func<RankedModel, string> Cell)[] told = [.. columns.Where((column, i) => i == 0 || board.Rows.Any(row => column.Cell(row).Length > 0))];
        html.Table([.. told.Select(column => column.Head)], board.Rows.Select(row => told.Select(column => column.Cell(row)).ToArray()));
    }

    public void Metrics()
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

    public void Pictures()
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
    public void Curves() => html.Pictures(report.Curves.GroupBy(KindOf).Select((lines, i) => Plot.Curves($"{TitleOf(lines.Key)} while training", "iteration", TitleOf(lines.Key), [.. lines], $"curves-{i}")));

    public void Slices()
    {
        if (report.WorstSlices.Count == 0)
        {
            html.Sentence("No slice of one or two conditions was found on which the model is clearly worse than on the other test rows.");
            return;
        }

        html.Quiet(report.Model?.Task.IsClassification() == true ? "Loss is minus the logarithm of the true class's probability." : "Loss is the absolute error.");
        html.Table(["Rows with", "Count", "Loss", "Elsewhere", "Chance of it"], report.WorstSlices.Select(slice => new[] { slice.ToString(), Whole(slice.RowCount), Number(slice.MeanLoss), Number(slice.MeanLossElsewhere), slice.PValue.ToString("G2", CultureInfo.InvariantCulture) }));
    }

    private static string KindOf(Series line)
    {
        int first = line.Name.IndexOf('_', StringComparison.Ordinal);
        return first > 0 && line.Name[..first] is "train" or "watched" or "validation" ? line.Name[(first + 1)..] : line.Name;
    }
}
