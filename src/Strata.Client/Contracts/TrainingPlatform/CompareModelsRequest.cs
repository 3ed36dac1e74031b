namespace Strata.Client.Contracts.TrainingPlatform;

/// <summary>Which algorithms to measure on the same folds.</summary>
/// <param name="DatasetId">The dataset to learn from; of a split only its train part is.</param>
/// <param name="Algorithms">Names of the catalog or such as are usual elsewhere.</param>
/// <param name="TargetColumn">The column to predict; null for the one that the dataset suggests.</param>
/// <param name="CvFolds">In how many parts the rows are split; null for 5.</param>
/// <param name="Scoring">What they are ranked by; null for log loss or RMSE.</param>
/// <param name="ScalingMethod">How numbers are scaled, for all alike; null for what suits each.</param>
/// <param name="TimeLimit">Seconds for all together; null for no limit.</param>
/// <param name="RandomState">Where chance starts; null for 0.</param>
/// <param name="Group">The column whose equal values stay together; null for none.</param>
/// <param name="Time">The column that orders rows; null for none.</param>
/// <param name="Name">The comparison's name; null for one made from the target.</param>
/// <param name="AsIs">Whether a derived dataset is learned from as it stands; null for false.</param>
public sealed record CompareModelsRequest(
    string DatasetId,
    IReadOnlyList<string> Algorithms,
    string? TargetColumn = null,
    int? CvFolds = null,
    string? Scoring = null,
    ScalingMethod? ScalingMethod = null,
    double? TimeLimit = null,
    ulong? RandomState = null,
    string? Group = null,
    string? Time = null,
    string? Name = null,
    bool? AsIs = null);

/// <summary>A comparison of algorithms.</summary>
/// <param name="JobId">The job that compares.</param>
/// <param name="ComparisonId">The comparison, under <c>/api/comparisons</c>.</param>
/// <param name="Status">How far it is.</param>
/// <param name="Progress">In per cent.</param>
/// <param name="Error">Why it failed, or null.</param>
/// <param name="DatasetId">What is learned from.</param>
/// <param name="TargetColumn">The column to predict.</param>
/// <param name="Metric">What they are ranked by; null until it is completed, where none was named.</param>
/// <param name="BestModel">The first of the ranking; null until it is completed.</param>
/// <param name="Ranking">The best first, a baseline among them; empty until it is completed.</param>
/// <param name="Notes">One sentence each.</param>
public sealed record ModelComparisonView(
    string JobId,
    string ComparisonId,
    JobStatus Status,
    double Progress,
    string? Error,
    string DatasetId,
    string? TargetColumn,
    string? Metric,
    string? BestModel,
    IReadOnlyList<RankedModelView> Ranking,
    IReadOnlyList<string> Notes);

/// <summary>One algorithm of a comparison.</summary>
/// <param name="Rank">From 1.</param>
/// <param name="Algorithm">Its name in the catalog, with settings.</param>
/// <param name="MeanScore">Over the folds; null where it did not finish.</param>
/// <param name="StdScore">Of the folds.</param>
/// <param name="Scores">Of each fold.</param>
/// <param name="TrainingTimeSeconds">Mean time of one fit.</param>
/// <param name="PValue">The chance of such a difference to the best if there were none; null for the best.</param>
/// <param name="Error">Why it did not finish, or null.</param>
public sealed record RankedModelView(int Rank, string Algorithm, double? MeanScore, double? StdScore, IReadOnlyList<double> Scores, double TrainingTimeSeconds, double? PValue, string? Error);
