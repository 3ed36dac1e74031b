using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Trees;
using Strata.Learning.Trees.Binning;
using Strata.Tensors.Kernels;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Trees;

public class SparseTreeTests
{
    [Theory]
    [InlineData(LearningTask.BinaryClassification)]
    [InlineData(LearningTask.Regression)]
    public void Trees_are_those_of_the_same_table_in_full(LearningTask task)
    {
        foreach (bool weighted in new[] { true, false })
        {
            SparseTables tables = SparseTables.Of(task, weighted: weighted);
            foreach (IRecipe recipe in new IRecipe[] { new GradientBoosting { Trees = 20 }, new RandomForest { Trees = 10 } })
            {
                IModel sparse = recipe.Fit(tables.Sparse, new FitContext { Threads = 2 }), full = recipe.Fit(tables.Full, new FitContext { Threads = 2 });

                sparse.Predict(tables.Sparse.Features).Values.ShouldBe(full.Predict(tables.Full.Features).Values);
                full.Predict(tables.Sparse.Features).Values.ShouldBe(full.Predict(tables.Full.Features).Values);
            }
        }
    }

    [Fact]
    public void Very_many_columns_share_the_bins_that_there_are()
    {
        var random = Tensors.RandomSource.For(1, "many columns");
        const int rows = 200, columns = 12_000;
        var frame = new Frame(Enumerable.Range(0, columns).Select(j =>
        {
            int[] entries = [.. Enumerable.Range(0, 10).Select(_ => random.NextInt(rows)).Distinct().Order()];
            return new SparseNumberColumn($"x{j}", rows, entries, [.. entries.Select(_ => 1 + random.NextDouble())]);
        }));
        using var team = new ThreadTeam(1);

        IReadOnlyList<FeatureBins> bins = BinnedTable.FindBins(frame, [.. Enumerable.Range(0, rows)], null, 255, 0, team);
        using BinnedTable table = BinnedTable.Of(frame, bins, team, maySparse: true);

        bins.Max(column => column.BinCount).ShouldBeLessThan(9);
        bins.Min(column => column.BinCount).ShouldBeGreaterThan(2);
        table.Dense.ShouldBeEmpty();
    }
}
