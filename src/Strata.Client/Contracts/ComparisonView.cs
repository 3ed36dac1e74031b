using System.Text.Json;

namespace Strata.Client.Contracts;

/// <summary>The record of one comparison of algorithms.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="DatasetId">What is learned from.</param>
/// <param name="DatasetName">The name of that dataset.</param>
/// <param name="Preset">The preset that is used, or null.</param>
/// <param name="Plan">What is predicted from what.</param>
/// <param name="Algorithms">What is compared, as it was asked for.</param>
/// <param name="Folds">In how many parts the rows are split.</param>
/// <param name="Metric">What they are ranked by; null for log loss or RMSE.</param>
/// <param name="TimeEach">How many seconds one algorithm may take; null for no limit.</param>
/// <param name="TimeLimit">How many seconds all may take together; null for no limit.</param>
/// <param name="Job">The job that compares.</param>
/// <param name="Best">The best algorithm, when finished; null where none got done.</param>
/// <param name="CreatedAt">When it was asked for.</param>
/// <param name="Project">The id of the project that it belongs to.</param>
public sealed record ComparisonView(
    string Id,
    string Name,
    string DatasetId,
    string DatasetName,
    string? Preset,
    PlanView Plan,
    IReadOnlyList<string> Algorithms,
    int Folds,
    string? Metric,
    double? TimeEach,
    double? TimeLimit,
    JobView Job,
    string? Best,
    DateTimeOffset CreatedAt,
    string Project = "default");

/// <summary>What a comparison came to.</summary>
/// <param name="Metric">What the algorithms are ranked by.</param>
/// <param name="HigherIsBetter">Whether large values of it are good.</param>
/// <param name="Split">How rows were split, in words.</param>
/// <param name="RowCount">Rows with a target.</param>
/// <param name="Algorithms">Those that finished from best to worst, then the others.</param>
/// <param name="Notes">What was left out, one sentence each.</param>
public sealed record ComparisonResult(string Metric, bool HigherIsBetter, string Split, int RowCount, IReadOnlyList<ComparedAlgorithmView> Algorithms, IReadOnlyList<string> Notes);

/// <summary>How one algorithm did on the folds.</summary>
/// <param name="Name">As it was asked for, with its settings.</param>
/// <param name="Algorithm">The algorithm's name.</param>
/// <param name="Hyperparameters">Values in place of its defaults.</param>
/// <param name="Scores">The ranking metric of each finished fold, in order.</param>
/// <param name="Metrics">Every metric over the finished folds, by name.</param>
/// <param name="FitSeconds">Mean time of one fit.</param>
/// <param name="AgainstBest">Its score less the best one's; null for the best one itself and where not all folds are finished.</param>
/// <param name="Problem">Why it did not finish; null where it did.</param>
public sealed record ComparedAlgorithmView(
    string Name,
    string Algorithm,
    IReadOnlyDictionary<string, JsonElement> Hyperparameters,
    IReadOnlyList<double> Scores,
    IReadOnlyDictionary<string, MetricSummaryView> Metrics,
    double FitSeconds,
    DifferenceView? AgainstBest,
    string? Problem);

/// <summary>A metric over folds.</summary>
/// <param name="Mean">Over the folds in which it is defined.</param>
/// <param name="StandardDeviation">Of the folds' values.</param>
/// <param name="FoldCount">In how many folds it is defined.</param>
public sealed record MetricSummaryView(double? Mean, double? StandardDeviation, int FoldCount);

/// <summary>How far two algorithms are apart on the same folds (corrected resampled t-test).</summary>
/// <param name="Mean">The one's value less the other's.</param>
/// <param name="Low">Lower end of the 95% interval.</param>
/// <param name="High">Upper end of the 95% interval.</param>
/// <param name="PValue">The chance of a difference at least this large if there were none, two-sided.</param>
public sealed record DifferenceView(double Mean, double? Low, double? High, double PValue);
