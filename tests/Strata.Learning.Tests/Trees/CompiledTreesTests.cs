using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Trees;
using Strata.Tensors;
using Xunit;

namespace Strata.Learning.Tests.Trees;

public sealed class CompiledTreesTests
{
    private const int Features = 5, Levels = 70;

    /// <summary>Random trees over numbers (features 0 to 3) and, if asked, a category (feature 4).</summary>
    private static TreeEnsemble Random(RandomSource random, bool categories, int valueWidth, int thresholds)
    {
        double[] grid = [double.PositiveInfinity, double.NegativeInfinity, 0, .. Enumerable.Range(0, thresholds).Select(_ => random.NextGaussian())];
        var builder = new TreeEnsembleBuilder(Features, [.. Enumerable.Range(0, 3).Select(_ => random.NextGaussian())], valueWidth);
        double[] Values() => [.. Enumerable.Range(0, valueWidth).Select(_ => random.NextGaussian())];
        for (int tree = 0; tree < 12; tree++)
        {
            var open = new List<int> { builder.AddLeaf(Values(), 1, 1) };
            for (int split = random.NextInt(60); split > 0; split--)
            {
                int at = random.NextInt(open.Count), node = open[at], left = builder.AddLeaf(Values(), 1, 1), right = builder.AddLeaf(Values(), 1, 1);
                bool missingLeft = random.NextInt(2) == 0;
                if (categories && random.NextInt(3) == 0)
                {
                    builder.SplitCategories(node, 4, [.. Enumerable.Range(0, Levels).Where(_ => random.NextInt(2) == 0)], missingLeft, left, right);
                }
                else
                {
                    builder.Split(node, random.NextInt(4), grid[random.NextInt(grid.Length)], missingLeft, left, right);
                }

                open.RemoveAt(at);
                open.AddRange([left, right]);
            }

            builder.EndTree(valueWidth == 3 ? 0 : random.NextInt(3));
        }

        return builder.Build();
    }

    [Theory]
    [InlineData(false, 1, 40)]
    [InlineData(true, 1, 40)]
    [InlineData(false, 3, 40)]
    [InlineData(true, 3, 3)]
    [InlineData(false, 1, 2000)]
    public void Batches_score_as_row_by_row_walks_to_the_last_bit(bool categories, int valueWidth, int thresholds)
    {
        var random = new RandomSource(3);
        for (int trial = 0; trial < 6; trial++)
        {
            TreeEnsemble trees = Random(random, categories, valueWidth, thresholds);
            const int rows = 700;
            double[] splits = [.. trees.Threshold.Where((_, node) => !trees.IsLeaf(node)), 0, -0.0];
            double Draw() => random.NextInt(6) switch
            {
                0 => double.NaN,
                1 => splits[random.NextInt(splits.Length)],
                2 => random.NextInt(2) == 0 ? double.PositiveInfinity : double.NegativeInfinity,
                _ => random.NextGaussian(),
            };
            Column[] columns =
            [
                .. Enumerable.Range(0, 4).Select(i => new Float64Column($"x{i}", [.. Enumerable.Range(0, rows).Select(_ => Draw())])),
                new CategoryColumn("c", [.. Enumerable.Range(0, rows).Select(_ => random.NextInt(Levels + 20) - 1)], [.. Enumerable.Range(0, Levels + 20).Select(i => $"{i}")]),
            ];
            trees.Compiled.ShouldNotBeNull();

            double[] batch = EnsembleScorer.Score(trees, new Frame(columns), threads: 2);

            var one = new double[3];
            for (int row = 0; row < rows; row++)
            {
                trees.Score([.. columns.Select(column => column.NumberAt(row))], one);
                batch.AsSpan(row * 3, 3).SequenceEqual(one).ShouldBeTrue($"row {row}: {string.Join(" ", one)}");
            }
        }
    }

    [Fact]
    public void Trees_with_more_thresholds_than_sixteen_bits_hold_are_walked_one_by_one()
    {
        const int splits = 70_000;
        var builder = new TreeEnsembleBuilder(1, [0.0]);
        int node = builder.AddLeaf([0], 1, 1);
        for (int i = 0; i < splits; i++)
        {
            int left = builder.AddLeaf([i], 1, 1), right = builder.AddLeaf([i + 1], 1, 1);
            builder.Split(node, 0, i, missingGoesLeft: true, left, right);
            if (i % 1000 == 999)
            {
                builder.EndTree();
                node = builder.AddLeaf([0], 1, 1);
            }
            else
            {
                node = right;
            }
        }

        builder.EndTree();
        TreeEnsemble trees = builder.Build();
        trees.Compiled.ShouldBeNull();

        double[] scores = EnsembleScorer.Score(trees, new Frame(new Float64Column("x", [.. Enumerable.Range(0, 100).Select(i => (double)i * 700)])), threads: 1);

        var one = new double[1];
        trees.Score([700.0], one);
        scores[1].ShouldBe(one[0]);
    }
}
