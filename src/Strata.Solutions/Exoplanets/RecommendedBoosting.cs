using System.Text.Json.Nodes;

namespace Strata.Solutions.Exoplanets;

/// <summary>
/// Gradient boosting as it does well on the archive's tables: many small steps, each on half of the columns and most of the rows. The values are the middle of a wide flat
/// region of a grid judged by 5-fold cross-validation by star; the tables are too small to tell its neighbours apart.
/// </summary>
internal static class RecommendedBoosting
{
    public static IReadOnlyDictionary<string, IReadOnlyDictionary<string, JsonNode?>> With(int trees, double learningRate, double l2) => new Dictionary<string, IReadOnlyDictionary<string, JsonNode?>>
    {
        ["gradient_boosting"] = new Dictionary<string, JsonNode?>
        {
            ["trees"] = trees,
            ["learning_rate"] = learningRate,
            ["max_leaves"] = 15,
            ["min_rows_per_leaf"] = 10,
            ["l2"] = l2,
            ["row_fraction"] = 0.8,
            ["column_fraction"] = 0.5,
        },
    };
}
