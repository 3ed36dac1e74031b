using System.Text.Json;
using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Neighbors;
using Strata.Tensors;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Neighbors;

public class NearestNeighborsTests
{
    private static readonly FitContext Context = new() { Threads = 2 };
    private static readonly NeighborFixture Fixture = JsonSerializer.Deserialize<NeighborFixture>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Neighbors", "Fixtures", "neighbors.json")), ModelFileJson.Options)!;

    [Fact]
    public void Predictions_are_those_of_scikit_learn()
    {
        Fixture.Cases.Length.ShouldBe(54);
        foreach (NeighborCase given in Fixture.Cases)
        {
            Target target = given.Task switch
            {
                "number" => new NumberTarget("y", Fixture.Numbers),
                "two" => new ClassTarget("y", Fixture.Two, ["a", "b"]),
                _ => new ClassTarget("y", Fixture.Three, ["a", "b", "c"]),
            };
            var recipe = new NearestNeighbors { Neighbors = given.Neighbors, Metric = given.Metric, Weights = given.Weights };

            Predictions said = recipe.Fit(new TrainingTable(FrameOf(Fixture.X), target), Context).Predict(FrameOf(Fixture.Queries));

            said.Values.ShouldBe(given.Said, 1e-6, $"{given}");
        }
    }

    [Theory]
    [InlineData(NeighborMetric.Euclidean, 1)]
    [InlineData(NeighborMetric.Euclidean, 7)]
    [InlineData(NeighborMetric.Manhattan, 7)]
    [InlineData(NeighborMetric.Cosine, 7)]
    [InlineData(NeighborMetric.Euclidean, 37)]
    public void The_search_finds_what_measuring_every_pair_finds(NeighborMetric metric, int columns)
    {
        const int count = 1500, queryCount = 130, most = 10;
        var random = RandomSource.For(3, "points");
        // Far from zero and close together: single precision alone would not tell them apart.
        double[] Draw(int rows) => [.. Enumerable.Range(0, rows * columns).Select(_ => 1e6 + 1e-3 * random.NextGaussian())];
        double[] points = Draw(count), queries = Draw(queryCount);
        queries[0] = 1e12;
        points.AsSpan(0, columns).CopyTo(points.AsSpan(700 * columns));
        points.AsSpan(0, columns).CopyTo(queries.AsSpan(5 * columns));
        var index = new NeighborIndex(points, columns, metric);
        var found = new int[queryCount][];

        index.Search(queries, most, new ParallelOptions { MaxDegreeOfParallelism = 2 }, (query, _, rows) => found[query] = rows.ToArray());

        for (int query = 0; query < queryCount; query++)
        {
            double Distance(int point) => Enumerable.Range(0, columns).Sum(k => Math.Pow(Math.Abs(queries[query * columns + k] - points[point * columns + k]), metric == NeighborMetric.Manhattan ? 1 : 2));
            if (metric == NeighborMetric.Cosine)
            {
                // Rounding decides among nearly equal angles: the found ones must be as near as the nearest.
                double Angle(int point)
                {
                    double product = 0, a = 0, b = 0;
                    for (int k = 0; k < columns; k++)
                    {
                        (double x, double y) = (queries[query * columns + k], points[point * columns + k]);
                        product += x * y;
                        a += x * x;
                        b += y * y;
                    }

                    return 1 - product / Math.Sqrt(a * b);
                }

                double farthest = Enumerable.Range(0, count).Select(Angle).Order().ElementAt(most - 1);
                found[query].Max(Angle).ShouldBeLessThanOrEqualTo(farthest + 1e-14);
            }
            else
            {
                found[query].ShouldBe(Enumerable.Range(0, count).OrderBy(Distance).Take(most), $"query {query}");
            }
        }
    }

    [Fact]
    public void Fewer_rows_than_neighbours_are_all_asked_and_noted()
    {
        TrainingTable table = SampleTables.Numbers(LearningTask.Regression, rows: 4);

        NearestNeighborsModel model = new NearestNeighbors().Fit(table, Context);

        model.Notes.ShouldHaveSingleItem().ShouldContain("4 rows");
        model.Predict(table.Features).Values.ShouldAllBe(value => Math.Abs(value - ((NumberTarget)table.Target).Values.Average()) < 1e-12);
    }

    [Fact]
    public void Half_a_weight_is_half_a_neighbour()
    {
        var features = new Frame(new Float64Column("x", [0, 1, 2]));
        var table = new TrainingTable(features, new NumberTarget("y", [0, 4, 100]), [1, 0.5, 1]);

        double said = new NearestNeighbors { Neighbors = 2 }.Fit(table, Context).Predict(new Frame(new Float64Column("x", [0]))).Values[0];

        said.ShouldBe((0 + 0.5 * 4 + 0.5 * 100) / 2, 1e-12);
    }

    private static Frame FrameOf(double[][] rows) => new(Enumerable.Range(0, rows[0].Length).Select(j => new Float64Column($"x{j}", [.. rows.Select(row => row[j])])));

    private sealed record NeighborFixture(double[][] X, double[][] Queries, double[] Numbers, int[] Two, int[] Three, NeighborCase[] Cases);

    private sealed record NeighborCase(NeighborMetric Metric, NeighborWeights Weights, int Neighbors, string Task, double[] Said);
}
