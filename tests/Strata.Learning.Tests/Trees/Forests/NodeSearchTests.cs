using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Trees;
using Strata.Learning.Trees.Binning;
using Strata.Learning.Trees.Forests;
using Strata.Learning.Trees.Growth;
using Strata.Tensors;
using Xunit;

namespace Strata.Learning.Tests.Trees.Forests;

public sealed class NodeSearchTests
{
    /// <summary>Nodes are searched in three ways by their size; each is compared with the plain definition.</summary>
    [Theory]
    [CombinatorialRows]
    public unsafe void The_best_split_is_that_of_trying_all(int rowCount, int classCount, ImpurityCriterion criterion, bool missing)
    {
        var random = new RandomSource((ulong)(rowCount + 100 * classCount));
        const int binCount = 40;
        FeatureBins bins = FeatureBins.OfCuts(0, [.. Enumerable.Range(0, binCount - 2).Select(i => i + 0.5)]);
        byte[] binOfRow = [.. Enumerable.Range(0, rowCount).Select(_ => (byte)(random.NextInt(binCount - 1) + (missing ? 0 : 1)))];
        double[] weights = [.. Enumerable.Range(0, rowCount).Select(_ => 1.0 + random.NextInt(3))];
        Target target = classCount == 0
            ? new NumberTarget("y", [.. binOfRow.Select(bin => bin % 7 + random.NextGaussian())])
            : new ClassTarget("y", [.. binOfRow.Select(bin => (bin / 9 + random.NextInt(2)) % classCount)], [.. Enumerable.Range(0, classCount).Select(k => $"c{k}")]);
        var forest = new ForestTarget(target, weights.Sum());
        using var rows = new NodeRows(rowCount);
        for (int row = 0; row < rowCount; row++)
        {
            rows.Add(row, weights[row], forest.NodeValue(row, weights[row]));
        }

        using NodeSearch search = NodeSearch.For(forest, new ForestLimits { Criterion = criterion, MinRowsPerLeaf = 3 });
        search.Enter(rows, 0, rowCount);
        Split best = Split.None;
        fixed (byte* column = binOfRow)
        {
            search.Search(0, bins, column, search.OwnScore, random, ref best);
        }

        double Impurity(Func<int, bool> side) => ImpurityOf([.. Enumerable.Range(0, rowCount).Where(side)], weights, target, criterion);
        double SplitImpurity(int bin, bool missingLeft)
        {
            bool Left(int row) => binOfRow[row] == 0 ? missingLeft : binOfRow[row] <= bin;
            double left = Enumerable.Range(0, rowCount).Where(Left).Sum(row => weights[row]);
            return left < 3 || weights.Sum() - left < 3 ? double.PositiveInfinity : Impurity(Left) + Impurity(row => !Left(row));
        }

        double least = (from bin in Enumerable.Range(1, binCount - 1) from left in new[] { false, true } select SplitImpurity(bin, left)).Min();
        best.IsFound.ShouldBeTrue();
        double found = SplitImpurity(best.Bin, best.MissingLeft);
        found.ShouldBe(least, 1e-9 * (1 + Math.Abs(least)));
        double unit = classCount == 0 ? forest.SquaredUnit : 1, half = classCount == 2 && criterion == ImpurityCriterion.Gini ? 2 : 1;
        ((best.Score - search.OwnScore) * unit * half).ShouldBe(Impurity(_ => true) - found, 1e-6 * (1 + Math.Abs(found)));
    }

    [Fact]
    public void Drawn_thresholds_fall_everywhere_between_the_least_and_the_greatest()
    {
        double[] x = [.. Enumerable.Range(0, 11).Select(i => (double)i)];
        var table = new TrainingTable(new Frame(new Float64Column("x", x)), new NumberTarget("y", x));

        TreeEnsemble trees = new ExtraTrees { Trees = 2000, MaxDepth = 1 }.Fit(table, new FitContext { Cancellation = TestContext.Current.CancellationToken }).Trees;

        var counts = Enumerable.Range(0, trees.TreeCount).GroupBy(tree => trees.Threshold[trees.TreeStart[tree]]).ToDictionary(group => group.Key, group => group.Count());
        counts.Keys.Order().ShouldBe([.. Enumerable.Range(0, 10).Select(i => i + 0.5)]);
        counts.Values.ShouldAllBe(count => count > 140 && count < 260);
    }

    private static double ImpurityOf(int[] rows, double[] weights, Target target, ImpurityCriterion criterion)
    {
        double all = rows.Sum(row => weights[row]);
        if (target is NumberTarget numbers)
        {
            double mean = rows.Sum(row => weights[row] * numbers.Values[row]) / all;
            return rows.Sum(row => weights[row] * (numbers.Values[row] - mean) * (numbers.Values[row] - mean));
        }

        var classes = (ClassTarget)target;
        double[] shares = [.. Enumerable.Range(0, classes.Classes.Count).Select(k => rows.Where(row => classes.Codes[row] == k).Sum(row => weights[row]) / all)];
        return all * shares.Where(share => share > 0).Sum(share => criterion == ImpurityCriterion.Entropy ? -share * Math.Log(share) : share * (1 - share));
    }

    private sealed class CombinatorialRowsAttribute : Xunit.v3.DataAttribute
    {
        public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(System.Reflection.MethodInfo testMethod, Xunit.Sdk.DisposalTracker disposalTracker) => new(
        [
            .. from rows in new[] { 11, 50, 64, 300 }
               from classes in new[] { 0, 2, 4 }
               from criterion in Enum.GetValues<ImpurityCriterion>()
               where classes > 0 || criterion == ImpurityCriterion.Gini
               from missing in new[] { false, true }
               select new TheoryDataRow(rows, classes, criterion, missing),
        ]);

        public override bool SupportsDiscoveryEnumeration() => true;
    }
}
