using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Preparation;
using Strata.Tensors;
using Strata.Testing;
using Xunit;
using static Strata.Learning.Tests.Preparation.StepFixture;

namespace Strata.Learning.Tests.Preparation;

public class EncodingTests
{
    private static readonly string[] Levels = Get<string[]>("levels");
    private static readonly double[] LevelTarget = Get<double[]>("level_target"), LevelWeights = Get<double[]>("level_weights");
    private static readonly Frame Fruit = new(CategoryColumn.Of("fruit", Levels));

    [Theory]
    [InlineData("auto", null, true)]
    [InlineData("ten", 10.0, true)]
    [InlineData("unweighted", null, false)]
    public void Encodings_by_the_target_are_those_of_the_formulas(string name, double? smoothing, bool weighted)
    {
        var table = new TrainingTable(Fruit, new NumberTarget("y", LevelTarget), weighted ? LevelWeights : null);

        Frame encoded = Fitted(new TargetEncode { Smoothing = smoothing }, table).Apply(Fruit);

        ((Float64Column)encoded["fruit"]).Values.ShouldBe(Get<double[]>("target_encoded", name), 1e-12);
    }

    [Fact]
    public void A_training_row_never_hears_its_own_target()
    {
        TrainingTable table = SampleTables.Mixed(LearningTask.Regression, rows: 60);
        double[] target = ((NumberTarget)table.Target).Values, shifted = [.. target];
        shifted[7] += 1000;
        TrainingTable other = new(table.Features, new NumberTarget("outcome", shifted));

        Frame before = ((IStep)new TargetEncode()).FitTransform(table, Context).Prepared.Features;
        (IFittedStep fitted, TrainingTable after) = ((IStep)new TargetEncode()).FitTransform(other, Context);

        before["colour"].NumberAt(7).ShouldBe(after.Features["colour"].NumberAt(7), "the row's own target is not in its encoding");
        Enumerable.Range(0, 60).Count(row => before["colour"].NumberAt(row) != after.Features["colour"].NumberAt(row)).ShouldBeGreaterThan(20, "but in that of other folds");
        fitted.Apply(other.Features)["colour"].NumberAt(7).ShouldNotBe(after.Features["colour"].NumberAt(7));
    }

    [Fact]
    public void An_identifier_encoded_by_the_target_tells_training_rows_nothing()
    {
        double[] target = [.. Enumerable.Range(0, 50).Select(row => row % 2 == 0 ? 1.0 : -1.0)];
        var table = new TrainingTable(new Frame(CategoryColumn.Of("id", [.. Enumerable.Range(0, 50).Select(row => $"star {row}")])), new NumberTarget("y", target));

        double[] encoded = ((Float64Column)((IStep)new TargetEncode()).FitTransform(table, Context).Prepared.Features["id"]).Values;

        Enumerable.Range(0, 50).Sum(row => encoded[row] * target[row]).ShouldBeLessThanOrEqualTo(0.01 * 50, "a level seen once gives the average of the others");
    }

    [Fact]
    public void Groups_are_never_split_in_target_encoding()
    {
        int[] groups = [.. Enumerable.Range(0, 40).Select(row => row / 4)];
        double[] target = [.. groups.Select(group => (double)group)];
        var table = new TrainingTable(new Frame(CategoryColumn.Of("site", [.. groups.Select(group => $"s{group}")])), new NumberTarget("y", target), groups: groups);

        double[] encoded = ((Float64Column)((IStep)new TargetEncode { Smoothing = 0 }).FitTransform(table, Context).Prepared.Features["site"]).Values;

        Enumerable.Range(0, 40).ShouldAllBe(row => Math.Abs(encoded[row] - target[row]) > 1e-9);
    }

    [Fact]
    public void Several_classes_give_a_column_each_and_unseen_levels_the_average()
    {
        TrainingTable table = SampleTables.Mixed(LearningTask.MulticlassClassification);
        IFittedStep fitted = Fitted(new TargetEncode(), table);

        Frame encoded = fitted.Apply(table.Features.With(new CategoryColumn("side", new int[table.RowCount], ["above"])));

        encoded.Names.ShouldContain("colour: low");
        double share = ((ClassTarget)table.Target).Codes.Count(code => code == 0) / (double)table.RowCount;
        encoded["side: low"].NumberAt(0).ShouldBe(share, 1e-12);
        fitted.Origins["side: low"].ShouldBe(["side"]);
        (encoded["colour: low"].NumberAt(3) + encoded["colour: middle"].NumberAt(3) + encoded["colour: high"].NumberAt(3)).ShouldBe(1, 0.2);
    }

    [Fact]
    public void Frequencies_are_shares_of_weight_and_hashes_those_of_scikit_learn()
    {
        Frame frequency = Fitted(new Frequency(), Table(Fruit, LevelWeights)).Apply(new Frame(CategoryColumn.Of("fruit", ["a", "zebra", null])));

        frequency["fruit"].NumberAt(0).ShouldBe(Levels.Zip(LevelWeights).Where(pair => pair.First == "a").Sum(pair => pair.Second) / LevelWeights.Sum(), 1e-12);
        frequency["fruit"].NumberAt(1).ShouldBe(0);
        frequency["fruit"].IsMissing(2).ShouldBeTrue();
        Fitted(new HashCategories { Width = 8 }, Table(Fruit)).Apply(Fruit).ShouldBeRows(Rows("hashed_levels"), 0);
    }

    [Fact]
    public void Text_frequencies_are_those_of_scikit_learn()
    {
        TrainingTable table = Table(new Frame(new TextColumn("remark", Get<string[]>("text", "texts"))));
        var asked = new Frame(new TextColumn("remark", Get<string[]>("text", "asked")));
        void ShouldBe(TextFrequencies step, string words, string values)
        {
            Frame counted = Fitted(step, table).Apply(asked);
            counted.Names.ShouldBe(Get<string[]>("text", words).Select(word => $"remark: {word}"));
            counted.ShouldBeRows(Rows("text", values), 1e-12);
        }

        ShouldBe(new TextFrequencies(), "words", "tfidf");
        ShouldBe(new TextFrequencies { Longest = 2, Sublinear = true, Normalize = false, MinRows = 2 }, "pair_words", "pairs");
        Fitted(new HashText { Width = 16 }, table).Apply(asked).ShouldBeRows(Rows("text", "hashed"), 1e-12);
        ShouldBe(new TextFrequencies { Unit = TextUnit.Characters, Shortest = 2, Longest = 3, MaxTerms = 5000 }, "char_grams", "chars");
    }

    [Fact]
    public void Missing_text_is_zero_everywhere_and_odd_characters_are_cut_whole()
    {
        TrainingTable table = Table(new Frame(new TextColumn("t", ["a 🌍🌍 b", null, " \t\n "])));

        Frame characters = Fitted(new TextFrequencies { Unit = TextUnit.Characters }, table).Apply(table.Features);

        characters.Names.ShouldContain("t: 🌍");
        RowsOf(characters)[1].ShouldAllBe(value => value == 0);
        Should.Throw<DataException>(() => new TextFrequencies { Shortest = 3, Longest = 2 }.Fit(table, Context)).Message.ShouldContain("3 to 2 units");
    }

    [Fact]
    public void Dates_become_parts_and_cycles()
    {
        long[] ticks = [new DateTime(2024, 12, 31, 18, 0, 0, DateTimeKind.Utc).Ticks, new DateTime(2023, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks, 0];
        var rows = new Frame(new DateColumn("seen", ticks, new MissingMask(3) { [2] = true }), new Float64Column("x", [1, 2, 3]));

        Frame parts = Fitted(new DateParts(), Table(rows)).Apply(rows);

        parts.Names.ShouldBe([
            "seen year", "seen month", "seen day", "seen weekday", "seen day of year", "seen hour", "seen year sine", "seen year cosine", "seen week sine", "seen week cosine", "seen day sine", "seen day cosine", "x"]);
        double round = Math.Tau * 365.75 / 366, week = Math.Tau * 1.75 / 7;
        parts.Take([0]).ShouldBeRows([[2024, 12, 31, 1, 366, 18, Math.Sin(round), Math.Cos(round), Math.Sin(week), Math.Cos(week), -1, 0, 1]], 1e-12);
        parts["seen weekday"].NumberAt(1).ShouldBe(6, "the first of January 2023 was a Sunday");
        RowsOf(parts)[2].Count(double.IsNaN).ShouldBe(12);
        Fitted(new DateParts { Parts = false, Cycles = false, Keep = true }, Table(rows)).Apply(rows)["seen"].NumberAt(1).ShouldBe(rows["seen"].NumberAt(1));
    }

    [Theory]
    [InlineData(BinBorders.Uniform, "uniform")]
    [InlineData(BinBorders.Quantile, "quantile")]
    [InlineData(BinBorders.KMeans, "kmeans")]
    public void Bins_are_those_of_scikit_learn(BinBorders borders, string name)
    {
        var fitted = (ColumnwiseStep<BinRule>)Fitted(new Bin { Borders = borders }, Table(Numbers("complete")));

        double[][] edges = Get<double[][]>("bins", name, "edges");
        for (int j = 0; j < edges.Length; j++)
        {
            fitted.Rules[j].Borders!.ShouldBe(edges[j][1..^1], 1e-9);
        }

        fitted.Apply(Numbers("asked_complete")).ShouldBeRows(Rows("bins", name, "asked"), 0);
    }

    [Fact]
    public void Bins_may_be_categories_and_a_constant_column_has_one()
    {
        var rows = new Frame(new Float64Column("x", [1, 2, 3, 4]), new Float64Column("same", [7, 7, 7, double.NaN]));

        Frame binned = Fitted(new Bin { Bins = 2, AsCategories = true }, Table(rows)).Apply(rows);

        Enumerable.Range(0, 4).Select(binned["x"].TextAt).ShouldBe(["below 2.5", "below 2.5", "from 2.5", "from 2.5"]);
        Enumerable.Range(0, 4).Select(binned["same"].TextAt).ShouldBe(["all", "all", "all", null]);
    }

    [Fact]
    public void Components_are_those_of_scikit_learn()
    {
        TrainingTable table = Table(Numbers("complete"));

        IFittedStep pca = Fitted(new PrincipalComponents { Components = 3 }, table);
        double[][] directions = Rows("pca", "components");
        ((Projection)pca).Directions.Zip(directions).ShouldAllBe(pair => pair.First.Zip(pair.Second).All(one => Math.Abs(one.First - one.Second) < 1e-9));
        pca.Apply(Numbers("asked_complete")).ShouldBeRows(Rows("pca", "asked"), 1e-9);
        Fitted(new PrincipalComponents { Components = 2, Whiten = true }, table).Apply(Numbers("asked_complete")).ShouldBeRows(Rows("pca", "white"), 1e-9);
        Fitted(new PrincipalComponents { Components = 2, Center = false }, table).Apply(Numbers("asked_complete")).ShouldBeRows(Rows("pca", "svd"), 1e-9);
    }

    [Fact]
    public void Components_of_more_columns_than_rows_are_those_of_scikit_learn()
    {
        Frame wide = Wide();
        TrainingTable table = Table(wide);

        Fitted(new PrincipalComponents { Components = 5 }, table).Apply(wide).ShouldBeRows(Rows("wide", "made"), 1e-9);
        Fitted(new PrincipalComponents { Components = 3, Whiten = true }, table).Apply(wide).ShouldBeRows(Rows("wide", "white"), 1e-9);
        Fitted(new PrincipalComponents { Components = 4, Center = false }, table).Apply(wide).ShouldBeRows(Rows("wide", "svd"), 1e-9);
        // Twelve rows vary in eleven directions around their mean.
        Fitted(new PrincipalComponents { Components = 15 }, table).Apply(wide).ColumnCount.ShouldBe(11);
        Fitted(new PrincipalComponents { Variance = 1 }, table).Apply(wide).ColumnCount.ShouldBe(11);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(9)]
    public void Columns_that_do_not_vary_have_one_component_of_zeros(int columns)
    {
        Frame same = Numbers([.. Enumerable.Repeat(Enumerable.Range(0, columns).Select(j => j + 0.5).ToArray(), 4)]);

        Fitted(new PrincipalComponents(), Table(same)).Apply(same).ShouldBeRows([.. Enumerable.Repeat(new double[1], 4)], 0);
    }

    [Theory]
    [InlineData(3, 1e139)]
    [InlineData(9, 1e139)]
    [InlineData(9, 1e-120)]
    public void Enormous_and_tiny_numbers_have_components(int columns, double size)
    {
        Frame rows = Numbers([.. Enumerable.Range(0, 5).Select(row => Enumerable.Range(0, columns).Select(j => size * Math.Sin(row * 3 + j)).ToArray())]);

        IFittedStep pca = Fitted(new PrincipalComponents { Components = 2 }, Table(rows));

        // Two waves are all there is.
        pca.Notes[0].ShouldContain("2 components hold 100%");
        RowsOf(pca.Apply(rows)).ShouldAllBe(row => row.All(double.IsFinite) && row.Any(value => Math.Abs(value) > 0.1 * size));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Components_are_the_same_for_any_number_of_threads(int threads)
    {
        var random = RandomSource.For(5, "threads");
        Frame wide = Numbers([.. Enumerable.Range(0, 260).Select(_ => Enumerable.Range(0, 300).Select(_ => random.NextGaussian()).ToArray())]);
        foreach (Frame rows in new[] { wide, wide.Select([.. wide.Names.Take(200)]) })
        {
            var step = new PrincipalComponents { Components = 4 };
            var one = (Projection)step.Fit(Table(rows), new FitContext { Threads = 1 });

            ((Projection)step.Fit(Table(rows), new FitContext { Threads = threads })).Directions.Zip(one.Directions).ShouldAllBe(pair => pair.First.SequenceEqual(pair.Second));
        }
    }

    /// <summary>The complete table's numbers as 12 rows of 20 columns.</summary>
    private static Frame Wide() => Numbers([.. Rows("complete").SelectMany(row => row).Chunk(20)]);

    [Fact]
    public void Components_hold_the_asked_share_and_say_that_they_mix_columns()
    {
        TrainingTable table = Table(Numbers("complete"));
        double[] explained = Get<double[]>("pca", "explained");

        IFittedStep one = Fitted(new PrincipalComponents { Variance = explained[0] - 1e-9 }, table), two = Fitted(new PrincipalComponents { Variance = explained[0] + 1e-9 }, table);

        one.Apply(table.Features).Names.ShouldBe(["pc1"]);
        two.Apply(table.Features).Names.ShouldBe(["pc1", "pc2"]);
        one.MixesColumns!.ShouldContain("4 others");
        one.Origins["pc1"].ShouldBe(["x0", "x1", "x2", "x3"]);
        Should.Throw<DataException>(() => one.Apply(Numbers("asked"))).Message.ShouldContain("'x0'");
        Should.Throw<DataException>(() => new PrincipalComponents().Fit(Table(Numbers("train")), Context)).Message.ShouldContain("Fill them by a step before");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Weights_count_in_components_as_repeated_rows_do(bool wide)
    {
        Frame rows = wide ? Wide() : Numbers("complete");
        double[] weights = [.. Enumerable.Range(0, rows.RowCount).Select(row => (double)(row % 3))];
        int[] repeated = [.. weights.SelectMany((weight, row) => Enumerable.Repeat(row, (int)weight))];

        Frame weighted = Fitted(new PrincipalComponents { Components = 2, Whiten = true }, Table(rows, weights)).Apply(rows);

        weighted.ShouldBeRows(RowsOf(Fitted(new PrincipalComponents { Components = 2, Whiten = true }, Table(rows.Take(repeated))).Apply(rows)), 1e-9);
    }
}
