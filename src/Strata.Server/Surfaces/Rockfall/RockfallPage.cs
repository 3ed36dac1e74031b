using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Strata.Client;
using Strata.Client.Contracts;
using Strata.Learning.Metrics;
using Strata.Learning.ModelFiles;
using Strata.Learning.Workflow.Plots;

namespace Strata.Server.Surfaces.Rockfall;

/// <summary>A report as a page that needs nothing else: tables, and pictures inside it. All text from elsewhere is escaped.</summary>
internal sealed class RockfallPage
{
    private const string Style =
        "body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1c2128;background:#fff}h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem}"
        + "table{border-collapse:collapse}th,td{text-align:left;padding:.25rem .9rem .25rem 0;border-bottom:1px solid #d8dee4;vertical-align:top}td.n{font-variant-numeric:tabular-nums}"
        + "svg{max-width:100%;height:auto}pre{white-space:pre-wrap;background:#f6f8fa;padding:.8rem}"
        + "@media(prefers-color-scheme:dark){body{color:#e6edf3;background:#15191f}th,td{border-color:#2f3742}pre{background:#1d232b}}";

    private static readonly JsonSerializerOptions Indented = new(WireJson.Options) { WriteIndented = true };

    private readonly RockfallReportView report;
    private readonly Evaluation evaluation;
    private readonly StringBuilder html = new();

    private RockfallPage(RockfallReportView report, Evaluation evaluation) => (this.report, this.evaluation) = (report, evaluation);

    /// <param name="report">What is told.</param>
    /// <param name="evaluation">The stored evaluation, from which the pictures are drawn.</param>
    public static string Of(RockfallReportView report, Stream evaluation) =>
        new RockfallPage(report, JsonSerializer.Deserialize<Evaluation>(evaluation, ModelFileJson.Options) ?? throw new InvalidOperationException("A stored evaluation is null.")).Html();

    private string Html()
    {
        string title = $"Training report: {report.Model.Name}";
        html.Append(CultureInfo.InvariantCulture, $"<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{Escaped(title)}</title><style>{Style}</style></head><body><h1>{Escaped(title)}</h1>");
        html.Append(CultureInfo.InvariantCulture, $"<p><a href=\"{Escaped(report.FullReport)}\">The whole report</a>: data, leaks, reasons, limits and model card.</p>");
        About();
        Metrics();
        Pictures();
        Certainty();
        List("What may make it look better than it is", report.Evaluation.LeakAudit?.Select(finding => $"{finding.Severity}: {finding.Message} {finding.Advice}"));
        List("Notes", report.Notes);
        Heading("Config");
        html.Append(CultureInfo.InvariantCulture, $"<pre>{Escaped(JsonSerializer.Serialize(report.Config, Indented))}</pre></body></html>\n");
        return html.ToString();
    }

    private void About()
    {
        RockfallDataView data = report.Data;
        Table(
            ["", ""],
            [
                ["Job", report.JobId],
                ["Status", report.Status.ToString().ToLowerInvariant()],
                ["Asked for", report.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture)],
                ["Model", $"{report.Model.Name}, version {report.Model.Version} ({report.Model.Algorithm})"],
                ["Dataset", $"{data.DatasetName}{(data.Rows is int rows ? $", {Text(rows)} rows, {data.Columns} columns" : string.Empty)}"],
                ["Target", data.Target ?? "none"],
                ["Learned from", $"{Text(data.TrainingRows)} rows, tested on {Text(data.TestRows)}. {data.Split}"],
            ]);
    }

    private void Metrics()
    {
        Heading("Metrics on rows it did not learn from");
        Table(
            ["Metric", "Value", "95% interval"],
            report.Metrics.Select(metric => new[] { metric.Key, Number(metric.Value), report.Evaluation.Intervals?.GetValueOrDefault(metric.Key) is { } interval ? $"{Number(interval.Low)} to {Number(interval.High)}" : string.Empty }));
        if (report.Evaluation.PerClass.Count > 0)
        {
            Heading("By class");
            Table(["Class", "Precision", "Recall", "F1", "Rows"], report.Evaluation.PerClass.Select(one => new[] { one.Class, Number(one.Precision), Number(one.Recall), Number(one.F1), Number(one.Support) }));
        }
    }

    private void Pictures()
    {
        Heading("Pictures");
        foreach (string picture in Plot.Of(evaluation, [.. report.Evaluation.Importance.Select(column => new Learning.Explanation.ColumnImportance(column.Column, column.Mean, column.StandardDeviation))]).Values)
        {
            html.Append("<figure>").Append(picture).Append("</figure>");
        }

        Series[] curves = [.. report.TrainingCurves.Where(curve => curve.Points.Count > 0).Select(curve => new Series(curve.Name, [.. curve.Points.Select(point => point[0]!.Value + 1)], [.. curve.Points.Select(point => point[1] ?? double.NaN)]))];
        if (curves.Length > 0)
        {
            Heading("Training curves");
            html.Append("<figure>").Append(Plot.Curves($"Training {report.Model.Algorithm}", "epoch", "metric", curves)).Append("</figure>");
        }
    }

    /// <summary>How far probabilities can be believed, and how often intervals or sets held the truth.</summary>
    private void Certainty()
    {
        EvaluationView told = report.Evaluation;
        if (told.Calibration.Count > 0)
        {
            Heading("Calibration");
            Table(["Class", "Mean probability", "Came true", "Rows"], told.Calibration.SelectMany(curve => curve.Counts.Select((count, bin) => new[] { curve.Class, Number(curve.MeanPredicted[bin]), Number(curve.Observed[bin]), Text(count) })));
        }

        if (told.Regions is { } regions)
        {
            Heading("Uncertainty");
            Table(["Asked to cover", "Covered", "Mean size"], [[Number(regions.Level), Number(regions.Coverage), Number(regions.Size)]]);
            Table(["Rows", "Number", "Covered", "Mean size"], regions.Groups.Select(group => new[] { group.Group, Text(group.RowCount), Number(group.Coverage), Number(group.Size) }));
        }
    }

    private void List(string heading, IEnumerable<string>? sentences)
    {
        string[] items = [.. sentences ?? []];
        if (items.Length > 0)
        {
            Heading(heading);
            html.Append(CultureInfo.InvariantCulture, $"<ul>{string.Concat(items.Select(item => $"<li>{Escaped(item)}</li>"))}</ul>");
        }
    }

    private void Table(string[] heads, IEnumerable<string[]> rows)
    {
        string head = Array.TrueForAll(heads, text => text.Length == 0) ? string.Empty : $"<thead><tr>{string.Concat(heads.Select(text => $"<th scope=\"col\">{Escaped(text)}</th>"))}</tr></thead>";
        html.Append(CultureInfo.InvariantCulture, $"<table>{head}<tbody>{string.Concat(rows.Select(row => $"<tr>{string.Concat(row.Select((text, i) => i == 0 ? $"<th scope=\"row\">{Escaped(text)}</th>" : $"<td class=\"n\">{Escaped(text)}</td>"))}</tr>"))}</tbody></table>");
    }

    private void Heading(string text) => html.Append(CultureInfo.InvariantCulture, $"<h2>{Escaped(text)}</h2>");

    private static string Escaped(string text) => HtmlEncoder.Default.Encode(text);

    private static string Number(double? value) => value is double number && double.IsFinite(number) ? number.ToString("0.####", CultureInfo.InvariantCulture) : "–";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
