using System.Globalization;
using Strata.Learning.Metrics;
using Strata.Learning.Validation.Leaks;
using Strata.Learning.Workflow.Plots;
using static Strata.Learning.Workflow.Reports.ReportFigure;

namespace Strata.Learning.Workflow.Reports;

/// <summary>A report as one HTML file: no script, nothing from outside, readable in light and dark and on paper.</summary>
internal sealed class ReportPage
{
    private readonly RunReport report;
    private readonly HtmlText html = new();

    private ReportPage(RunReport report) => this.report = report;

    public static string Of(RunReport report)
    {
        var page = new ReportPage(report);
        var data = new DataSections(report, page.html);
        var results = new ResultSections(report, page.html);
        var reasons = new ReasonSections(report, page.html);
        (string Id, string Title, bool IsThere, Action Write)[] sections =
        [
            ("data", "Data", true, data.Data),
            ("leaks", "Leaks", report.LeakChecks.Count + report.Leaks.Count > 0, data.Leaks),
            ("leaderboard", "Leaderboard", report.Leaderboard is not null, results.Leaderboard),
            ("metrics", "How good it is", report.Evaluation is not null, results.Metrics),
            ("pictures", "Where it is right and wrong", report.Evaluation is not null, results.Pictures),
            ("training", "Training", report.Curves.Count > 0, results.Curves),
            ("reasons", "Reasons", report.Model is not null, reasons.Reasons),
            ("slices", "Where it is worst", report.Evaluation is { Residuals: not null } or { Confusion.Length: > 0 }, results.Slices),
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
}
