using Shouldly;
using Strata.Learning.Clusters;
using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Tensors;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Clusters;

public abstract class ClusterContract() : RecipeContract(LearningTask.Clustering)
{
    protected override bool NeedsCompleteNumbers => true;

    /// <summary>Three round crowds, the rows of one after another's.</summary>
    protected override TrainingTable Sample
    {
        get
        {
            var random = RandomSource.For(4, "crowds");
            double[][] centers = [[0, 0, 0], [6, 1, -2], [-3, 7, 4]];
            double[][] columns = [.. Enumerable.Range(0, 3).Select(j => Enumerable.Range(0, 300).Select(row => centers[row % 3][j] + random.NextGaussian()).ToArray())];
            return new TrainingTable(new Frame(columns.Select((column, j) => new Float64Column($"x{j}", column))), new NoTarget(300, LearningTask.Clustering));
        }
    }

    protected override IModel Read(ModelReader reader) => Catalog.Algorithms.Named(Recipe.Algorithm).ReadModel(reader);

    /// <summary>There is no target to be better than a constant at: rows it never saw go to the crowd they were drawn from.</summary>
    [Fact]
    public override void It_learns_more_than_the_best_constant()
    {
        int[] rows = [.. Enumerable.Range(0, Sample.RowCount)];
        IModel model = Fit(Sample.Take(rows.AsSpan(0, 200)));
        double[] clusters = model.Predict(Sample.Features.Take(rows.AsSpan(200))).Values;

        for (int crowd = 0; crowd < 3; crowd++)
        {
            double[] own = [.. clusters.Where((cluster, i) => cluster >= 0 && (200 + i) % 3 == crowd)];
            own.GroupBy(cluster => cluster).Max(group => group.Count()).ShouldBeGreaterThan((int)(0.95 * own.Length));
        }

        clusters.Where(cluster => cluster >= 0).Distinct().Count().ShouldBe(3);
    }
}

public sealed class KMeansOnCrowds : ClusterContract
{
    protected override IRecipe Recipe => new KMeans { Clusters = 3 };
}

public sealed class GaussianMixtureOnCrowds : ClusterContract
{
    protected override IRecipe Recipe => new GaussianMixture();
}

public sealed class SphericalMixtureOnCrowds : ClusterContract
{
    protected override IRecipe Recipe => new GaussianMixture { Covariance = MixtureCovariance.Spherical };
}

public sealed class DbscanOnCrowds : ClusterContract
{
    protected override IRecipe Recipe => new Dbscan { Radius = 1.3 };
}
