using System.Text.Json;
using Shouldly;
using Strata.Learning.Clusters;
using Strata.Learning.Data;
using Strata.Learning.Metrics;
using Strata.Learning.ModelFiles;
using Xunit;

namespace Strata.Learning.Tests.Clusters;

public class ClusterTests
{
    private static readonly FitContext Context = new() { Threads = 2 };
    private static readonly ClusterFixture Fixture = JsonSerializer.Deserialize<ClusterFixture>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Clusters", "Fixtures", "clusters.json")), ModelFileJson.Options)!;

    private static TrainingTable Table => new(FrameOf(Fixture.X), new NoTarget(Fixture.X.Length, LearningTask.Clustering));

    public static TheoryData<MixtureCovariance> Covariances => [.. Enum.GetValues<MixtureCovariance>()];

    [Fact]
    public void Centres_and_clusters_of_k_means_are_those_of_scikit_learn()
    {
        KMeansModel model = new KMeans { Clusters = 3, Tolerance = 0 }.Fit(Table, Context);

        model.Converged.ShouldBeTrue();
        model.Centers.ShouldBe(Fixture.Centers, 1e-9);
        model.Inertia.ShouldBe(Fixture.Inertia, 1e-8);
        model.Predict(Table.Features).Values.ShouldBe(Fixture.Clusters);
    }

    [Theory]
    [MemberData(nameof(Covariances))]
    public void Mixtures_are_those_of_scikit_learn(MixtureCovariance covariance)
    {
        MixtureCase given = Fixture.Mixtures.Single(one => one.Covariance == covariance);

        GaussianMixtureModel model = new GaussianMixture { Covariance = covariance, Tolerance = 1e-13, MaxIterations = 10_000 }.Fit(Table, Context);
        Predictions said = model.Predict(Table.Features);

        model.MeanLogDensity.ShouldBe(given.MeanLogDensity, 1e-7);
        model.Shares.ShouldBe(given.Shares, 1e-5);
        model.Means.ShouldBe(given.Means, 1e-4);
        said.Values.ShouldBe(given.Clusters);
        said.RawScores.ShouldBe(given.Probabilities, 1e-4);
        said.ClusterMeasure.ShouldBe("probability");
    }

    [Fact]
    public void Core_rows_and_noise_of_dbscan_are_those_of_scikit_learn()
    {
        foreach (ScanCase given in Fixture.Scans)
        {
            DbscanModel model = new Dbscan { Radius = given.Radius, MinRows = given.MinRows }.Fit(Table, Context);
            double[] clusters = model.Predict(Table.Features).Values;

            model.CoreCount.ShouldBe(given.Core.Length);
            model.ClusterCount.ShouldBe(given.Labels.Max() + 1);
            clusters.Select(cluster => cluster < 0).ShouldBe(given.Labels.Select(label => label < 0));
            // The same core rows together, whatever the numbers of the clusters.
            given.Core.Select(row => (clusters[row], given.Labels[row])).Distinct().Count().ShouldBe(model.ClusterCount);
        }
    }

    [Fact]
    public void What_is_said_of_clusters_is_what_scikit_learn_says()
    {
        double[] clusters = [.. Fixture.Clusters.Select(cluster => (double)cluster)];

        Evaluation evaluation = ClusterEvaluation.Of(Predictions.OfClusters(clusters, new double[clusters.Length], areProbabilities: false), Table.Features);

        evaluation.Metrics["silhouette"].ShouldBe(Fixture.Silhouette, 1e-10);
        evaluation.Metrics["davies_bouldin"].ShouldBe(Fixture.DaviesBouldin, 1e-10);
        evaluation.Metrics["calinski_harabasz"].ShouldBe(Fixture.CalinskiHarabasz, 1e-7);
        evaluation.Metrics["clusters"].ShouldBe(3);
    }

    [Fact]
    public void More_clusters_than_different_rows_are_refused()
    {
        var table = new TrainingTable(new Frame(new Float64Column("x", [1, 1, 2, 2])), new NoTarget(4, LearningTask.Clustering));

        Should.Throw<DataException>(() => new KMeans { Clusters = 3 }.Fit(table, Context)).Message.ShouldContain("2 different rows");
        new KMeans { Clusters = 2 }.Fit(table, Context).Inertia.ShouldBe(0);
    }

    [Fact]
    public void A_mixture_that_is_stopped_early_says_so() =>
        new GaussianMixture { MaxIterations = 1, Tolerance = 0 }.Fit(Table, Context).Notes.ShouldHaveSingleItem().ShouldContain("before it converged");

    private static Frame FrameOf(double[][] rows) => new(Enumerable.Range(0, rows[0].Length).Select(j => new Float64Column($"x{j}", [.. rows.Select(row => row[j])])));

    private sealed record ClusterFixture(
        double[][] X, double[] Centers, double Inertia, double[] Clusters, double Silhouette, double DaviesBouldin, double CalinskiHarabasz, MixtureCase[] Mixtures, ScanCase[] Scans);

    private sealed record MixtureCase(MixtureCovariance Covariance, double[] Shares, double[] Means, double MeanLogDensity, double[] Probabilities, double[] Clusters);

    private sealed record ScanCase(double Radius, int MinRows, int[] Labels, int[] Core);
}
