using System.Globalization;
using Strata.Learning.Data;

namespace Strata.Learning.Clusters;

/// <summary>
/// Groups rows that dense regions connect, of any shape and number; rows in thin regions are noise (Ester and others 1996). A row is core when the rows
/// within the radius, itself included, weigh enough; core rows within the radius of one another are one cluster, and another row belongs to the nearest
/// core row within the radius. Takes complete numbers only. The result does not depend on the order of the rows.
/// </summary>
public sealed record Dbscan : IRecipe<DbscanModel>
{
    internal const string AlgorithmName = "dbscan";

    public string Algorithm => AlgorithmName;

    [Hyperparameter("How near rows of one cluster are to one another, in the units of the prepared columns; empty for the distance within which nine in ten rows have enough others.", Min = 1e-12, Max = 1e12, SearchMin = 0.05, SearchMax = 5, LogScale = true, Aliases = ["eps", "epsilon"])]
    public double? Radius { get; init; }

    [Hyperparameter("How many rows within the radius, itself included, make a row core.", Min = 1, Max = 1_000_000, SearchMin = 2, SearchMax = 50, Aliases = ["min_samples"])]
    public int MinRows { get; init; } = 5;

    public DbscanModel Fit(TrainingTable table, FitContext context)
    {
        var rows = ClusterRows.Of(table, context, "DBSCAN");
        double radius = Radius ?? UsualRadius.Of(rows, MinRows, context.ParallelOptions);
        var window = new NearWindow(rows.Values, rows.ColumnCount, radius);
        var near = new double[rows.Count];
        RowShares.ForEach(rows.Count, context.ParallelOptions, (_, start, end) =>
        {
            for (int row = start; row < end; row++)
            {
                context.Cancellation.ThrowIfCancellationRequested();
                double weight = 0;
                window.Visit(rows.Row(row), other => weight += rows.Weights[other]);
                near[row] = weight;
            }
        });
        context.Progress?.Report(new FitProgress(0, 2, new Dictionary<string, double> { ["core_rows"] = near.Count(weight => weight >= MinRows) }));
        int[] core = [.. Enumerable.Range(0, rows.Count).Where(row => near[row] >= MinRows)];
        if (core.Length == 0)
        {
            throw new DataException(string.Create(CultureInfo.InvariantCulture, $"No row has {MinRows} rows within {radius}; the most any has is {near.Max():0.###}. Take a larger radius or fewer rows."));
        }

        double[] points = [.. core.SelectMany(row => rows.Row(row).ToArray())];
        string note = string.Create(CultureInfo.InvariantCulture, $"Rows within {radius:G4} of one another are near: nine in ten have {MinRows} rows within that. Give a radius to say it differently.");
        int[] clusters = Connect(points, rows.ColumnCount, radius, context.Cancellation);
        var model = new DbscanModel(ModelSignature.Of(table), points, clusters, radius, Radius is null ? [note] : []);
        context.Progress?.Report(new FitProgress(1, 2, new Dictionary<string, double> { ["clusters"] = model.ClusterCount }));
        context.Cancellation.ThrowIfCancellationRequested();
        return model;
    }

    /// <summary>The cluster of each core row, numbered by their first rows.</summary>
    private static int[] Connect(double[] points, int columns, double radius, CancellationToken cancellation)
    {
        var window = new NearWindow(points, columns, radius);
        var clusters = new int[points.Length / columns];
        clusters.AsSpan().Fill(-1);
        var waiting = new Stack<int>();
        int count = 0;
        for (int first = 0; first < clusters.Length; first++)
        {
            if (clusters[first] >= 0)
            {
                continue;
            }

            clusters[first] = count;
            waiting.Push(first);
            while (waiting.TryPop(out int row))
            {
                cancellation.ThrowIfCancellationRequested();
                window.Visit(points.AsSpan(row * columns, columns), other =>
                {
                    if (clusters[other] < 0)
                    {
                        clusters[other] = count;
                        waiting.Push(other);
                    }
                });
            }

            count++;
        }

        return clusters;
    }
}
