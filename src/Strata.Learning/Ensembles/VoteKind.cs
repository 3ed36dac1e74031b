namespace Strata.Learning.Ensembles;

/// <summary>What members of an ensemble bring together.</summary>
public enum VoteKind
{
    /// <summary>The mean of their probabilities, or of their numbers.</summary>
    Soft,

    /// <summary>Each one's most probable class counts as one vote; for numbers the weighted median.</summary>
    Hard,

    /// <summary>The mean of their log-odds (a geometric mean of probabilities): a member that is sure counts for more. For numbers the same as soft.</summary>
    LogOdds,
}
