namespace Strata.Learning.Data;

/// <summary>What to do where a learner cannot take arrays.</summary>
internal static class ArrayAdvice
{
    public const string Text = "take an algorithm for series, images or points, make numbers of it by a preparation step such as series_features, or leave the column out.";
}
