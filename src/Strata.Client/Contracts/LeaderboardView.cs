namespace Strata.Client.Contracts;

/// <summary>All that an automatic training tried: the ensemble first, then the candidates from the best to the worst, then those that were not fitted.</summary>
/// <param name="Metric">What decided.</param>
/// <param name="HigherIsBetter">Whether large values of it are good.</param>
/// <param name="Rows">The rows.</param>
public sealed record LeaderboardView(string Metric, bool HigherIsBetter, IReadOnlyList<LeaderboardRowView> Rows);

/// <summary>One candidate, or the ensemble of them; what is not known is null.</summary>
/// <param name="Name">By which a model is made of it.</param>
/// <param name="Recipe">Algorithm and settings; empty for the ensemble.</param>
/// <param name="Layer">From 1; a candidate of the second layer also reads what those of the first predict.</param>
/// <param name="State">What became of it.</param>
/// <param name="Reason">Why it was skipped or failed.</param>
/// <param name="Score">The metric on training rows, each predicted by models that had not seen it.</param>
/// <param name="Low">Lower end of the score's 95% interval.</param>
/// <param name="High">Upper end of it.</param>
/// <param name="FitSeconds">All fits of its folds.</param>
/// <param name="PredictMicroseconds">For predicting a row of many.</param>
/// <param name="Bytes">Of its models.</param>
/// <param name="Weight">Its part in the ensemble's answer.</param>
/// <param name="ErrorCorrelation">Of its errors with the ensemble's: the lower, the more it differs.</param>
/// <param name="TestScore">The metric on the test rows, which chose nothing.</param>
/// <param name="TestLow">Lower end of its 95% interval.</param>
/// <param name="TestHigh">Upper end of it.</param>
public sealed record LeaderboardRowView(
    string Name,
    string Recipe,
    int Layer,
    CandidateState State,
    string? Reason,
    double? Score,
    double? Low,
    double? High,
    double? FitSeconds,
    double? PredictMicroseconds,
    long? Bytes,
    double Weight,
    double? ErrorCorrelation,
    double? TestScore,
    double? TestLow,
    double? TestHigh);

/// <summary>What became of a candidate: part of the ensemble, in the model file without weight, fitted but left out of it, not fitted to the end, or unable to learn.</summary>
public enum CandidateState
{
    Used,
    Kept,
    Left,
    Skipped,
    Failed,
}

/// <summary>How a model made of a candidate is called.</summary>
/// <param name="Name">Null for a name made of both.</param>
public sealed record CandidateRequest(string? Name = null);
