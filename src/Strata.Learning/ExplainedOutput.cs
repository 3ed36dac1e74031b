namespace Strata.Learning;

/// <summary>Which number of a model is explained.</summary>
public enum ExplainedOutput
{
    /// <summary>What a model adds up before probabilities.</summary>
    RawScore,

    /// <summary>The number itself; the probability of class 1, or of each of several classes; an outlier's score; for clusters whether a row belongs to each of them, 1 or 0.</summary>
    Prediction,
}
