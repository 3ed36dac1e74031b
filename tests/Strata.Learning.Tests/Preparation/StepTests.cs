using Shouldly;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Preparation;
using Strata.Tensors;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Preparation;

public class StepTests
{
    private static readonly PreparationFixture Sklearn = PreparationFixture.Instance;
    private static readonly FitContext Context = new() { Threads = 2 };

    [Theory]
    [InlineData(NumberFill.Mean, "mean")]
    [InlineData(NumberFill.Median, "median")]
    [InlineData(NumberFill.MostFrequent, "most_frequent")]
    [InlineData(NumberFill.Constant, "constant")]
    public void Imputed_numbers_are_those_of_scikit_learn(NumberFill fill, string strategy)
    {
        Frame filled = new Impute { Numbers = fill, ConstantNumber = -1.5 }.Fit(Table(Sklearn.Train), Context).Apply(Numbers(Sklearn.Rows));

        string[] inItsOrder = ["x0", "x1", "x2", "x0 was missing", "x1 was missing", "x2 was missing"];
        RowsOf(filled.Select(inItsOrder)).ShouldBe(Sklearn.Imputed[strategy].SelectMany(row => row), 1e-12);
    }

    [Theory]
    [InlineData(ScaleMethod.Standard, "standard")]
    [InlineData(ScaleMethod.MinMax, "min_max")]
    [InlineData(ScaleMethod.Robust, "robust")]
    [InlineData(ScaleMethod.MaxAbs, "max_abs")]
    public void Scaled_numbers_are_those_of_scikit_learn(ScaleMethod method, string name)
    {
        Frame scaled = new Scale { Method = method }.Fit(Table(Sklearn.Train), Context).Apply(Numbers(Sklearn.Rows));

        ShouldBeEqual(RowsOf(scaled), [.. Sklearn.Scaled[name].SelectMany(row => row)]);
    }

    [Fact]
    public void Weighted_standardisation_is_that_of_scikit_learn()
    {
        Frame scaled = new Scale().Fit(Table(Sklearn.Train, Sklearn.Weights), Context).Apply(Numbers(Sklearn.Rows));

        ShouldBeEqual(RowsOf(scaled), [.. Sklearn.WeightedStandard.SelectMany(row => row)]);
    }

    [Theory]
    [InlineData(OneHotDrop.None, "none")]
    [InlineData(OneHotDrop.First, "first")]
    [InlineData(OneHotDrop.IfBinary, "if_binary")]
    public void One_hot_columns_are_those_of_scikit_learn(OneHotDrop drop, string name)
    {
        var training = new Frame(CategoryColumn.Of("fruit", Sklearn.Levels), CategoryColumn.Of("ripe", Sklearn.Binary));
        var asked = new Frame(CategoryColumn.Of("fruit", [.. Sklearn.Asked.Select(row => row[0])]), CategoryColumn.Of("ripe", [.. Sklearn.Asked.Select(row => row[1])]));

        Frame spread = new OneHot { Drop = drop }.Fit(Table(training), Context).Apply(asked);

        RowsOf(spread).ShouldBe(Sklearn.OneHot[name].SelectMany(row => row));
    }

    [Fact]
    public void Rare_levels_share_a_column_with_unseen_ones_and_a_note_says_so()
    {
        var training = new Frame(CategoryColumn.Of("fruit", Sklearn.Levels));
        IFittedStep fitted = new OneHot { MaxLevels = 3 }.Fit(Table(training), Context);

        Frame spread = fitted.Apply(new Frame(CategoryColumn.Of("fruit", [.. Sklearn.Asked.Select(row => row[0])])));

        spread.Names.ShouldBe(["fruit=apple", "fruit=pear", "fruit=(other)"]);
        RowsOf(spread).ShouldBe(Sklearn.OneHot["pooled"].SelectMany(row => row));
        fitted.Notes.ShouldBe(["Category 'fruit' has 5 levels; the 3 rarest share one column."]);
    }

    [Fact]
    public void Ordinal_numbers_are_those_of_scikit_learn()
    {
        var training = new Frame(CategoryColumn.Of("fruit", Sklearn.Levels));

        Frame numbers = new Ordinal().Fit(Table(training), Context).Apply(new Frame(CategoryColumn.Of("fruit", [.. Sklearn.Asked.Select(row => row[0])])));

        ShouldBeEqual(RowsOf(numbers), [.. Sklearn.Ordinal.SelectMany(row => row)]);
    }

    [Fact]
    public void Levels_that_spell_numbers_are_ordered_as_numbers()
    {
        var rooms = new Frame(CategoryColumn.Of("rooms", ["10", "9", "2", "10"]));

        RowsOf(new Ordinal().Fit(Table(rooms), Context).Apply(rooms)).ShouldBe([2, 1, 0, 2]);
    }

    [Fact]
    public void Missing_categories_become_a_level_of_their_own_or_the_most_frequent_one()
    {
        var training = new Frame(CategoryColumn.Of("fruit", ["fig", null, "apple", "fig", "apple"]));
        var asked = new Frame(new CategoryColumn("fruit", [-1, 0], ["fig"]));

        Frame own = new Impute().Fit(Table(training), Context).Apply(asked);
        Frame frequent = new Impute { Categories = CategoryFill.MostFrequent }.Fit(Table(training), Context).Apply(asked);

        own["fruit"].TextAt(0).ShouldBe("missing");
        own["fruit"].TextAt(1).ShouldBe("fig");
        frequent["fruit"].TextAt(0).ShouldBe("apple", "the first of equals");
    }

    [Fact]
    public void Weights_decide_what_is_most_frequent_and_where_the_middle_is()
    {
        var training = new Frame(CategoryColumn.Of("fruit", ["fig", "fig", "apple"]), new Float64Column("size", [1, 2, 10]));
        var asked = new Frame(CategoryColumn.Of("fruit", [null]), new Float64Column("size", [double.NaN]));

        Frame filled = new Impute { Categories = CategoryFill.MostFrequent }.Fit(Table(training, [1, 1, 3]), Context).Apply(asked);

        filled["fruit"].TextAt(0).ShouldBe("apple");
        filled["size"].NumberAt(0).ShouldBe(10);
    }

    [Fact]
    public void Whole_weights_give_the_quantiles_of_repeated_values()
    {
        var random = RandomSource.For(1, "quantiles");
        double[] values = [.. Enumerable.Range(0, 40).Select(_ => random.NextGaussian())], weights = [.. values.Select(_ => (double)random.NextInt(4))];
        double[] repeated = [.. values.SelectMany((value, i) => Enumerable.Repeat(value, (int)weights[i]))];
        var weighted = WeightedNumbers.Of(new Float64Column("x", values), weights);
        var listed = WeightedNumbers.Of(new Float64Column("x", repeated), null);

        foreach (double part in new[] { 0, 0.1, 0.25, 0.5, 0.75, 0.9, 1 })
        {
            weighted.Quantile(part).ShouldBe(listed.Quantile(part), 1e-12);
        }

        weighted.Mean().ShouldBe(listed.Mean(), 1e-12);
        weighted.StandardDeviation().ShouldBe(listed.StandardDeviation(), 1e-12);
    }

    [Fact]
    public void Quickselect_finds_every_place_of_shuffled_values_with_repeats()
    {
        var random = RandomSource.For(2, "selection");
        double[] values = [.. Enumerable.Range(0, 201).Select(_ => Math.Round(random.NextGaussian() * 20))];
        double[] sorted = [.. values.Order()];

        for (int place = 0; place < values.Length; place++)
        {
            Selection.Smallest((double[])values.Clone(), place).ShouldBe(sorted[place]);
        }
    }

    [Theory]
    [InlineData(3000, 20)]
    [InlineData(3000, 0.3)]
    [InlineData(2000, 1e6)]
    [InlineData(7, 20)]
    public void A_value_and_the_next_are_selected_as_they_stand_in_order(int count, double width)
    {
        var random = RandomSource.For(3, "selection");
        double[] values = [.. Enumerable.Range(0, count).Select(i => i % 3 == 0 ? i : Math.Round(random.NextGaussian() * width))], sorted = [.. values.Order()];

        for (int place = 0; place < count; place += 1 + count / 50)
        {
            Selection.Pair(values, place).ShouldBe((sorted[place], sorted[Math.Min(place + 1, count - 1)]));
        }

        Selection.Pair(values, count - 1).ShouldBe((sorted[^1], sorted[^1]));
    }

    [Fact]
    public void Booleans_stay_booleans_when_they_are_filled()
    {
        var mask = new MissingMask(4) { [3] = true };
        var training = new Frame(new BooleanColumn("smoker", [true, true, false, false], mask));

        Frame filled = new Impute().Fit(Table(training), Context).Apply(training);

        filled["smoker"].ShouldBeOfType<BooleanColumn>().Values.ShouldBe([true, true, false, true]);
        filled["smoker was missing"].ShouldBeOfType<BooleanColumn>().Values.ShouldBe([false, false, false, true]);
    }

    [Fact]
    public void A_column_without_values_and_columns_of_text_are_left_out_with_a_note()
    {
        var training = new Frame(new Float64Column("empty", [double.NaN, double.NaN]), new Float64Column("size", [1, 2]), new TextColumn("remark", ["a", "b"]));

        IFittedStep imputed = new Impute().Fit(Table(training), Context), textless = new DropText().Fit(Table(training), Context);

        imputed.Apply(training).Names.ShouldBe(["size", "remark"]);
        imputed.Notes.ShouldBe(["1 column has no value in any training row and is left out: 'empty'."]);
        textless.Apply(training).Names.ShouldBe(["empty", "size"]);
        textless.Notes.ShouldBe(["1 column of free text is left out: 'remark'."]);
    }

    [Fact]
    public void Columns_are_dropped_and_selected_by_name_and_a_wrong_name_is_an_error()
    {
        TrainingTable table = SampleTables.Numbers(LearningTask.Regression, columns: 3);

        new DropColumns(["x1"]).Fit(table, Context).Apply(table.Features).Names.ShouldBe(["x0", "x2"]);
        new SelectColumns(["x2", "x0"]).Fit(table, Context).Apply(table.Features).Names.ShouldBe(["x2", "x0"]);
        Should.Throw<DataException>(() => new DropColumns(["x9"]).Fit(table, Context)).Message.ShouldContain("'x9'");
    }

    [Fact]
    public void Numbers_that_stand_for_missing_become_missing_in_the_named_columns_only()
    {
        var training = new Frame(new Float64Column("size", [-999, 0, 3]), new Int64Column("count", [-999, 5, -1000]), CategoryColumn.Of("colour", ["red", "blue", null]));
        var step = new MarkMissing(["count"]) { Least = -1000, Most = -999 };

        Frame marked = step.Fit(Table(training), Context).Apply(training);

        marked.Names.ShouldBe(["size", "count", "colour"]);
        marked["count"].ShouldBeOfType<Float64Column>().Values.ShouldBe([double.NaN, 5, double.NaN]);
        marked["size"].MissingCount.ShouldBe(0);
        Should.Throw<DataException>(() => new MarkMissing(["colour"]).Fit(Table(training), Context)).Message.ShouldContain("'colour' is Category");
    }

    [Fact]
    public void New_columns_never_take_a_name_that_is_there()
    {
        var training = new Frame(CategoryColumn.Of("a", ["b", "c"]), new Float64Column("a=b", [1, 2]));

        new OneHot().Fit(Table(training), Context).Apply(training).Names.ShouldBe(["a=b (2)", "a=c", "a=b"]);
    }

    [Fact]
    public void Infinite_numbers_are_refused_by_name_and_row()
    {
        var training = new Frame(new Float64Column("size", [1, double.PositiveInfinity]), new Float32Column("mass", [float.NegativeInfinity, 1]));

        DataException refusal = Should.Throw<DataException>(() => new Impute().Fit(Table(training), Context));

        refusal.Problems.Count.ShouldBe(2);
        refusal.Message.ShouldContain("Column 'size' is Infinity in row 2");
    }

    [Fact]
    public void Every_step_in_the_table_has_a_name_of_its_own_and_settings_that_are_told()
    {
        Steps.All.Select(kind => kind.Name).ShouldBeUnique();
        foreach (StepKind kind in Steps.All)
        {
            kind.Create().Name.ShouldBe(kind.Name);
            Steps.Named(kind.Name).ShouldBe(kind);
            Hyperparameter.Of(kind.Create()).ShouldAllBe(one => one.Declared.Meaning.EndsWith('.'));
        }

        Should.Throw<DataException>(() => Steps.Named("imput")).Message.ShouldContain("Did you mean 'impute'?");
    }

    private static TrainingTable Table(Frame features, double[]? weights = null) => new(features, new NumberTarget("y", new double[features.RowCount]), weights);

    private static TrainingTable Table(double[][] rows, double[]? weights = null) => Table(Numbers(rows), weights);

    private static Frame Numbers(double[][] rows) => new(Enumerable.Range(0, rows[0].Length).Select(j => new Float64Column($"x{j}", [.. rows.Select(row => row[j])])));

    private static double[] RowsOf(Frame frame) => [.. Enumerable.Range(0, frame.RowCount).SelectMany(row => frame.Columns.Select(column => column.NumberAt(row)))];

    private static void ShouldBeEqual(double[] actual, double[] expected)
    {
        actual.Select(double.IsNaN).ShouldBe(expected.Select(double.IsNaN));
        actual.Where(value => !double.IsNaN(value)).ShouldBe(expected.Where(value => !double.IsNaN(value)), 1e-12);
    }
}
