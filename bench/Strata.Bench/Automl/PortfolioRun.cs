namespace Strata.Bench.Automl;

/// <summary>How one candidate did on one table, in folds.</summary>
/// <param name="Table">The table's name.</param>
/// <param name="Candidate">The recipe as text.</param>
/// <param name="Metric">By what it was measured.</param>
/// <param name="Score">Of all out-of-fold predictions together; null where it did not get done.</param>
/// <param name="Seconds">Of all its fits and predictions.</param>
/// <param name="Problem">Why there is no score; null where there is one.</param>
internal sealed record PortfolioRun(string Table, string Candidate, string Metric, double? Score, double Seconds, string? Problem);
