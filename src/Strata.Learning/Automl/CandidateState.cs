namespace Strata.Learning.Automl;

/// <summary>What became of a candidate.</summary>
public enum CandidateState
{
    /// <summary>The model uses it, by its weight or as what a candidate of the second layer reads.</summary>
    Used,

    /// <summary>Fitted and in the model file, but without weight.</summary>
    Kept,

    /// <summary>Fitted, and left out of the model file.</summary>
    Left,

    /// <summary>Not fitted to the end: no time, no memory, or not for such a table.</summary>
    Skipped,

    /// <summary>It could not learn from this table.</summary>
    Failed,
}
