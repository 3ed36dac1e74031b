namespace Strata.Learning.Trees;

/// <summary>Which leaf of a growing tree is split next.</summary>
public enum GrowthPolicy
{
    /// <summary>The one that gains most, as LightGBM does.</summary>
    LeafWise,

    /// <summary>The shallowest one, level by level, as XGBoost does.</summary>
    LevelWise,
}
