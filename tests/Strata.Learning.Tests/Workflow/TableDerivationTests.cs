using System.Text.Json.Nodes;
using Shouldly;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Workflow;
using Strata.Tensors;
using Xunit;

namespace Strata.Learning.Tests.Workflow;

public class TableDerivationTests
{
    private static readonly FitContext Context = new() { Threads = 1 };

    private static readonly Frame People = new(
        new Float64Column("age", [20, double.NaN, 40, 60, 30, 900]),
        CategoryColumn.Of("town", ["a", "a", null, "b", "a", "a"]),
        CategoryColumn.Of("income", ["low", "high", null, "high", "low", "high"]),
        new Int64Column("id", [1, 2, 3, 4, 5, 6]));

    [Fact]
    public void Gaps_are_filled_from_all_rows_and_counted_and_the_target_stays_as_it_is()
    {
        TableDerivation made = TableDerivation.Of(People, [Step("impute", """{"numbers":"mean","categories":"most_frequent","indicators":false}""")], "income", Context);

        made.Table.Names.ShouldBe(["age", "town", "income", "id"]);
        made.Table["age"].NumberAt(1).ShouldBe(210);
        made.Table["town"].TextAt(2).ShouldBe("a");
        made.Table["income"].IsMissing(2).ShouldBeTrue();
        DerivedStep step = made.Steps.ShouldHaveSingleItem();
        step.Filled.ShouldBe(new Dictionary<string, int> { ["age"] = 1, ["town"] = 1 }, ignoreOrder: true);
        (step.FittedRows, step.RowsBefore, step.RowsAfter, step.ColumnsBefore, step.ColumnsAfter).ShouldBe((6, 6, 6, 4, 4));
    }

    [Fact]
    public void Rows_that_are_left_out_are_told_by_their_numbers()
    {
        TableDerivation made = TableDerivation.Of(People, [Step("drop_incomplete"), Step("outliers", """{"rule":"interquartile_range","factor":1.5,"action":"drop","columns":["age"]}""")], "income", Context);

        made.Rows.ShouldBe([0, 3, 4]);
        made.Table["income"].TextAt(1).ShouldBe("high");
        made.Table["id"].NumberAt(2).ShouldBe(5);
        made.Steps.Select(step => (step.Step, step.RowsBefore, step.RowsAfter)).ShouldBe([("drop_incomplete", 6, 4), ("outliers", 4, 3)]);
        made.Steps[1].Outliers.ShouldBe(new Dictionary<string, int> { ["age"] = 1 });
        made.Steps[0].Notes.ShouldBe(["Step 'drop_incomplete' left out 2 of 6 rows."]);
    }

    [Fact]
    public void Values_are_carried_along_in_the_order_of_the_rows()
    {
        TableDerivation made = TableDerivation.Of(People, [Step("fill_along", """{"direction":"backward"}""")], "income", Context);

        made.Table["age"].NumberAt(1).ShouldBe(40);
        made.Table["town"].TextAt(2).ShouldBe("b");
    }

    [Fact]
    public void Columns_are_chosen_by_the_rows_that_have_a_target_and_their_scores_told()
    {
        TableDerivation made = TableDerivation.Of(People, [Step("drop_columns", """{"columns":["town"]}"""), Step("select_best", """{"score":"anova_f","keep":1}""")], "income", Context);

        DerivedStep step = made.Steps[1];
        (step.Target, step.FittedRows).ShouldBe(("income", 5));
        step.Scores.Keys.ShouldBe(["age", "id"], ignoreOrder: true);
        made.Table.Names.ShouldBe([step.Scores["age"] > step.Scores["id"] ? "age" : "id", "income"], ignoreOrder: true);
        step.Dropped.ShouldHaveSingleItem();
    }

    [Fact]
    public void What_is_for_training_alone_makes_no_dataset()
    {
        DataException refused = Should.Throw<DataException>(() => TableDerivation.Of(People, [Step("balance"), Step("select_best"), Step("scal")], null, Context));

        refused.Problems.Count.ShouldBe(3);
        refused.Message.ShouldContain("Name it in a training's preparation");
        refused.Message.ShouldContain("name the target");
        refused.Message.ShouldContain("Did you mean 'scale'?");
    }

    /// <summary>
    /// A thousand columns of noise, of which those that happen to go with the target over all rows are kept. On these a model looks good that has learned nothing; with
    /// the same selection fitted again on training rows it is as bad as it is.
    /// </summary>
    [Fact]
    public void A_selection_over_all_rows_looks_good_as_it_is_and_tells_the_truth_when_it_is_fitted_again()
    {
        var random = new RandomSource(11);
        const int rows = 200, columns = 1000;
        Frame noise = new([
            .. Enumerable.Range(0, columns).Select(column => new Float64Column($"x{column}", [.. Enumerable.Range(0, rows).Select(_ => random.NextGaussian())])),
            CategoryColumn.Of("y", [.. Enumerable.Range(0, rows).Select(row => row % 2 == 0 ? "yes" : "no")])]);
        StepPlan selection = Step("select_best", """{"score":"correlation","keep":20}""");
        Frame chosen = TableDerivation.Of(noise, [selection], "y", Context).Table;
        chosen.ColumnCount.ShouldBe(21);
        var plan = new TrainingPlan { Target = "y", Algorithm = "logistic_regression", TestSize = 0.4, Threads = 1 };

        double asItIs = Training.Run(plan, chosen, Context, withImportance: false).Evaluation.Metrics["roc_auc"];
        TrainingOutcome refitted = Training.Run(plan with { DatasetSteps = [selection] }, noise, Context, withImportance: false);

        asItIs.ShouldBeGreaterThan(0.75);
        refitted.Evaluation.Metrics["roc_auc"].ShouldBeInRange(0.35, 0.65);
        refitted.Notes.ShouldContain(note => note.StartsWith("Step 'select_best' kept 20 of 1000 columns"));
    }

    [Fact]
    public void Rows_left_out_of_training_are_tested_on_all_the_same()
    {
        var random = new RandomSource(5);
        double[] x = [.. Enumerable.Range(0, 100).Select(row => row % 10 == 0 ? 1e6 : random.NextGaussian())];
        Frame table = new(new Float64Column("x", x), new Float64Column("y", [.. x.Select(value => Math.Min(value, 5))]));
        var plan = new TrainingPlan { Target = "y", Algorithm = "ridge", DatasetSteps = [Step("outliers", """{"action":"drop"}""")], Threads = 1 };

        TrainingOutcome outcome = Training.Run(plan, table, Context, withImportance: false);

        outcome.Test.Table.RowCount.ShouldBe(20);
        outcome.Notes.ShouldContain(note => note.StartsWith("Step 'outliers' left out") && note.EndsWith("of 80 training rows."));
        Training.Run(plan with { DatasetSteps = [] }, table, Context, withImportance: false).Test.RowNumbers.ShouldBe(outcome.Test.RowNumbers);
    }

    [Fact]
    public void Rows_to_stop_by_are_not_learned_from()
    {
        var random = new RandomSource(5);
        double[] x = [.. Enumerable.Range(0, 200).Select(_ => random.NextGaussian())];
        Frame table = new(new Float64Column("x", x), new Float64Column("y", [.. x.Select(value => value + random.NextGaussian())]));
        Frame Part(int from, int count) => table.Take([.. Enumerable.Range(from, count)]);
        var plan = new TrainingPlan { Target = "y", Hyperparameters = new Dictionary<string, JsonNode?> { ["trees"] = 300, ["early_stopping_rounds"] = 5 }, Threads = 1 };

        TrainingOutcome outcome = Training.Run(plan, Part(0, 100), Context, Part(150, 50), withImportance: false, validation: Part(100, 50));

        (outcome.TrainingRows, outcome.Test.Table.RowCount).ShouldBe((100, 50));
        TrainingOutcome other = Training.Run(plan, Part(0, 100), Context, Part(150, 50), withImportance: false, validation: Part(0, 100));
        other.TestPredictions.RawScores.ShouldNotBe(outcome.TestPredictions.RawScores);
    }

    private static StepPlan Step(string name, string settings = "{}") => new(name) { Settings = ((JsonObject)JsonNode.Parse(settings)!).ToDictionary(pair => pair.Key, pair => pair.Value?.DeepClone()) };
}
