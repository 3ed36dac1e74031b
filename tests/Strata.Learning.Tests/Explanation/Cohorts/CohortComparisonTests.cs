using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Explanation.Cohorts;
using Strata.Learning.Linear;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Explanation.Cohorts;

public sealed class CohortComparisonTests
{
    private static readonly Frame One = Rows(0.9, 0.9, 0.1, 0.8, 0.2), Other = Rows(0.1, 0.6, 0.2, 0.3);

    /// <summary>Says yes above a half.</summary>
    private static readonly FunctionModel Model = FunctionModel.OfProbability(One, x => x[0]);

    [Fact]
    public void Fairness_is_as_counted_by_hand()
    {
        CohortComparison told = CohortComparison.Of(Model, new Cohort("a", One, Truth(1, 0, 0, 1, 1)), new Cohort("b", Other, Truth(1, 1, 0, 0)));

        CohortMeasure Measure(string name) => told.Fairness.Single(measure => measure.Name == name);
        (Measure("demographic_parity_difference").First, Measure("demographic_parity_difference").Second).ShouldBe((0.6, 0.25));
        Measure("demographic_parity_difference").Value!.Value.ShouldBe(0.35, 1e-12);
        Measure("demographic_parity_ratio").Value!.Value.ShouldBe(0.25 / 0.6, 1e-12);
        Measure("equal_opportunity_difference").Value!.Value.ShouldBe(2 / 3.0 - 1 / 2.0, 1e-12);
        Measure("false_positive_rate_difference").Value!.Value.ShouldBe(0.5, 1e-12);
        Measure("equalized_odds_difference").Value!.Value.ShouldBe(0.5, 1e-12);
        Measure("accuracy_difference").Value!.Value.ShouldBe(0.6 - 0.75, 1e-12);
        Measure("calibration_gap_difference").Value!.Value.ShouldBe((2.9 - 3) / 5 - (1.2 - 2) / 4, 1e-12);
        Measure("calibration_error_difference").First!.Value.ShouldBe((Math.Abs(1.8 - 1) + Math.Abs(0.8 - 1) + 0.1 + Math.Abs(0.2 - 1)) / 5, 1e-12);
        told.Fairness.ShouldAllBe(measure => measure.Output == "yes");
        (told.FirstRows, told.SecondRows).ShouldBe((5, 4));
    }

    [Fact]
    public void Without_truth_only_answers_are_compared_and_what_is_undefined_is_null()
    {
        CohortComparison.Of(Model, new Cohort("a", One), new Cohort("b", Other, Truth(1, 1, 0, 0))).Fairness.Select(measure => measure.Name)
            .ShouldBe(["demographic_parity_difference", "demographic_parity_ratio", "mean_probability_difference"]);

        CohortMeasure undefined = CohortComparison.Of(Model, new Cohort("a", One, Truth(0, 0, 0, 0, 0)), new Cohort("b", Other, Truth(1, 1, 0, 0))).Fairness.Single(measure => measure.Name == "equal_opportunity_difference");
        (undefined.First, undefined.Value, undefined.Interval).ShouldBe((null, null, null));
        undefined.Second.ShouldBe(0.5);
    }

    [Fact]
    public void The_column_that_moves_the_answers_apart_comes_first_and_its_values_differ()
    {
        TrainingTable table = SampleTables.Numbers(LearningTask.Regression, rows: 400);
        RidgeModel model = new Ridge().Fit(table, new FitContext());
        int[] high = [.. Enumerable.Range(0, 400).Where(row => table.Features["x1"].NumberAt(row) > 0.3)], low = [.. Enumerable.Range(0, 400).Except(high)];

        CohortComparison told = CohortComparison.Of(model, Of("high", table, high), Of("low", table, low));

        told.Contributions[0].Column.ShouldBe("x1");
        told.Contributions[0].Difference.ShouldBeLessThan(0);
        told.Contributions[0].Interval.High.ShouldBeLessThan(0);
        told.Columns[0].ShouldSatisfyAllConditions(column => column.Column.ShouldBe("x1"), column => column.Distance.ShouldBe(1), column => column.FirstMean!.Value.ShouldBeGreaterThan(0.3));
        CohortMeasure mean = told.Fairness.Single(measure => measure.Name == "mean_prediction_difference");
        told.Contributions.Sum(column => column.Difference).ShouldBe(mean.Value!.Value, 1e-9);
        mean.Interval!.Low.ShouldBeLessThan(mean.Value.Value);
        mean.Interval.High.ShouldBeGreaterThan(mean.Value.Value);
    }

    [Fact]
    public void Levels_and_gaps_are_compared_by_their_shares()
    {
        var one = new Frame(new CategoryColumn("c", [0, 0, 1, -1], ["p", "q"]));
        var other = new Frame(new CategoryColumn("c", [1, 1], ["p", "q"]));

        CohortColumn column = CohortDistributions.Of(one, other).Single();

        column.Distance!.Value.ShouldBe((0.5 + 0.75 + 0.25) / 2, 1e-12);
        column.FirstMissing.ShouldBe(0.25);
        column.Levels.ShouldContain(new LevelShare("p", 2 / 3.0, 0));
    }

    [Fact]
    public void What_does_not_fit_is_refused_all_at_once()
    {
        Should.Throw<DataException>(() => CohortComparison.Of(Model, new Cohort("a", One.Take([])), new Cohort("b", Other, Truth(1)), new CohortOptions { PositiveClass = "perhaps", Draws = 1 })).Problems.Count.ShouldBe(4);
    }

    private static Cohort Of(string name, TrainingTable table, int[] rows) => new(name, table.Features.Take(rows), table.Target.Take(rows));

    private static Frame Rows(params double[] values) => new(new Float64Column("p", values));

    private static ClassTarget Truth(params int[] codes) => new("y", codes, ["no", "yes"]);
}
