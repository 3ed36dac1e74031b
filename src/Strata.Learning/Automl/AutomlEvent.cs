namespace Strata.Learning.Automl;

/// <summary>A candidate has ended, and how the study stands.</summary>
/// <param name="Candidate">Its name.</param>
/// <param name="Layer">From 1.</param>
/// <param name="State">What came of it.</param>
/// <param name="Score">Of the metric, on rows it had not seen; NaN where there is none.</param>
/// <param name="Best">The best score so far.</param>
/// <param name="Reason">Why it was skipped or failed; null for none.</param>
/// <param name="Done">How many candidates have ended.</param>
/// <param name="Count">How many there will be at the most.</param>
/// <param name="SecondsLeft">Until the limit; infinite where the clock decides nothing.</param>
public sealed record AutomlEvent(string Candidate, int Layer, CandidateState State, double Score, double Best, string? Reason, int Done, int Count, double SecondsLeft)
{
    /// <summary>Its row of the leaderboard as far as that is known before the end.</summary>
    public LeaderboardRow? Row { get; init; }

    /// <summary>What decides.</summary>
    public string Metric { get; init; } = string.Empty;

    /// <summary>Of the metric.</summary>
    public bool HigherIsBetter { get; init; }
}
