using System.Globalization;
using Strata.Learning.Workflow.Plots;
using static Strata.Learning.Workflow.Reports.ReportFigure;

namespace Strata.Learning.Workflow.Reports;

/// <summary>A report's sections on the table and on what was looked for in it.</summary>
internal sealed class DataSections(RunReport report, HtmlText html)
{
    public void Data()
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

    public void Leaks()
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
}
