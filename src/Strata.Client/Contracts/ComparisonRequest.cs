namespace Strata.Client.Contracts;

/// <summary>Which algorithms to measure on the same folds of a dataset; what is left out has a default.</summary>
/// <param name="DatasetId">The dataset to learn from.</param>
/// <param name="Plan">What to predict from what: target, columns, group, time, preparation, calibration, seed. Its algorithm, hyperparameters, test size and intervals are left aside.</param>
/// <param name="Algorithms">Names, with settings in brackets if need be: <c>gradient_boosting(trees=200)</c>. A baseline is added.</param>
/// <param name="Folds">In how many parts the rows are split, the same for all; null for 5.</param>
/// <param name="Metric">What they are ranked by; null for log loss or RMSE.</param>
/// <param name="TimeEach">How many seconds one algorithm may take over all folds; null for no limit.</param>
/// <param name="TimeLimit">How many seconds all may take together; null for no limit.</param>
/// <param name="Name">The comparison's name; null for one made from the target.</param>
/// <param name="Preset">A preset that fills in what the plan leaves open, and whose leaking columns are dropped; null for none.</param>
/// <param name="Priority">Which of your jobs goes first; null for normal.</param>
/// <param name="After">Ids of jobs that must complete before it starts; where one fails or is cancelled, so is this one. Null for none.</param>
/// <param name="AsIs">Whether a derived dataset is learned from as it stands; else its steps are fitted again, on training rows only. Null for false.</param>
public sealed record ComparisonRequest(
    string DatasetId,
    PlanRequest Plan,
    IReadOnlyList<string> Algorithms,
    int? Folds = null,
    string? Metric = null,
    double? TimeEach = null,
    double? TimeLimit = null,
    string? Name = null,
    string? Preset = null,
    JobPriority? Priority = null,
    IReadOnlyList<string>? After = null,
    bool? AsIs = null);
