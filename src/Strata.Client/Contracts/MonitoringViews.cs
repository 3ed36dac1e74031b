namespace Strata.Client.Contracts;

/// <summary>What of a deployment's rows and answers is no longer as in training.</summary>
/// <param name="ModelId">The model whose rows were looked at.</param>
/// <param name="Rows">Logged rows that were looked at.</param>
/// <param name="ReferenceRows">Rows of the model's test that they were compared with; 0 when there are none.</param>
/// <param name="Columns">The model's columns, then <c>prediction</c> and, of classes, <c>confidence</c>.</param>
/// <param name="Verdict">In words.</param>
public sealed record DriftView(string ModelId, int Rows, int ReferenceRows, IReadOnlyList<DriftedColumnView> Columns, string Verdict);

/// <summary>How far one column is off.</summary>
/// <param name="Column">Its name.</param>
/// <param name="IsPrediction">Whether it is an answer, not an input.</param>
/// <param name="HasDrifted">Whether it is both certain and large enough to matter.</param>
/// <param name="Stability">The population stability index; 0.1 is usually called small, 0.25 large.</param>
/// <param name="Effect">From 0 to 1 how far apart the distributions are; null where there are too few values.</param>
/// <param name="PValue">By Kolmogorov-Smirnov for numbers, chi-square for levels; null where there are too few values.</param>
/// <param name="AdjustedPValue">After correction for how many columns are looked at (Benjamini-Hochberg).</param>
/// <param name="MissingBefore">The share of missing values in the reference.</param>
/// <param name="MissingNow">The share now.</param>
public sealed record DriftedColumnView(
    string Column, bool IsPrediction, bool HasDrifted, double Stability, double? Effect, double? PValue, double? AdjustedPValue, double MissingBefore, double MissingNow);

/// <summary>How good a model of a deployment is on the rows that it meets.</summary>
/// <param name="ModelId">The model.</param>
/// <param name="Known">Predictions whose outcome is known.</param>
/// <param name="Metrics">Of these: accuracy, log_loss and calibration_error, or mae and rmse.</param>
/// <param name="Reference">The same on the rows that it was tested on when it was trained.</param>
/// <param name="EstimatedAccuracy">Of all logged predictions, told from their confidence alone; null for numbers and where there is no reference.</param>
/// <param name="Estimated">Predictions that the estimate is of.</param>
public sealed record PerformanceView(
    string ModelId, int Known, IReadOnlyDictionary<string, double> Metrics, IReadOnlyDictionary<string, double> Reference, double? EstimatedAccuracy, int Estimated);
