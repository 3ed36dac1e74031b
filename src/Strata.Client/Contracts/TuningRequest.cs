namespace Strata.Client.Contracts;

/// <summary>How good hyperparameters are searched before the training; everything left out has a default.</summary>
/// <param name="Method">How points are chosen; null for TPE.</param>
/// <param name="Space">Ranges in place of the algorithm's own, such as <c>trees=50..500:log</c> or <c>growth=leaf_wise|level_wise</c>.</param>
/// <param name="Metric">The metric to tune for; null for log loss or RMSE.</param>
/// <param name="Folds">Into how many folds the training rows are split for each trial; null for 5.</param>
/// <param name="Pruning">Which trials are given up early; null for those behind the median.</param>
/// <param name="PruneBy">What trials are judged by while they run; null for folds.</param>
/// <param name="Trials">How many trials to end; null for 50, or for no limit where there is a time limit.</param>
/// <param name="TimeLimit">Seconds for the search and the last fit together; null for no limit.</param>
/// <param name="MemoryLimit">Megabytes that the worker may take; null for no limit.</param>
/// <param name="Parallel">How many trials to evaluate at once; null for 1.</param>
public sealed record TuningRequest(
    SearchMethod? Method = null,
    IReadOnlyList<string>? Space = null,
    string? Metric = null,
    int? Folds = null,
    PruningMethod? Pruning = null,
    PruneBy? PruneBy = null,
    int? Trials = null,
    double? TimeLimit = null,
    double? MemoryLimit = null,
    int? Parallel = null);

/// <summary>How points of a search are chosen.</summary>
public enum SearchMethod
{
    Tpe,
    CmaEs,
    Random,
    QuasiRandom,
    Grid,
}

/// <summary>Which trials of a search are given up early.</summary>
public enum PruningMethod
{
    None,
    Median,
    SuccessiveHalving,
    Hyperband,
}

/// <summary>What trials are judged by while they run.</summary>
public enum PruneBy
{
    Folds,
    Rounds,
}
