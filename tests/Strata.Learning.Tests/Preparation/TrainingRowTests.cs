using Shouldly;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Preparation;
using Strata.Testing;
using Xunit;
using static Strata.Learning.Tests.Preparation.StepFixture;

namespace Strata.Learning.Tests.Preparation;

/// <summary>Steps that leave out, weigh or add training rows, and touch no other.</summary>
public class TrainingRowTests
{
    private static readonly ClassTarget Rare = new("y", [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 2], ["common", "some", "lone"]);

    private static readonly Frame Features = new(
        new Float64Column("x", [1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 14, 90]),
        new Int64Column("n", [1, 2, 3, 4, 5, 6, 7, 8, 10, 20, 30, 90]),
        CategoryColumn.Of("c", ["a", "a", "a", "a", "b", "b", "b", "b", "d", "d", "b", null]),
        new BooleanColumn("f", [true, true, true, true, true, true, true, true, false, false, false, true]));

    [Theory]
    [InlineData(OutlierRule.InterquartileRange, null)]
    [InlineData(OutlierRule.ZScore, 2.0)]
    public void Outliers_are_left_out_of_training_only(OutlierRule rule, double? factor)
    {
        var table = new TrainingTable(Features, Rare, groups: [.. Enumerable.Range(0, 12)]);

        (IFittedStep fitted, TrainingTable prepared) = ((IStep)new Outliers { Rule = rule, Factor = factor, Action = OutlierAction.Drop, Columns = ["x"] }).FitTransform(table, Context);

        prepared.Features["x"].ShouldBeOfType<Float64Column>().Values.ShouldBe([1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 14]);
        prepared.Groups.ShouldBe(Enumerable.Range(0, 11));
        fitted.Notes.ShouldBe(["Step 'outliers' left out 1 of 12 training rows."]);
        Reread(fitted).Apply(Features).ShouldBeRows(RowsOf(Features), 0);
    }

    [Fact]
    public void Clipped_values_lie_within_the_bounds_of_the_training_rows()
    {
        var values = new double[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 1000 };
        var rows = new Frame(new Float64Column("x", values), new Float64Column("gap", [.. values.Select(_ => double.NaN)]));

        Frame clipped = Fitted(new Outliers(), Table(rows)).Apply(new Frame(new Float64Column("x", [5, 1e9, -1e9, double.NaN]), new Float64Column("gap", [1, 2, 3, 4])));

        // Quartiles 3.25 and 7.75, one and a half ranges beyond.
        clipped["x"].ShouldBeOfType<Float64Column>().Values.ShouldBe([5, 14.5, -3.5, double.NaN]);
        clipped["gap"].ShouldBeOfType<Float64Column>().Values.ShouldBe([1, 2, 3, 4]);
    }

    [Fact]
    public void A_step_that_would_leave_no_row_is_refused()
    {
        var apart = new TrainingTable(new Frame(new Float64Column("x", [0, 10])), new NumberTarget("y", [1, 2]));

        Should.Throw<DataException>(() => ((IStep)new Outliers { Rule = OutlierRule.ZScore, Factor = 0.5, Action = OutlierAction.Drop }).FitTransform(apart, Context)).Message.ShouldContain("every one of 2 training rows");
    }

    [Fact]
    public void Rows_that_stand_alone_are_isolated()
    {
        Frame cloud = Numbers("cloud");
        TrainingTable table = Table(cloud);
        IStep step = PreparationSteps.Named("isolate_outliers").Recipe(new Dictionary<string, System.Text.Json.Nodes.JsonNode?> { ["share"] = 0.015 });

        (IFittedStep fitted, TrainingTable prepared) = step.FitTransform(table, Context);

        prepared.RowCount.ShouldBe(200);
        prepared.Features.ShouldBeRows(RowsOf(cloud)[..200], 0);
        fitted.Apply(cloud).RowCount.ShouldBe(203);
    }

    [Fact]
    public void Balanced_weights_are_those_of_scikit_learn()
    {
        var table = new TrainingTable(Features, Rare);

        TrainingTable balanced = ((IStep)new Balance()).FitTransform(table, Context).Prepared;

        // n / (classes * rows of the class), as class_weight="balanced".
        balanced.Weights!.ShouldBe([.. Enumerable.Repeat(12.0 / (3 * 8), 8), .. Enumerable.Repeat(12.0 / (3 * 3), 3), 12.0 / 3], 1e-12);
    }

    [Fact]
    public void Oversampled_rows_share_a_group_with_their_origin()
    {
        TrainingTable balanced = ((IStep)new Balance { Method = BalanceMethod.Oversample }).FitTransform(new TrainingTable(Features, Rare), Context).Prepared;

        ((ClassTarget)balanced.Target).Codes.CountBy(code => code).Select(pair => pair.Value).ShouldBe([8, 8, 8]);
        balanced.Features.Take(Enumerable.Range(0, 12).ToArray()).ShouldBeRows(RowsOf(Features), 0);
        for (int row = 12; row < 24; row++)
        {
            balanced.Features.Take([row]).ShouldBeRows([RowsOf(Features)[balanced.Groups![row]]], 0);
        }
    }

    [Fact]
    public void Undersampled_rows_are_some_of_those_there_were()
    {
        TrainingTable balanced = ((IStep)new Balance { Method = BalanceMethod.Undersample, Share = 0.5 }).FitTransform(new TrainingTable(Features, Rare), Context).Prepared;

        ((ClassTarget)balanced.Target).Codes.CountBy(code => code).Select(pair => pair.Value).ShouldBe([2, 2, 1]);
        balanced.Features["x"].ShouldBeOfType<Float64Column>().Values.ShouldBeUnique();
    }

    [Fact]
    public void Made_up_rows_lie_between_rows_of_their_class()
    {
        (IFittedStep fitted, TrainingTable balanced) = ((IStep)new Balance { Method = BalanceMethod.Smote }).FitTransform(new TrainingTable(Features, Rare), Context);

        int[] codes = ((ClassTarget)balanced.Target).Codes;
        codes.CountBy(code => code).Select(pair => pair.Value).ShouldBe([8, 8, 8]);
        int[] made = [.. Enumerable.Range(12, 12).Where(row => codes[row] == 1)];
        made.ShouldAllBe(row => balanced.Features["x"].NumberAt(row) >= 10 && balanced.Features["x"].NumberAt(row) <= 14);
        made.Select(row => balanced.Features["x"].NumberAt(row)).Distinct().Count().ShouldBe(5);
        made.ShouldAllBe(row => balanced.Features["c"].TextAt(row) == "d" || balanced.Features["c"].TextAt(row) == "b");
        made.ShouldAllBe(row => balanced.Features["f"].NumberAt(row) == 0);
        balanced.Features["n"].ShouldBeOfType<Int64Column>();
        // A class of one row has no neighbour: it is repeated.
        Enumerable.Range(12, 12).Where(row => codes[row] == 2).ShouldAllBe(row => balanced.Features["x"].NumberAt(row) == 90 && balanced.Features["c"].IsMissing(row));
        fitted.Apply(Features).ShouldBeRows(RowsOf(Features), 0);
    }

    [Fact]
    public void Numbers_cannot_be_balanced_and_rows_with_gaps_not_made_up()
    {
        var gap = new TrainingTable(new Frame(new Float64Column("x", [1, double.NaN, 3])), new ClassTarget("y", [0, 0, 1], ["a", "b"]));

        Should.Throw<DataException>(() => ((IStep)new Balance()).FitTransform(Table(Features), Context)).Message.ShouldContain("only classes");
        Should.Throw<DataException>(() => ((IStep)new Balance { Method = BalanceMethod.Smote }).FitTransform(gap, Context)).Message.ShouldContain("Fill them by a step before");
    }

    [Fact]
    public void Watched_rows_stay_as_they_are()
    {
        TrainingTable table = SampleTables.Mixed(LearningTask.BinaryClassification, rows: 90), watched = SampleTables.Mixed(LearningTask.BinaryClassification, rows: 40, seed: 2);
        var seen = new List<int>();

        new Pipeline([new Impute(), new Outliers { Action = OutlierAction.Drop }, new Balance { Method = BalanceMethod.Smote }], new RowCounting(seen)).Fit(table, Context with { Watched = watched });

        seen[0].ShouldNotBe(90);
        seen[1].ShouldBe(40);
    }

    private sealed class RowCounting(List<int> seen) : IRecipe
    {
        public string Algorithm => "decision_tree";

        public IModel Fit(TrainingTable table, FitContext context)
        {
            seen.AddRange([table.RowCount, context.Watched!.RowCount]);
            return new Strata.Learning.Trees.DecisionTree().Fit(table, context with { Watched = null });
        }
    }
}
