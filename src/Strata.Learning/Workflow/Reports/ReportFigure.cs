using System.Globalization;
using Strata.Learning.Metrics;
using Strata.Learning.Workflow.Plots;

namespace Strata.Learning.Workflow.Reports;

/// <summary>Figures and names as a report writes them.</summary>
internal static class ReportFigure
{
    public static string TitleOf(string metric) => Metric.All.FirstOrDefault(known => known.Name == metric)?.Title ?? metric;

    public static string Whole(int value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Number(double value) => !double.IsFinite(value) ? "–" : Math.Abs(value) >= 1e5 || (value != 0 && Math.Abs(value) < 1e-3) ? value.ToString("G4", CultureInfo.InvariantCulture) : value.ToString("0.0000", CultureInfo.InvariantCulture);

    public static string Figure(double? value) => value is double number && double.IsFinite(number) ? SvgPicture.Figure(number) : string.Empty;
}
