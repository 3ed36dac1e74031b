using Strata.Learning.Data;

namespace Strata.Learning.Workflow;

/// <summary>The algorithms that are worth a try where nobody says which, the quickest first.</summary>
public static class UsualAlgorithms
{
    /// <param name="task">What is predicted.</param>
    /// <param name="table">What is learned from.</param>
    public static IReadOnlyList<string> For(LearningTask task, Frame table)
    {
        ArgumentNullException.ThrowIfNull(table);
        string linear = task.IsClassification() ? "logistic_regression" : "ridge";
        var kinds = table.Columns.Select(column => column.Type).ToHashSet();
        return [.. OfArrays(kinds), .. kinds.Any(type => type.IsArray()) ? new[] { linear, "random_forest" } : [linear, "k_nearest_neighbors", "extra_trees", "random_forest", "gradient_boosting", "mlp"]];
    }

    private static IEnumerable<string> OfArrays(HashSet<ColumnType> kinds)
    {
        if (kinds.Count(type => type.IsArray()) > 1)
        {
            yield return "fusion";
        }
        else if (kinds.Contains(ColumnType.Series))
        {
            yield return "minirocket";
            yield return "cnn1d";
        }
        else if (kinds.Contains(ColumnType.Image))
        {
            yield return "cnn2d";
        }
        else if (kinds.Contains(ColumnType.Points))
        {
            yield return "pointnet";
        }
    }
}
