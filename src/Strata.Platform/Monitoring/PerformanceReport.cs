namespace Strata.Platform.Monitoring;

/// <summary>How good a model of a deployment is on the rows that it meets.</summary>
/// <param name="ModelId">The model.</param>
/// <param name="Known">Predictions whose outcome is known.</param>
/// <param name="Metrics">Of these: accuracy, log_loss and calibration_error, or mae and rmse.</param>
/// <param name="Reference">The same on the rows that it was tested on when it was trained.</param>
/// <param name="EstimatedAccuracy">Of all logged predictions, told from their confidence alone; null for numbers and where there is no reference.</param>
/// <param name="Estimated">Predictions that the estimate is of.</param>
public sealed record PerformanceReport(
    string ModelId, int Known, IReadOnlyDictionary<string, double> Metrics, IReadOnlyDictionary<string, double> Reference, double? EstimatedAccuracy, int Estimated);
