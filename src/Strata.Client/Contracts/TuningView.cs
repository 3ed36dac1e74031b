using System.Text.Json;

namespace Strata.Client.Contracts;

/// <summary>What a search for good hyperparameters came to.</summary>
/// <param name="Metric">The metric that was tuned for.</param>
/// <param name="Direction">Which of its values are good.</param>
/// <param name="BestTrial">Number of the best trial.</param>
/// <param name="BestValue">Its mean over the folds.</param>
/// <param name="BestHyperparameters">Its hyperparameters.</param>
/// <param name="Folds">How rows were split, in words.</param>
/// <param name="Axes">The hyperparameters that were searched, in order.</param>
/// <param name="Importance">How much of the metric's variation each explains by itself, largest first.</param>
/// <param name="Trials">All trials, by number.</param>
public sealed record TuningView(
    string Metric,
    SearchDirection Direction,
    int BestTrial,
    double BestValue,
    IReadOnlyDictionary<string, JsonElement> BestHyperparameters,
    string Folds,
    IReadOnlyList<ParameterAxisView> Axes,
    IReadOnlyList<ParameterImportanceView> Importance,
    IReadOnlyList<TrialView> Trials);

/// <summary>Which values of a metric are good.</summary>
public enum SearchDirection
{
    Minimize,
    Maximize,
}

/// <summary>A hyperparameter that was searched.</summary>
/// <param name="Parameter">Its name.</param>
/// <param name="Choices">Its choices; empty for a number.</param>
/// <param name="Min">Least value of a number.</param>
/// <param name="Max">Largest value of a number.</param>
/// <param name="IsLogScale">Whether it was searched by factors.</param>
public sealed record ParameterAxisView(string Parameter, IReadOnlyList<string> Choices, double? Min, double? Max, bool IsLogScale);

/// <summary>How much of a metric's variation a hyperparameter explains by itself, from 0 to 1.</summary>
public sealed record ParameterImportanceView(string Parameter, double Share);

/// <summary>A trial of a search.</summary>
/// <param name="Number">0-based.</param>
/// <param name="Status">What became of it.</param>
/// <param name="Value">The metric's mean over folds; null unless completed.</param>
/// <param name="Best">The best value up to it; null before the first.</param>
/// <param name="Hyperparameters">What was tried.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Reason">Why it ended early, or null.</param>
public sealed record TrialView(int Number, TrialStatus Status, double? Value, double? Best, IReadOnlyDictionary<string, JsonElement> Hyperparameters, double Seconds, string? Reason);

/// <summary>What became of a trial.</summary>
public enum TrialStatus
{
    Running,
    Completed,
    Pruned,
    Failed,
    Stopped,
}
