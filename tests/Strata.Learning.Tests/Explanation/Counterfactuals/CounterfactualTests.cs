using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Explanation.Counterfactuals;
using Strata.Learning.Trees;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Explanation.Counterfactuals;

public sealed class CounterfactualTests
{
    private static readonly Frame Rows = SampleTables.Mixed(LearningTask.Regression, rows: 300).Features;

    /// <summary>Yes for the red ones, and for those with many visits and a mass above 80.</summary>
    private static readonly FunctionModel Model = FunctionModel.OfProbability(Rows, x => x[4] == 2 || (x[2] >= 8 && x[1] > 80) ? 0.9 : 0.2);

    private static readonly int No = Enumerable.Range(0, 300).First(row => Rows["colour"].TextAt(row) == "blue" && Rows["visits"].NumberAt(row) is >= 3 and < 6 && Rows["mass"].NumberAt(row) < 70);

    [Fact]
    public void The_nearest_change_flips_the_class_and_is_as_small_as_it_can_be()
    {
        CounterfactualAnswer told = Asked(new CounterfactualOptions { Background = Rows });

        told.Label.ShouldBe("no");
        told.Reason.ShouldBeNull();
        told.Found[0].Changes.ShouldBe([new ColumnChange("colour", "blue", "red")]);
        told.Found[0].ShouldSatisfyAllConditions(one => one.Label.ShouldBe("yes"), one => one.Score.ShouldBe(0.9), one => one.Distance.ShouldBe(1));
        told.Evaluations.ShouldBeLessThan(10_000);
    }

    [Fact]
    public void Columns_that_stay_are_left_and_numbers_are_moved_no_further_than_needed()
    {
        Counterfactual one = Asked(new CounterfactualOptions { Background = Rows, Immutable = ["colour"] }).Found[0];

        one.Changes.Select(change => change.Column).ShouldBe(["mass", "visits"]);
        one.Changes[1].To.ShouldBe("8");
        double.Parse(one.Changes[0].To!, System.Globalization.CultureInfo.InvariantCulture).ShouldBeInRange(80, 80.1);
    }

    [Fact]
    public void Bounds_are_kept_and_where_nothing_is_found_it_says_so()
    {
        CounterfactualAnswer none = Asked(new CounterfactualOptions { Background = Rows, Immutable = ["colour"], Ranges = new Dictionary<string, AllowedRange> { ["visits"] = new(0, 7) } });

        none.Found.ShouldBeEmpty();
        none.Reason!.ShouldContain("made the model say anything but 'no'");
        none.Reason!.ShouldContain("no proof");
        Asked(new CounterfactualOptions { Background = Rows, WantedClass = "no" }).Reason!.ShouldContain("already says");
        Asked(new CounterfactualOptions { Background = Rows, Immutable = [.. Rows.Names] }).Reason!.ShouldContain("no column that may be changed");
    }

    [Fact]
    public void Several_are_of_other_columns_each()
    {
        IReadOnlyList<Counterfactual> found = Asked(new CounterfactualOptions { Background = Rows, Count = 2 }).Found;

        found.Select(one => string.Join(',', one.Changes.Select(change => change.Column))).ShouldBe(["colour", "mass,visits"]);
    }

    [Fact]
    public void A_number_is_moved_into_the_wanted_range()
    {
        TrainingTable table = SampleTables.Numbers(LearningTask.Regression, rows: 300);
        GradientBoostingModel model = new GradientBoosting { Trees = 50 }.Fit(table, new FitContext());
        int low = Enumerable.Range(0, 300).First(row => model.Predict(table.Features).Values[row] < 9);

        CounterfactualAnswer told = CounterfactualSearch.Of(model, table.Features.Take([low]), new CounterfactualOptions { Background = table.Features, WantedLow = 12, WantedHigh = 13 }).Single();

        told.Found.ShouldNotBeEmpty();
        told.Found.ShouldAllBe(one => one.Score >= 12 && one.Score <= 13 && one.Changes.Count > 0 && one.DistanceToData < 2);
        told.Score.ShouldBeLessThan(9);
    }

    [Fact]
    public void What_does_not_fit_the_model_is_refused_all_at_once()
    {
        Should.Throw<DataException>(() => Asked(new CounterfactualOptions { WantedClass = "maybe", WantedLow = 1, Immutable = ["weight"] })).Problems.ShouldBe([
            "A range is wanted, but 'y' is no number; name a class.",
            "There is no class 'maybe'; there are no, yes.",
            "The model has no column 'weight' to hold or to bound.",
        ]);
    }

    private static CounterfactualAnswer Asked(CounterfactualOptions options) => CounterfactualSearch.Of(Model, Rows.Take([No]), options).Single();
}
