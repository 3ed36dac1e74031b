using Strata.Learning.Data;

namespace Strata.Learning.Metrics;

/// <summary>Rows of numbers by cluster, with the centres of the clusters.</summary>
internal sealed class ClusteredPoints
{
    private readonly double[][] points;
    private readonly int[][] clusters;
    private readonly double[][] centers;

    /// <param name="features">Complete numbers.</param>
    /// <param name="clusters">The rows of each cluster.</param>
    public ClusteredPoints(Frame features, int[][] clusters)
    {
        this.clusters = clusters;
        points = [.. Enumerable.Range(0, features.RowCount).Select(_ => new double[features.ColumnCount])];
        for (int j = 0; j < features.ColumnCount; j++)
        {
            for (int row = 0; row < points.Length; row++)
            {
                points[row][j] = features.Columns[j].NumberAt(row);
            }
        }

        centers = [.. clusters.Select(Mean)];
    }

    /// <summary>
    /// The mean over rows of (b - a) / max(a, b), a the mean distance from the other rows of its cluster, b that from the rows of the nearest other one
    /// (Rousseeuw 1987); 0 for a row that is alone.
    /// </summary>
    /// <param name="every">Only every so many rows of each cluster are looked at.</param>
    public double Silhouette(int every)
    {
        int[][] some = [.. clusters.Select(cluster => cluster.Where((_, i) => i % every == 0).ToArray())];
        double sum = 0;
        for (int own = 0; own < some.Length; own++)
        {
            foreach (int row in some[own])
            {
                double within = 0, other = double.PositiveInfinity;
                for (int k = 0; k < some.Length; k++)
                {
                    double distances = 0;
                    foreach (int to in some[k])
                    {
                        distances += Distance(points[row], points[to]);
                    }

                    if (k == own)
                    {
                        within = some[k].Length > 1 ? distances / (some[k].Length - 1) : double.NaN;
                    }
                    else
                    {
                        other = Math.Min(other, distances / some[k].Length);
                    }
                }

                sum += double.IsNaN(within) || Math.Max(within, other) == 0 ? 0 : (other - within) / Math.Max(within, other);
            }
        }

        return sum / some.Sum(cluster => cluster.Length);
    }

    /// <summary>The mean over clusters of how alike the most alike other one is: the sum of their mean distances from their centres over the distance of the centres (Davies and Bouldin 1979).</summary>
    public double DaviesBouldin()
    {
        double[] spreads = [.. clusters.Select((cluster, k) => cluster.Average(row => Distance(points[row], centers[k])))];
        return Enumerable.Range(0, clusters.Length).Average(k => Enumerable.Range(0, clusters.Length).Where(other => other != k)
            .Max(other => spreads[k] + spreads[other] is double spread && spread == 0 ? 0 : spread / Distance(centers[k], centers[other])));
    }

    /// <summary>Spread between the clusters over spread within them, each by its degrees of freedom (Calinski and Harabasz 1974).</summary>
    public double CalinskiHarabasz()
    {
        int count = clusters.Sum(cluster => cluster.Length);
        double[] center = Mean([.. clusters.SelectMany(cluster => cluster)]);
        double between = clusters.Select((cluster, k) => cluster.Length * Math.Pow(Distance(centers[k], center), 2)).Sum();
        double within = clusters.Select((cluster, k) => cluster.Sum(row => Math.Pow(Distance(points[row], centers[k]), 2))).Sum();
        return within == 0 ? 1 : between * (count - clusters.Length) / (within * (clusters.Length - 1));
    }

    private double[] Mean(int[] rows)
    {
        var mean = new double[points[rows[0]].Length];
        foreach (int row in rows)
        {
            for (int j = 0; j < mean.Length; j++)
            {
                mean[j] += points[row][j] / rows.Length;
            }
        }

        return mean;
    }

    private static double Distance(double[] a, double[] b)
    {
        double sum = 0;
        for (int j = 0; j < a.Length; j++)
        {
            sum += (a[j] - b[j]) * (a[j] - b[j]);
        }

        return Math.Sqrt(sum);
    }
}
