using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Losses;
using Strata.Learning.Trees;
using Strata.Learning.Trees.Binning;
using Strata.Learning.Trees.Growth;
using Strata.Tensors;
using Strata.Tensors.Kernels;
using Xunit;

namespace Strata.Learning.Tests.Trees.Growth;

/// <summary>Keeping nearly constant columns as lists must change nothing but time.</summary>
public sealed unsafe class SparseColumnsTests
{
    private static readonly ulong Seed = 11;

    /// <summary>One-hot codes of three categories, columns that are mostly zero or mostly missing, a category with one common level and, where asked for, two full columns.</summary>
    private static Frame Table(int rows, bool withFull)
    {
        var random = new RandomSource(Seed);
        var columns = new List<Column>();
        foreach (int levels in new[] { 8, 9, 30 })
        {
            int[] codes = [.. Enumerable.Range(0, rows).Select(_ => random.NextInt(levels))];
            columns.AddRange(Enumerable.Range(0, levels).Select(level => new Float32Column($"c{levels}={level}", [.. codes.Select(code => code == level ? 1f : 0f)])));
        }

        if (withFull)
        {
            columns.Insert(3, new Float64Column("full", [.. Enumerable.Range(0, rows).Select(_ => random.NextGaussian())]));
            columns.Add(new Float64Column("steps", [.. Enumerable.Range(0, rows).Select(_ => random.NextInt(4) == 0 ? double.NaN : random.NextInt(7))]));
        }

        columns.Add(new Float64Column("counts", [.. Enumerable.Range(0, rows).Select(_ => random.NextInt(8) == 0 ? random.NextInt(300) : 0.0)]));
        columns.Add(new Float64Column("rarely measured", [.. Enumerable.Range(0, rows).Select(_ => random.NextInt(10) == 0 ? random.NextGaussian() : double.NaN)]));
        columns.Add(new Float64Column("seldom known", [.. Enumerable.Range(0, rows).Select(_ => random.NextInt(9) == 0 ? 1 : double.NaN)]));
        columns.Add(new Float64Column("flag", [.. Enumerable.Range(0, rows).Select(_ => random.NextInt(15) switch { 0 => double.NaN, 1 => 0.0, _ => 1 })]));
        columns.Add(new CategoryColumn("place", [.. Enumerable.Range(0, rows).Select(_ => random.NextInt(7) == 0 ? random.NextInt(8) - 1 : 2)], [.. "abcdefg".Select(c => c.ToString())]));
        return new Frame(columns);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(true, 2)]
    [InlineData(false, 1)]
    [InlineData(false, 3)]
    public void The_trees_are_those_of_full_columns(bool withFull, int threads)
    {
        foreach (int rows in new[] { 500, 9_000, 90_000 })
        {
            Frame frame = Table(rows, withFull);
            using var team = new ThreadTeam(threads);
            int[] all = [.. Enumerable.Range(0, rows)];
            IReadOnlyList<FeatureBins> bins = BinnedTable.FindBins(frame, all, null, 255, Seed, team);
            using BinnedTable full = BinnedTable.Of(frame, bins, team), sparse = BinnedTable.Of(frame, bins, team, maySparse: true);
            full.Sparse.ShouldBeNull();
            sparse.Sparse!.Columns.Count.ShouldBeGreaterThan(35);
            sparse.Sparse.SingleCount.ShouldBeGreaterThan(30);
            sparse.Dense.Length.ShouldBe(withFull ? 2 : 0);
            int[] drawn = [.. all.Where(row => row % 5 != 0)];
            var limits = new GrowthLimits { MaxLeaves = 60, MinRowsPerLeaf = 10, Categories = new CategoryLimits { MinRowsPerGroup = 5, Smoothing = 1 } };
            foreach (GrowthLimits tried in new[] { limits, limits with { MaxDeltaStep = 0.5 }, limits with { ColumnFractionPerNode = 0.4, L1 = 0.5 } })
            {
                foreach (string monotone in new[] { string.Empty, "counts:+1,c30=3:-1" })
                {
                    GrowthConstraints constraints = GrowthConstraints.Of(monotone, string.Empty, frame, bins);

                    string[] expected = Grown(full, drawn, tried, constraints, team), actual = Grown(sparse, drawn, tried, constraints, team);

                    expected.Length.ShouldBeGreaterThan(30);
                    actual.ShouldBe(expected);
                    Grown(sparse, drawn, tried with { HistogramBytes = 20_000 }, constraints, team).ShouldBe(expected, "with little memory for histograms");
                }
            }
        }
    }

    [Fact]
    public void A_fit_on_codes_of_categories_walks_rows_that_it_did_not_draw_and_stops_early_as_on_full_columns()
    {
        Frame frame = Table(3_000, withFull: true);
        var random = new RandomSource(3);
        double[] effect = [.. Enumerable.Range(0, frame.ColumnCount).Select(_ => random.NextGaussian())];
        double[] y = [.. Enumerable.Range(0, 3_000).Select(row => frame.Columns.Take(44).Select((column, i) => double.IsNaN(column.NumberAt(row)) ? 0 : effect[i] * column.NumberAt(row)).Sum())];
        var table = new TrainingTable(frame, new NumberTarget("y", y));
        FitProgress? last = null;
        var recipe = new GradientBoosting { Trees = 40, LearningRate = 0.2, RowFraction = 0.6 };
        var context = new FitContext { Seed = 2, Threads = 2, Cancellation = TestContext.Current.CancellationToken, Watched = table, Progress = new Each(report => last = report) };

        double[] predicted = recipe.Fit(table, context).Predict(frame).Values;

        double error = Math.Sqrt(predicted.Zip(y, (a, b) => (a - b) * (a - b)).Average());
        last!.Metrics["train_rmse"].ShouldBe(error, 1e-4);
        last.Metrics["watched_rmse"].ShouldBe(error, 1e-4);
        error.ShouldBeLessThan(0.5 * Math.Sqrt(y.Select(value => (value - y.Average()) * (value - y.Average())).Average()));
    }

    [Fact]
    public void Tables_with_few_sparse_columns_stay_full()
    {
        var random = new RandomSource(5);
        var frame = new Frame(Enumerable.Range(0, 30).Select(i => new Float64Column($"x{i}", [.. Enumerable.Range(0, 2_000).Select(_ => i < 8 && random.NextInt(10) > 0 ? 0 : random.NextGaussian())])));
        using var team = new ThreadTeam(1);

        using BinnedTable table = BinnedTable.Of(frame, BinnedTable.FindBins(frame, [.. Enumerable.Range(0, 2_000)], null, 255, Seed, team), team, maySparse: true);

        table.Sparse.ShouldBeNull();
    }

    /// <summary>The nodes of a tree grown on random derivatives, and where some rows end.</summary>
    private static string[] Grown(BinnedTable table, int[] rows, GrowthLimits limits, GrowthConstraints constraints, ThreadTeam team)
    {
        var random = new RandomSource(9);
        var packing = GradientPacking.For(new LogLoss(), DerivativeWeights.Of([1, 1]));
        using var words = new AlignedBuffer<long>(table.RowCount);
        for (int row = 0; row < table.RowCount; row++)
        {
            int signal = table.BinAt(row, 0) + table.BinAt(row, 45) % 3 - table.BinAt(row, table.ColumnCount - 1);
            words.Span[row] = ((long)(random.NextInt(20_001) - 10_000 + 2_000 * signal) << packing.Shift) + 1 + random.NextInt(8_000);
        }

        using var grower = new TreeGrower(table, RowWeights.Ones, limits, constraints, team);
        GrownTree tree = grower.Grow(rows, words.Pointer, packing, new RandomSource(4), TestContext.Current.CancellationToken);
        string Of(GrownNode node, int index) =>
            $"{node.Column} {node.Bin} {node.MissingLeft} {node.Left} {node.Right} {node.Gain:R} {node.Cover:R} {node.RowCount} {tree.Values(index)[0]:R} {string.Concat(Enumerable.Range(0, 256).Select(bin => node.LeftBins.Contains(bin) ? 1 : 0))}";
        return [.. tree.Nodes.Select(Of), .. Enumerable.Range(0, 200).Select(row => $"{tree.LeafOf(table, row)}")];
    }

    private sealed class Each(Action<FitProgress> action) : IProgress<FitProgress>
    {
        public void Report(FitProgress value) => action(value);
    }
}
