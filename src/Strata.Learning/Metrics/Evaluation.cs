using Strata.Learning.Data;

namespace Strata.Learning.Metrics;

/// <summary>Precision, recall and F1 of one class; support is the sum of its rows' weights.</summary>
public sealed record ClassReport(string Class, double Precision, double Recall, double F1, double Support);

/// <summary>Everything that is shown about predictions whose truth is known. Parts that do not fit the task are empty.</summary>
public sealed record Evaluation
{
    public required LearningTask Task { get; init; }

    public required int RowCount { get; init; }

    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>Metric name to value, in the table's order; a metric that is undefined on these rows is left out and noted.</summary>
    public required IReadOnlyDictionary<string, double> Metrics { get; init; }

    /// <summary>[true class][predicted class], sums of weights.</summary>
    public double[][] Confusion { get; init; } = [];

    public IReadOnlyList<ClassReport> PerClass { get; init; } = [];

    /// <summary>One for class 1 of two, one for each against the rest of several; classes without rows, or without others, have none.</summary>
    public IReadOnlyList<RocCurve> RocCurves { get; init; } = [];

    public IReadOnlyList<PrecisionRecallCurve> PrecisionRecallCurves { get; init; } = [];

    public IReadOnlyList<CalibrationCurve> Calibration { get; init; } = [];

    /// <summary>For two classes: what each threshold on the probability of class 1 would give.</summary>
    public IReadOnlyList<ThresholdPoint> Thresholds { get; init; } = [];

    public Residuals? Residuals { get; init; }

    /// <summary>For outlier detection, else null.</summary>
    public OutlierScores? OutlierScores { get; init; }

    /// <summary>How often intervals or sets held the truth; null where the predictions have none.</summary>
    public RegionCoverage? Regions { get; init; }

    /// <summary>Where each metric lies with 95% certainty, by the bootstrap; empty where not asked for.</summary>
    public IReadOnlyDictionary<string, MetricInterval> Intervals { get; init; } = new Dictionary<string, MetricInterval>();

    /// <summary>Sentences about what could not be measured.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Measures predictions against the truth.</summary>
    /// <param name="predictions">One a row.</param>
    /// <param name="target">The truth; classes are matched by name.</param>
    /// <param name="weights">Non-negative weight a row, or null for one each.</param>
    /// <param name="groups">The declared group of each row: the query for metrics of their order, and whom intervals and sets cover; null for none.</param>
    /// <param name="further">Metrics to measure beside the usual ones; null for none.</param>
    /// <param name="groupNames">The groups' names by code; null to number them.</param>
    /// <exception cref="DataException">Counts or classes do not fit, a prediction is not a number, there are no rows, or a further metric does not measure them.</exception>
    public static Evaluation Of(Predictions predictions, Target target, double[]? weights = null, int[]? groups = null, IReadOnlyList<Metric>? further = null, IReadOnlyList<string>? groupNames = null)
    {
        var rows = ScoredRows.Of(predictions, target, weights, groups);
        (IReadOnlyDictionary<string, double> metrics, IReadOnlyList<string> notes) = Measure(rows, further);
        var evaluation = new Evaluation { Task = rows.Task, RowCount = rows.Count, Classes = predictions.Classes, Metrics = metrics, Notes = notes, Regions = RegionCoverage.Of(predictions, rows, groupNames) };
        return rows is ScoredClasses classes
            ? evaluation.WithClasses(classes)
            : evaluation with { Residuals = Residuals.Of((ScoredNumbers)rows) };
    }

    /// <summary>Only the metrics, without curves.</summary>
    internal static IReadOnlyDictionary<string, double> MetricsOf(Predictions predictions, Target target, double[]? weights) => Measure(ScoredRows.Of(predictions, target, weights), null).Metrics;

    private static (IReadOnlyDictionary<string, double> Metrics, IReadOnlyList<string> Notes) Measure(ScoredRows rows, IReadOnlyList<Metric>? further)
    {
        var metrics = new OrderedDictionary<string, double>(StringComparer.Ordinal);
        var undefined = new List<string>();
        IEnumerable<Metric> usual = Metric.For(rows.Task).Where(metric => rows is not ScoredClasses { ClassCount: int classes } || classes >= metric.LeastClasses);
        foreach (Metric metric in usual.Concat(further ?? []).DistinctBy(metric => metric.Name))
        {
            double value = metric.Of(rows);
            if (double.IsFinite(value))
            {
                metrics.Add(metric.Name, value);
            }
            else if (!metric.IsSpecial)
            {
                undefined.Add(metric.Name);
            }
        }

        return (metrics, undefined.Count == 0 ? [] : [$"Undefined on these rows: {string.Join(", ", undefined)}."]);
    }

    private Evaluation WithClasses(ScoredClasses rows)
    {
        int mostPoints = Math.Clamp(5000 / rows.ClassCount, 50, 500);
        int[] drawn = [.. rows.CurveClasses.Where(code => rows.Ranked(code) is { Positives: > 0, Negatives: > 0 })];
        ConfusionMatrix confusion = rows.Confusion;
        return this with
        {
            Confusion = confusion.Counts,
            PerClass = [.. Classes.Select((name, code) => new ClassReport(name, confusion.Precision(code), confusion.Recall(code), confusion.F1(code), confusion.TrueTotals[code]))],
            RocCurves = [.. drawn.Select(code => RocCurve.Of(Classes[code], rows.Ranked(code), mostPoints))],
            PrecisionRecallCurves = [.. drawn.Select(code => PrecisionRecallCurve.Of(Classes[code], rows.Ranked(code), mostPoints))],
            Calibration = [.. rows.CurveClasses.Select(code => CalibrationCurve.Of(Classes[code], rows, code))],
            Thresholds = rows.Task == LearningTask.BinaryClassification ? ThresholdPoint.Of(rows.Ranked(1)) : [],
        };
    }
}
