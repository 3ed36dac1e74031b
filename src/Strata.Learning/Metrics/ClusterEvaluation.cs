using Strata.Learning.Data;

namespace Strata.Learning.Metrics;

/// <summary>What can be said of clusters without knowing what is right: how many, how even, and how compact and far apart they are. Definitions are scikit-learn's.</summary>
public static class ClusterEvaluation
{
    private const int MostMeasured = 4000;

    /// <param name="predictions">Clusters of some rows.</param>
    /// <param name="features">The rows as the model saw them: complete numbers.</param>
    public static Evaluation Of(Predictions predictions, Frame features)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(features);
        if (predictions.RowCount == 0)
        {
            throw new DataException("There are no rows to evaluate.");
        }

        int[] rows = [.. Enumerable.Range(0, predictions.RowCount).Where(row => predictions.Values[row] >= 0)];
        var clusters = rows.GroupBy(row => predictions.Values[row]).OrderBy(group => group.Key).Select(group => group.ToArray()).ToArray();
        var metrics = new OrderedDictionary<string, double>(StringComparer.Ordinal)
        {
            ["clusters"] = clusters.Length,
            ["noise_share"] = 1 - rows.Length / (double)predictions.RowCount,
            ["largest_cluster_share"] = clusters.Max(cluster => (int?)cluster.Length) / (double)predictions.RowCount ?? 0,
        };
        var notes = new List<string>();
        if (rows.Length < predictions.RowCount)
        {
            notes.Add($"{predictions.RowCount - rows.Length} of {predictions.RowCount} rows are noise and are not counted in silhouette, Davies-Bouldin and Calinski-Harabasz.");
        }

        if (clusters.Length < 2 || clusters.Length >= rows.Length)
        {
            notes.Add("Silhouette, Davies-Bouldin and Calinski-Harabasz need at least two clusters, and fewer than rows.");
        }
        else
        {
            var points = new ClusteredPoints(features, clusters);
            int every = (rows.Length + MostMeasured - 1) / MostMeasured;
            metrics["silhouette"] = points.Silhouette(every);
            metrics["davies_bouldin"] = points.DaviesBouldin();
            metrics["calinski_harabasz"] = points.CalinskiHarabasz();
            if (every > 1)
            {
                notes.Add($"The silhouette is the mean over every {every}th row of a cluster, measured against all rows of the same choice.");
            }
        }

        foreach (string name in metrics.Keys.Where(name => !double.IsFinite(metrics[name])).ToArray())
        {
            metrics.Remove(name);
            notes.Add($"Undefined on these rows: {name}.");
        }

        return new Evaluation { Task = LearningTask.Clustering, RowCount = predictions.RowCount, Classes = [], Metrics = metrics, Notes = notes };
    }
}
