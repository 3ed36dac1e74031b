using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Trees;
using Strata.Tensors;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Trees.Growth;

/// <summary>In which order trees grow, and what bounds them.</summary>
public sealed class GrowthTests
{
    private static FitContext Context => new() { Seed = 3, Threads = 2, Cancellation = TestContext.Current.CancellationToken };

    private static TreeEnsemble TreesOf(GradientBoosting recipe, TrainingTable table, int threads = 2) => recipe.Fit(table, Context with { Threads = threads }).Trees;

    /// <summary>The depth of each node of a one-tree ensemble.</summary>
    private static int[] Depths(TreeEnsemble trees)
    {
        var depths = new int[trees.NodeCount];
        for (int node = 0; node < trees.NodeCount; node++)
        {
            if (trees.Left[node] > 0)
            {
                depths[trees.Left[node]] = depths[trees.Right[node]] = depths[node] + 1;
            }
        }

        return depths;
    }

    private static int Leaves(TreeEnsemble trees) => (trees.NodeCount + trees.TreeCount) / 2;

    [Fact]
    public void Level_wise_growth_finishes_a_depth_before_the_next()
    {
        TrainingTable table = SampleTables.Numbers(LearningTask.Regression, 3_000);
        var recipe = new GradientBoosting { Trees = 1, Growth = GrowthPolicy.LevelWise, MaxLeaves = 0, MaxDepth = 5 };

        int[] all = Depths(TreesOf(recipe, table)), some = Depths(TreesOf(recipe with { MaxLeaves = 21 }, table)), leafWise = Depths(TreesOf(recipe with { MaxLeaves = 21, MaxDepth = 0, Growth = GrowthPolicy.LeafWise }, table));

        all.ShouldBe([.. all.Order()]);
        all.Max().ShouldBe(5);
        some.ShouldBe([.. some.Order()]);
        some.Length.ShouldBe(41);
        some.Max().ShouldBe(5);
        leafWise.ShouldNotBe([.. leafWise.Order()]);
    }

    [Fact]
    public void Without_a_limit_of_leaves_both_orders_grow_the_same_whole_tree()
    {
        TrainingTable table = SampleTables.Mixed(LearningTask.BinaryClassification, 1_000);
        var recipe = new GradientBoosting { Trees = 3, MaxLeaves = 0, MinRowsPerLeaf = 5 };

        GradientBoostingModel a = recipe.Fit(table, Context), b = (recipe with { Growth = GrowthPolicy.LevelWise }).Fit(table, Context);

        Leaves(a.Trees).ShouldBe(Leaves(b.Trees));
        Leaves(a.Trees).ShouldBeGreaterThan(3 * 31);
        a.Predict(table.Features).RawScores.ShouldBe(b.Predict(table.Features).RawScores);
    }

    [Theory]
    [InlineData(GrowthPolicy.LeafWise, LearningTask.Regression)]
    [InlineData(GrowthPolicy.LevelWise, LearningTask.Regression)]
    [InlineData(GrowthPolicy.LeafWise, LearningTask.BinaryClassification)]
    public void Monotone_columns_hold_on_every_probe(GrowthPolicy policy, LearningTask task)
    {
        var random = new RandomSource(17);
        const int rows = 2_000;
        double[][] x = [.. Enumerable.Range(0, 4).Select(i => Enumerable.Range(0, rows).Select(_ => i < 2 && random.NextDouble() < 0.1 ? double.NaN : random.NextGaussian()).ToArray())];
        double[] y = [.. Enumerable.Range(0, rows).Select(row => Number(x[0][row]) + 2 * Math.Sin(3 * Number(x[0][row])) - Number(x[1][row]) + Number(x[2][row]) * x[3][row] + 0.5 * random.NextGaussian())];
        Target target = task == LearningTask.Regression ? new NumberTarget("y", y) : new ClassTarget("y", [.. y.Select(value => value > 0 ? 1 : 0)], ["no", "yes"]);
        string[] names = ["up", "down", "free", "other"];
        var table = new TrainingTable(new Frame(x.Select((column, i) => new Float64Column(names[i], column))), target);
        var recipe = new GradientBoosting { Trees = 60, LearningRate = 0.2, MinRowsPerLeaf = 3, Growth = policy, MaxLeaves = 40 };

        int broken = Broken(recipe.Fit(table, Context), random), held = Broken((recipe with { Monotone = "up:+1, down:-1" }).Fit(table, Context), random);
        int inOrder = Broken((recipe with { Monotone = "1,-1,0,0" }).Fit(table, Context), random);

        broken.ShouldBeGreaterThan(100);
        (held, inOrder).ShouldBe((0, 0));

        static double Number(double value) => double.IsNaN(value) ? 0 : value;
    }

    /// <summary>How many random steps along a bound column move the score the wrong way.</summary>
    private static int Broken(GradientBoostingModel model, RandomSource random)
    {
        const int probes = 4_000;
        var (low, high) = (new double[4][], new double[4][]);
        for (int i = 0; i < 4; i++)
        {
            low[i] = [.. Enumerable.Range(0, probes).Select(_ => random.NextDouble() < 0.05 ? double.NaN : 1.5 * random.NextGaussian())];
            high[i] = [.. low[i]];
        }

        for (int probe = 0; probe < probes; probe++)
        {
            int column = probe % 2;
            double step = Math.Abs(random.NextGaussian());
            low[column][probe] = double.IsNaN(low[column][probe]) ? 0 : low[column][probe];
            high[column][probe] = low[column][probe] + (column == 0 ? step : -step);
        }

        double[] Scores(double[][] x) => model.Predict(new Frame(x.Select((column, i) => new Float64Column(model.Signature.Features.Columns[i].Name, column)))).RawScores;
        return Scores(low).Zip(Scores(high), (a, b) => a > b ? 1 : 0).Sum();
    }

    [Fact]
    public void A_monotone_model_still_learns_what_its_bounds_allow()
    {
        TrainingTable table = SampleTables.Numbers(LearningTask.Regression, 4_000);
        var recipe = new GradientBoosting { Trees = 100, LearningRate = 0.1 };

        double[] free = recipe.Fit(table, Context).Predict(table.Features).Values, held = (recipe with { Monotone = "x0:1,x1:-1,x2:1" }).Fit(table, Context).Predict(table.Features).Values;
        double[] wrong = (recipe with { Monotone = "x0:-1" }).Fit(table, Context).Predict(table.Features).Values;

        double Error(double[] predicted) => predicted.Zip(((NumberTarget)table.Target).Values, (a, b) => (a - b) * (a - b)).Average();
        Error(held).ShouldBeLessThan(1.5 * Error(free));
        Error(wrong).ShouldBeGreaterThan(2 * Error(held));
    }

    [Fact]
    public void Columns_meet_on_a_path_only_within_a_group()
    {
        TrainingTable table = SampleTables.Numbers(LearningTask.Regression, 4_000, columns: 6);
        var recipe = new GradientBoosting { Trees = 30, MaxLeaves = 31, InteractionGroups = "[x0,x1],[x1, \"x2\" , 3]" };

        TreeEnsemble trees = TreesOf(recipe, table);

        string[] allowed = ["0", "1", "0 1", "2", "1 2", "3", "1 3", "2 3", "1 2 3", "4", "5", string.Empty];
        string[] met = [.. Paths(trees).Select(path => string.Join(' ', path.Distinct().Order())).Distinct()];
        met.ShouldBeSubsetOf(allowed);
        met.ShouldContain("0 1");
        Paths(TreesOf(recipe with { InteractionGroups = string.Empty }, table)).ShouldContain(path => path.Contains(0) && path.Contains(2));
    }

    /// <summary>The columns above each leaf.</summary>
    private static List<int[]> Paths(TreeEnsemble trees)
    {
        var above = new int[trees.NodeCount][];
        var paths = new List<int[]>();
        for (int tree = 0; tree < trees.TreeCount; tree++)
        {
            above[trees.TreeStart[tree]] = [];
            for (int node = trees.TreeStart[tree]; node < trees.TreeStart[tree + 1]; node++)
            {
                if (trees.Feature[node] < 0)
                {
                    paths.Add(above[node]);
                    continue;
                }

                above[trees.Left[node]] = above[trees.Right[node]] = [.. above[node], trees.Feature[node]];
            }
        }

        return paths;
    }

    [Theory]
    [InlineData("age:+1", "", "'monotone' names 'age'. There is no column 'age'. There are: 'height', 'mass'")]
    [InlineData("hight:+1", "", "Did you mean 'height'?")]
    [InlineData("colour:+1", "", "'monotone' binds 'colour' to a direction, but it is a category")]
    [InlineData("mass:up", "", "'monotone' gives 'mass' the direction 'up'; directions are +1, -1 and 0.")]
    [InlineData("mass:2", "", "direction '2'")]
    [InlineData("1,0", "", "one direction for each of the 6 columns")]
    [InlineData("", "height,mass", "'interaction_groups' has 'height'; it takes groups of columns in brackets")]
    [InlineData("", "[height,wight]", "'interaction_groups' names 'wight'.")]
    public void Constraints_on_columns_that_are_not_there_are_refused(string monotone, string groups, string message)
    {
        TrainingTable table = SampleTables.Mixed(LearningTask.BinaryClassification);

        DataException refusal = Should.Throw<DataException>(() => new GradientBoosting { Monotone = monotone, InteractionGroups = groups }.Fit(table, Context));

        refusal.Message.ShouldContain(message);
    }

    [Fact]
    public void All_problems_of_constraints_are_told_at_once()
    {
        TrainingTable table = SampleTables.Mixed(LearningTask.BinaryClassification);

        DataException refusal = Should.Throw<DataException>(() => new GradientBoosting { Monotone = "a:1,mass:7", InteractionGroups = "[b,mass]" }.Fit(table, Context));

        refusal.Problems.Count.ShouldBe(3);
    }

    [Fact]
    public void Names_with_commas_and_colons_are_told_in_quotes()
    {
        TrainingTable table = SampleTables.Numbers(LearningTask.Regression, 500, columns: 3);
        var renamed = new Frame(table.Features.Columns.Select((column, i) => column.Named($"ratio {i}:{i}, [%]")));

        TreeEnsemble trees = TreesOf(new GradientBoosting { Trees = 5, InteractionGroups = "[[\"ratio 0:0, [%]\",\"ratio 1:1, [%]\"]]", Monotone = "\"ratio 0:0, [%]\":-1" }, table.WithFeatures(renamed));

        trees.Importance(TreeImportance.Splits)[0].ShouldBe(0);
        Paths(trees).ShouldAllBe(path => !path.Contains(1) || !path.Contains(2));
    }

    [Fact]
    public void Shares_of_columns_are_drawn_for_trees_depths_and_nodes()
    {
        TrainingTable table = SampleTables.Numbers(LearningTask.Regression, 3_000, columns: 12);
        var recipe = new GradientBoosting { Trees = 6, Growth = GrowthPolicy.LevelWise, MaxDepth = 4, MaxLeaves = 0 };

        TreeEnsemble level = TreesOf(recipe with { ColumnFractionPerLevel = 0.01 }, table), node = TreesOf(recipe with { ColumnFractionPerNode = 0.01 }, table);
        TreeEnsemble tree = TreesOf(recipe with { ColumnFraction = 0.01, ColumnFractionPerLevel = 0.5, ColumnFractionPerNode = 0.5 }, table);

        int[] depths = Depths(level);
        for (int at = 0; at < level.TreeCount; at++)
        {
            int[] nodes = [.. Enumerable.Range(level.TreeStart[at], level.TreeStart[at + 1] - level.TreeStart[at]).Where(one => level.Feature[one] >= 0)];
            nodes.GroupBy(one => depths[one]).ShouldAllBe(depth => depth.Select(one => level.Feature[one]).Distinct().Count() == 1);
            tree.Feature[tree.TreeStart[at]..tree.TreeStart[at + 1]].Where(feature => feature >= 0).Distinct().Count().ShouldBe(1);
        }

        level.Feature.Where(feature => feature >= 0).Distinct().Count().ShouldBeGreaterThan(6);
        Enumerable.Range(0, node.NodeCount).Where(one => node.Feature[one] >= 0 && Depths(node)[one] == 3).Select(one => node.Feature[one]).Distinct().Count().ShouldBeGreaterThan(6);
        TreesOf(recipe with { ColumnFractionPerNode = 0.3 }, table, threads: 1).Threshold.ShouldBe(TreesOf(recipe with { ColumnFractionPerNode = 0.3 }, table, threads: 3).Threshold);
    }

    [Fact]
    public void Leaf_values_stay_within_the_largest_step()
    {
        TrainingTable table = SampleTables.Numbers(LearningTask.Regression, 1_000);
        var recipe = new GradientBoosting { Trees = 3, LearningRate = 0.5 };

        TreesOf(recipe with { MaxDeltaStep = 0.25 }, table).Value.Max(Math.Abs).ShouldBe(0.125);
        TreesOf(recipe, table).Value.Max(Math.Abs).ShouldBeGreaterThan(0.5);
    }

    [Fact]
    public void Path_smoothing_draws_a_leaf_to_its_parent_by_its_rows()
    {
        // Mean 4; gradients 3, 3, 1, -7. The root's value is 0. {1, 2} has -6 / 2 = -3, the others 6 / 2 = 3; with smoothing 2 a leaf of two rows is half of that.
        var table = new TrainingTable(new Frame(new Float64Column("x", [1, 1, 2, 2])), new NumberTarget("y", [1, 1, 3, 11]));

        TreeEnsemble trees = TreesOf(new GradientBoosting { Trees = 1, LearningRate = 1, MinRowsPerLeaf = 1, PathSmoothing = 2 }, table);

        trees.Value.ShouldBe([0, -1.5, 1.5], 1e-9);
    }

    [Theory]
    [InlineData(LearningTask.Regression)]
    [InlineData(LearningTask.BinaryClassification)]
    public void The_order_of_columns_does_not_matter(LearningTask task)
    {
        TrainingTable table = SampleTables.Numbers(task, 2_000, columns: 7);
        int[] order = [3, 0, 6, 5, 1, 4, 2];
        var shuffled = new Frame(order.Select(column => table.Features.Columns[column]));
        var recipe = new GradientBoosting { Trees = 20, LearningRate = 0.2 };

        double[] a = recipe.Fit(table, Context).Predict(table.Features).RawScores, b = recipe.Fit(table.WithFeatures(shuffled), Context).Predict(shuffled).RawScores;

        a.ShouldBe(b);
    }

    [Fact]
    public void Settings_of_categories_reach_the_search()
    {
        var random = new RandomSource(12);
        int[] codes = [.. Enumerable.Range(0, 4_000).Select(_ => random.NextInt(20))];
        var table = new TrainingTable(
            new Frame(new CategoryColumn("c", codes, [.. Enumerable.Range(0, 20).Select(level => $"level {level}")])),
            new NumberTarget("y", [.. codes.Select(code => code % 5 + random.NextGaussian())]));
        var recipe = new GradientBoosting { Trees = 1, MaxLeaves = 2, LearningRate = 1, CategoryL2 = 0 };
        double Largest(GradientBoosting variant) => TreesOf(variant, table).Value.Max(Math.Abs);
        int Moved(GradientBoosting variant) => Enumerable.Range(0, 20).GroupBy(level => TreesOf(variant, table).LeafOf(0, [level])).Min(side => side.Count());

        Largest(recipe with { CategoryL2 = 2_000 }).ShouldBeLessThan(0.8 * Largest(recipe));
        Moved(recipe).ShouldBeInRange(6, 10);
        Moved(recipe with { MaxCategoriesPerSplit = 3 }).ShouldBe(3);
        Moved(recipe with { MaxOneAgainstRest = 20 }).ShouldBe(1);
        Moved(recipe with { MinRowsPerCategory = 500 }).ShouldBeGreaterThanOrEqualTo(3);
        TreesOf(recipe with { CategorySmoothing = 1_000 }, table).NodeCount.ShouldBe(1);
    }

    [Fact]
    public void A_level_that_a_node_never_saw_goes_where_a_gradient_of_zero_would()
    {
        // Rows of the right side are all above the mean, those of levels 0 to 4 most: zero is nearest to levels 5 and 6, and level 7 is only seen on the left side.
        int[] codes = [.. Enumerable.Range(0, 700).Select(row => row % 7), .. Enumerable.Range(0, 800).Select(row => row % 8)];
        double[] side = [.. Enumerable.Repeat(1.0, 700), .. Enumerable.Repeat(0.0, 800)];
        double[] y = [.. codes.Select((code, row) => side[row] == 0 ? -50.0 : code < 5 ? 30 : 10)];
        var table = new TrainingTable(
            new Frame(new Float64Column("side", side), new CategoryColumn("c", codes, [.. Enumerable.Range(0, 8).Select(level => $"level {level}")])), new NumberTarget("y", y));
        var recipe = new GradientBoosting { Trees = 1, MaxLeaves = 3, LearningRate = 1, CategorySmoothing = 0, CategoryL2 = 0, MinRowsPerCategory = 0 };

        TreeEnsemble trees = TreesOf(recipe, table);

        trees.LeafOf(0, [1, 7]).ShouldBe(trees.LeafOf(0, [1, 5]));
        trees.LeafOf(0, [1, 7]).ShouldNotBe(trees.LeafOf(0, [1, 0]));
    }

    [Fact]
    public void Levels_of_little_weight_are_not_ordered_by_their_own_gradients()
    {
        // Nine levels of 100 rows and one of 4 rows that lies far above the others.
        int[] codes = [.. Enumerable.Range(0, 900).Select(row => row % 9), 9, 9, 9, 9];
        double[] y = [.. codes.Select(code => code == 9 ? 500.0 : code)];
        var table = new TrainingTable(new Frame(new CategoryColumn("c", codes, [.. Enumerable.Range(0, 10).Select(level => $"level {level}")])), new NumberTarget("y", y));
        var recipe = new GradientBoosting { Trees = 1, MaxLeaves = 2, LearningRate = 1, MinRowsPerLeaf = 1, CategorySmoothing = 0, CategoryL2 = 0, MinRowsPerCategory = 0 };
        int Beside(GradientBoosting variant)
        {
            TreeEnsemble trees = TreesOf(variant, table);
            return Enumerable.Range(0, 9).Count(level => trees.LeafOf(0, [level]) == trees.LeafOf(0, [9]));
        }

        Beside(recipe).ShouldBe(0);
        Beside(recipe with { MinCategoryHessian = 5 }).ShouldBeGreaterThan(0);
    }
}
