using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Trees;
using Strata.Learning.Trees.Scoring;
using Strata.Tensors;
using Strata.Tensors.Kernels;
using Strata.Testing;
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
    public unsafe void Batches_score_as_row_by_row_walks_to_the_last_bit(bool categories, int valueWidth, int thresholds)
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
            var frame = new Frame(columns);
            double[] expected = OneByOne(trees, frame);
            trees.Compiled.ShouldBeOfType<TreeCircuits>();

            EnsembleScorer.Score(trees, frame, threads: 2).ShouldBe(expected);
            InBlocks(trees, frame, RankedTrees.Of(trees)!).ShouldBe(expected);
            TreeCircuits circuits = TreeCircuits.Of(trees)!;
            InBlocks(trees, frame, circuits, circuits.Add<Bytes128>).ShouldBe(expected);
            InBlocks(trees, frame, circuits, circuits.Add<Bytes256>).ShouldBe(expected);
            InBlocks(trees, frame, circuits, circuits.Add<Bytes512>).ShouldBe(expected);
            var alone = new double[3];
            for (int row = 0; row < rows; row++)
            {
                trees.Score([.. columns.Select(column => column.NumberAt(row))], alone);
                alone.ShouldBe(expected[(3 * row)..(3 * row + 3)]);
            }
        }
    }

    [Fact]
    public void Single_precision_columns_score_as_their_numbers_do()
    {
        var random = new RandomSource(8);
        TreeEnsemble trees = Random(random, categories: false, valueWidth: 1, thresholds: 30);
        float[] grid = [.. trees.Threshold.Select(threshold => (float)threshold), float.NaN];
        var frame = new Frame(Enumerable.Range(0, Features).Select(i => new Float32Column($"x{i}", [.. Enumerable.Range(0, 600).Select(_ => grid[random.NextInt(grid.Length)])])));

        EnsembleScorer.Score(trees, frame, threads: 1).ShouldBe(OneByOne(trees, frame));
    }

    [Fact]
    public void More_levels_than_a_byte_holds_are_walked_unless_few_of_them_differ()
    {
        const int levels = 1000, rows = 3000;
        var random = new RandomSource(4);
        var frame = new Frame(new CategoryColumn("c", [.. Enumerable.Range(0, rows).Select(_ => random.NextInt(levels + 1) - 1)], [.. Enumerable.Range(0, levels).Select(i => $"{i}")]));
        TreeEnsemble few = Stumps(5), many = Stumps(60);

        few.Compiled.ShouldBeOfType<TreeCircuits>();
        EnsembleScorer.Score(few, frame, threads: 1).ShouldBe(OneByOne(few, frame));
        EnsembleScorer.Score(many, frame, threads: 1).ShouldBe(OneByOne(many, frame));

        TreeEnsemble Stumps(int trees)
        {
            var builder = new TreeEnsembleBuilder(1, [0.0]);
            for (int tree = 0; tree < trees; tree++)
            {
                int root = builder.AddLeaf([0], 1, 1), left = builder.AddLeaf([random.NextGaussian()], 1, 1), right = builder.AddLeaf([random.NextGaussian()], 1, 1);
                builder.SplitCategories(root, 0, [.. Enumerable.Range(0, levels).Where(_ => random.NextInt(2) == 0)], tree % 2 == 0, left, right);
                builder.EndTree();
            }

            return builder.Build();
        }
    }

    [Fact]
    public void Codes_that_are_no_level_and_ensembles_without_features_score_as_the_arrays_say()
    {
        TreeEnsemble trees = Random(new RandomSource(12), categories: true, valueWidth: 1, thresholds: 9);
        double[] odd = [-1, -0.5, 0.5, 3.7, 1e6, 1e300, double.PositiveInfinity, double.NegativeInfinity, double.NaN];
        var frame = new Frame(Enumerable.Range(0, Features).Select(i => new Float64Column($"x{i}", [.. Enumerable.Range(0, 90).Select(row => odd[(row + i * row) % odd.Length])])));
        double[] expected = OneByOne(trees, frame), alone = new double[3];

        EnsembleScorer.Score(trees, frame, threads: 1).ShouldBe(expected);
        InBlocks(trees, frame, RankedTrees.Of(trees)!).ShouldBe(expected);
        for (int row = 0; row < 90; row++)
        {
            trees.Score([.. frame.Columns.Select(column => column.NumberAt(row))], alone);
            alone.ShouldBe(expected[(3 * row)..(3 * row + 3)]);
        }

        var builder = new TreeEnsembleBuilder(0, [1]);
        builder.AddLeaf([2], 1, 1);
        builder.EndTree();
        var one = new double[1];
        builder.Build().Score([], one);
        one.ShouldBe([3.0]);
    }

    [Fact]
    public void A_row_is_scored_without_allocating()
    {
        TreeEnsemble trees = Random(new RandomSource(6), categories: true, valueWidth: 3, thresholds: 40);
        double[] row = [0.1, double.NaN, -1, 2, 7], scores = new double[3];
        trees.Score(row, scores);

        Allocations.Of(() =>
        {
            for (int i = 0; i < 1000; i++)
            {
                trees.Score(row, scores);
            }
        }).ShouldBe(0);
    }

    private static double[] OneByOne(TreeEnsemble trees, Frame frame)
    {
        int outputs = trees.OutputCount;
        double[] scores = [.. Enumerable.Range(0, frame.RowCount).SelectMany(_ => trees.BaseScores)];
        for (int row = 0; row < frame.RowCount; row++)
        {
            trees.AddTo(scores.AsSpan(row * outputs, outputs), [.. frame.Columns.Select(column => column.NumberAt(row))]);
        }

        return scores;
    }

    private static unsafe double[] InBlocks(TreeEnsemble trees, Frame frame, CompiledTrees compiled, BlockAdder? add = null)
    {
        int outputs = trees.OutputCount;
        using var room = new AlignedBuffer<byte>(compiled.RoomBytes);
        double[] scores = [.. Enumerable.Range(0, frame.RowCount).SelectMany(_ => trees.BaseScores)];
        for (int from = 0; from < frame.RowCount; from += compiled.BlockRows)
        {
            int count = Math.Min(compiled.BlockRows, frame.RowCount - from);
            (add ?? compiled.Add)(frame, from, count, room.Pointer, scores.AsSpan(from * outputs, count * outputs));
        }

        return scores;
    }

    private unsafe delegate void BlockAdder(Frame rows, int from, int count, byte* room, Span<double> scores);

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
