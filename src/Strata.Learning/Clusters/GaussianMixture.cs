using System.Globalization;
using Strata.Learning.Data;

namespace Strata.Learning.Clusters;

/// <summary>
/// Groups rows into overlapping normal distributions by expectation and maximisation (Dempster, Laird and Rubin 1977), begun from k-means. Takes complete
/// numbers only. The result does not depend on the order of the rows; clusters are numbered by their first means.
/// </summary>
public sealed record GaussianMixture : IRecipe<GaussianMixtureModel>
{
    internal const string AlgorithmName = "gaussian_mixture";

    public string Algorithm => AlgorithmName;

    [Hyperparameter("How many normal distributions to mix.", Min = 1, Max = 1000, SearchMin = 1, SearchMax = 20, Aliases = ["n_components"])]
    public int Clusters { get; init; } = 3;

    [Hyperparameter("What the distributions' covariances may be.", Aliases = ["covariance_type"])]
    public MixtureCovariance Covariance { get; init; } = MixtureCovariance.Full;

    [Hyperparameter("What is added to every variance, in the columns' units squared, so that no distribution shrinks to a point.", Min = 0, Max = 1e6, LogScale = true, Advanced = true, Aliases = ["reg_covar"])]
    public double Regularization { get; init; } = 1e-6;

    [Hyperparameter("The most steps.", Min = 1, Max = 1_000_000, Advanced = true)]
    public int MaxIterations { get; init; } = 200;

    [Hyperparameter("It ends when the mean log density of the rows grows by less.", Min = 0, Max = 1, LogScale = true, Advanced = true)]
    public double Tolerance { get; init; } = 1e-4;

    public GaussianMixtureModel Fit(TrainingTable table, FitContext context)
    {
        var rows = ClusterRows.Of(table, context, "A Gaussian mixture");
        int distinct = rows.DistinctCount();
        if (distinct < Clusters)
        {
            throw new DataException($"There are {distinct} different rows, which cannot be {Clusters} clusters; ask for fewer.");
        }

        var start = Lloyd.Best(rows, Clusters, starts: 3, maxIterations: 300, tolerance: 1e-4, context with { Progress = null });
        var steps = new MixtureSteps(rows, Covariance, Regularization, context.ParallelOptions);
        MixtureComponents components = steps.FromNearest(start.Nearest, Clusters);
        double density = double.NegativeInfinity, grown = double.PositiveInfinity;
        int iteration = 0;
        while (iteration < MaxIterations && !(Math.Abs(grown) < Tolerance))
        {
            (MixtureComponents next, double reached) = steps.Improve(components);
            (components, grown, density) = (next, reached - density, reached);
            context.Progress?.Report(new FitProgress(iteration, MaxIterations, new Dictionary<string, double> { ["mean_log_density"] = density }));
            context.Cancellation.ThrowIfCancellationRequested();
            iteration++;
        }

        bool converged = Math.Abs(grown) < Tolerance;
        string note = string.Create(CultureInfo.InvariantCulture, $"The Gaussian mixture stopped after {iteration} steps before it converged: the last grew the mean log density by {grown:0.0e0}, the tolerance is {Tolerance:0.0e0}. Allow more steps.");
        return new GaussianMixtureModel(ModelSignature.Of(table), components, density, iteration, converged, converged ? [] : [note]);
    }
}
