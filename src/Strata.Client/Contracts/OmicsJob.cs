namespace Strata.Client.Contracts;

/// <summary>A job of the omics framework.</summary>
/// <param name="JobId">The job's id.</param>
/// <param name="Kind">What it does: <c>train</c>, <c>automl</c>, <c>tune</c> ..</param>
/// <param name="Status">How far its life is.</param>
/// <param name="Progress">Per cent done, 0 to 100.</param>
/// <param name="CurrentStep">What it does just now, for people.</param>
/// <param name="CreatedAt">When it was asked for.</param>
/// <param name="StartedAt">When its latest attempt started, or null.</param>
/// <param name="CompletedAt">When it ended, or null.</param>
/// <param name="Error">Why it failed, else null.</param>
/// <param name="RunId">The run that it carries out; null for other jobs.</param>
/// <param name="ModelId">The model, when completed.</param>
/// <param name="BestModel">Of automl the candidate that is best by itself, when completed.</param>
/// <param name="Metrics">Metrics of the test rows; null until it is completed.</param>
/// <param name="Leaderboard">Of automl all that was tried; while it runs the candidates that have ended, without the ensemble. Null for others, and before the first has ended.</param>
/// <param name="Notes">What a reader of the result should know.</param>
public sealed record OmicsJobView(
    string JobId,
    string Kind,
    JobStatus Status,
    double Progress,
    string CurrentStep,
    DateTimeOffset CreatedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? CompletedAt,
    string? Error,
    string? RunId,
    string? ModelId,
    string? BestModel,
    IReadOnlyDictionary<string, double?>? Metrics,
    LeaderboardView? Leaderboard,
    IReadOnlyList<string> Notes);
