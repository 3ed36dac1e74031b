using System.Globalization;
using Strata.Learning.Metrics;

namespace Strata.Learning.Workflow.Reports;

/// <summary>A part of a model card (Mitchell et al. 2019, "Model cards for model reporting"): what was measured, and what people stated.</summary>
/// <param name="Heading">One of the usual nine.</param>
/// <param name="Sentences">What it says.</param>
public sealed record CardSection(string Heading, IReadOnlyList<string> Sentences)
{
    private const string NotStated = "Not stated.";

    internal static IReadOnlyList<CardSection> Of(RunReport report) => report.Model is null ? [] :
    [
        new("Model details", [.. Details(report, report.Model)]),
        new("Intended use", [report.Statements.IntendedUse ?? NotStated, $"Out of scope: {report.Statements.OutOfScope ?? "not stated."}"]),
        new("Factors", [report.Statements.Factors ?? NotStated, .. Slices(report)]),
        new("Metrics", [.. MetricsOf(report)]),
        new("Evaluation data", [.. EvaluationData(report)]),
        new("Training data", [.. TrainingData(report)]),
        new("Quantitative analyses", [.. Analyses(report)]),
        new("Ethical considerations", [report.Statements.EthicalConsiderations ?? NotStated]),
        new("Caveats and recommendations", [report.Statements.Caveats ?? NotStated, .. report.Limits]),
    ];

    private static IEnumerable<string> Details(RunReport report, ReportedModel model)
    {
        string what = model.Task.IsClassification() ? $"Predicts the class of {model.Target}: {string.Join(", ", model.Classes.Take(12))}{(model.Classes.Count > 12 ? $" and {model.Classes.Count - 12} more" : string.Empty)}."
            : model.Target is string number ? $"Predicts the number {number}."
            : "Predicts no column: it learned from the rows alone.";
        yield return $"{model.AlgorithmTitle}, from {model.FeatureCount} columns. {what}";
        if (model.Summary is string summary)
        {
            yield return summary;
        }

        yield return $"Trained by {model.TrainedBy ?? $"Strata {report.StrataVersion}"}, seed {model.Seed.ToString(CultureInfo.InvariantCulture)}.";
        yield return $"Owner: {report.Statements.Owner ?? "not stated."}";
        yield return $"License: {report.Statements.License ?? "not stated."}";
    }

    private static IEnumerable<string> Slices(RunReport report)
    {
        if (report.WorstSlices.Count > 0)
        {
            yield return $"By the test rows it does clearly worse where {string.Join("; where ", report.WorstSlices.Take(3))}.";
        }
    }

    private static IEnumerable<string> MetricsOf(RunReport report)
    {
        if (report.Evaluation is not Evaluation evaluation)
        {
            yield break;
        }

        string[] names = [.. evaluation.Metrics.Keys.Take(6).Select(name => Metric.All.FirstOrDefault(metric => metric.Name == name)?.Title ?? name)];
        yield return $"{string.Join(", ", names)} and others, on {evaluation.RowCount} rows that the model did not learn from.";
        if (evaluation.Intervals.Count > 0)
        {
            yield return "Intervals of 95% by the bootstrap over rows, over whole groups where these are declared.";
        }
    }

    private static IEnumerable<string> EvaluationData(RunReport report)
    {
        if (report.Kind == ReportKind.Evaluation)
        {
            yield return $"{report.TestRows} rows of {report.Data.Name ?? "a table"}, SHA-256 of its content {report.Data.Fingerprint[..16]}.";
        }

        if (report.Split is string split)
        {
            yield return split;
        }
    }

    private static IEnumerable<string> TrainingData(RunReport report)
    {
        string rows = report.TrainingRows is int count ? $"{count} rows" : "Rows";
        yield return report.Kind == ReportKind.Evaluation ? $"{rows} of another table; see the model's own card." : $"{rows} of {report.Data.Name ?? "a table"} with {report.Data.RowCount} rows and {report.Data.ColumnCount} columns, SHA-256 of its content {report.Data.Fingerprint[..16]}.";
    }

    private static IEnumerable<string> Analyses(RunReport report)
    {
        foreach ((string name, double value) in report.Evaluation?.Metrics.Take(4) ?? [])
        {
            string interval = report.Evaluation!.Intervals.TryGetValue(name, out MetricInterval? found) ? string.Create(CultureInfo.InvariantCulture, $" ({found.Low:0.0000} to {found.High:0.0000})") : string.Empty;
            yield return string.Create(CultureInfo.InvariantCulture, $"{Metric.All.FirstOrDefault(metric => metric.Name == name)?.Title ?? name}: {value:0.0000}{interval}.");
        }

        yield return report.WorstSlices.Count == 0 ? "No slice of one or two conditions was found on which it is clearly worse." : $"{report.WorstSlices.Count} slices on which it is clearly worse are listed above.";
    }
}
