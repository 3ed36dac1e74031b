namespace Strata.Learning.Trees;

/// <summary>How a round that learned without <c>k</c> others and those others share their place.</summary>
public enum DropNormalization
{
    /// <summary>The new round counts as one of <c>k + 1</c> (the DART paper; LightGBM).</summary>
    Equal,

    /// <summary>The new round counts for the learning rate beside <c>k</c> (XGBoost).</summary>
    LearningRate,
}
