using System.Globalization;
using Strata.Learning.Data;

namespace Strata.Learning.Clusters;

/// <summary>
/// Groups rows around centres, so that the weighted sum of squared distances from them is small: the best of several starts. Takes complete numbers only.
/// The result does not depend on the order of the rows; clusters are numbered by their centres.
/// </summary>
public sealed record KMeans : IRecipe<KMeansModel>
{
    internal const string AlgorithmName = "k_means";

    public string Algorithm => AlgorithmName;

    [Hyperparameter("How many clusters to find.", Min = 1, Max = 10_000, SearchMin = 2, SearchMax = 20, Aliases = ["n_clusters", "k"])]
    public int Clusters { get; init; } = 8;

    [Hyperparameter("How many times to start from other centres; the best result counts.", Min = 1, Max = 1000, Aliases = ["n_init"])]
    public int Starts { get; init; } = 10;

    [Hyperparameter("The most steps of a start.", Min = 1, Max = 1_000_000, Advanced = true)]
    public int MaxIterations { get; init; } = 300;

    [Hyperparameter("A start ends when the centres moved, all together and squared, by no more than this part of the mean variance of a column.", Min = 0, Max = 1, Advanced = true)]
    public double Tolerance { get; init; } = 1e-4;

    public KMeansModel Fit(TrainingTable table, FitContext context)
    {
        var rows = ClusterRows.Of(table, context, "K-means");
        int distinct = rows.DistinctCount();
        if (distinct < Clusters)
        {
            throw new DataException($"There are {distinct} different rows, which cannot be {Clusters} clusters; ask for fewer.");
        }

        var found = Lloyd.Best(rows, Clusters, Starts, MaxIterations, Tolerance, context);
        string note = string.Create(CultureInfo.InvariantCulture, $"K-means stopped after {found.Iterations} steps before its centres stayed; allow more steps.");
        return new KMeansModel(ModelSignature.Of(table), found.Centers, found.Inertia, found.Iterations, found.Converged, found.Converged ? [] : [note]);
    }
}
