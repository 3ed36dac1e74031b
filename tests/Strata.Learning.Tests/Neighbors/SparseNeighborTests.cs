using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Neighbors;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Neighbors;

/// <summary>Neighbours among sparse rows are those among the same rows in full.</summary>
public class SparseNeighborTests
{
    public static MatrixTheoryData<NeighborMetric, NeighborWeights, LearningTask> Settings => new(
        Enum.GetValues<NeighborMetric>(), Enum.GetValues<NeighborWeights>(), [LearningTask.MulticlassClassification, LearningTask.Regression]);

    [Theory]
    [MemberData(nameof(Settings))]
    public void Answers_are_those_of_the_table_in_full(NeighborMetric metric, NeighborWeights weights, LearningTask task)
    {
        var recipe = new NearestNeighbors { Metric = metric, Weights = weights, Neighbors = 7 };
        // By the cosine a row beside itself is at a distance of rounding, in full as by entries, and answers by distance follow it; of counts both round alike.
        foreach (bool counts in metric == NeighborMetric.Cosine && weights == NeighborWeights.Distance ? new[] { true } : [true, false])
        {
            SparseTables tables = SparseTables.Of(task, counts: counts);
            NearestNeighborsModel sparse = recipe.Fit(tables.Sparse, new FitContext()), full = recipe.Fit(tables.Full, new FitContext());
            double[] expected = full.Predict(tables.Full.Features).Values;

            sparse.Predict(tables.Sparse.Features, threads: 2).Values.ShouldBe(expected, 1e-9);
            sparse.Predict(tables.Full.Features).Values.ShouldBe(expected, 1e-9);
            full.Predict(tables.Sparse.Features).Values.ShouldBe(expected, 1e-12);
            Read(sparse).Predict(tables.Sparse.Features).Values.ShouldBe(sparse.Predict(tables.Sparse.Features).Values);
        }
    }

    [Fact]
    public void Rows_with_another_common_value_than_the_points_are_measured_all_the_same()
    {
        SparseTables tables = SparseTables.Of(LearningTask.Regression);
        NearestNeighborsModel model = new NearestNeighbors().Fit(tables.Sparse, new FitContext());
        var other = new Frame(tables.Full.Features.Columns.Select(column => SparseNumberColumn.Compact(column, column.NumberAt(0))));

        model.Predict(other).Values.ShouldBe(model.Predict(tables.Sparse.Features).Values, 1e-12);
    }

    private static NearestNeighborsModel Read(NearestNeighborsModel model)
    {
        var writer = new ModelWriter();
        model.Write(writer);
        return NearestNeighborsModel.Read(ModelReader.Of(writer));
    }
}
