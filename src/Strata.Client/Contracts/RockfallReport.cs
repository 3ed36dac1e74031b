namespace Strata.Client.Contracts;

/// <summary>Everything that a training came to. With <c>Accept: text/html</c> it is a page of its own.</summary>
/// <param name="JobId">The job's id.</param>
/// <param name="Status">How the job ended.</param>
/// <param name="CreatedAt">When it was asked for.</param>
/// <param name="Config">What was asked for.</param>
/// <param name="Data">What it learned from.</param>
/// <param name="Model">The model.</param>
/// <param name="Metrics">Metrics of the test rows.</param>
/// <param name="Evaluation">Confusion, curves, calibration, residuals, how sure the metrics are, coverage of intervals or sets, and what may make the model look better than it is.</param>
/// <param name="TrainingCurves">What was measured after each epoch.</param>
/// <param name="Notes">What a reader should know.</param>
/// <param name="FullReport">Where the whole report of the run is: a page with data, leaks, reasons and model card.</param>
public sealed record RockfallReportView(
    string JobId,
    JobStatus Status,
    DateTimeOffset CreatedAt,
    RockfallTrainingRequest Config,
    RockfallDataView Data,
    ModelView Model,
    IReadOnlyDictionary<string, double?> Metrics,
    EvaluationView Evaluation,
    IReadOnlyList<MetricSeries> TrainingCurves,
    IReadOnlyList<string> Notes,
    string FullReport);

/// <summary>What a training learned from.</summary>
/// <param name="DatasetId">The dataset.</param>
/// <param name="DatasetName">Its name.</param>
/// <param name="Rows">Its rows; null when it has been deleted since.</param>
/// <param name="Columns">Its columns; null when it has been deleted since.</param>
/// <param name="Target">The predicted column.</param>
/// <param name="TrainingRows">Rows that were learned from.</param>
/// <param name="TestRows">Rows that the metrics are of.</param>
/// <param name="Split">How they were split, in words.</param>
public sealed record RockfallDataView(string DatasetId, string DatasetName, int? Rows, int? Columns, string? Target, int TrainingRows, int TestRows, string Split);
