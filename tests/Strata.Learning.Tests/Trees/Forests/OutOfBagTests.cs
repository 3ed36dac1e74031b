using Shouldly;
using Strata.Learning.Metrics;
using Strata.Learning.ModelFiles;
using Strata.Learning.Trees;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Trees.Forests;

public sealed class OutOfBagTests
{
    private static FitContext Context => new() { Seed = 3, Threads = 2, Cancellation = TestContext.Current.CancellationToken };

    [Fact]
    public void One_trees_out_of_bag_predictions_are_its_own_on_the_rows_it_did_not_see()
    {
        TrainingTable table = SampleTables.Mixed(LearningTask.MulticlassClassification);

        RandomForestModel model = new RandomForest { Trees = 1 }.Fit(table, Context);

        OutOfBag outOfBag = model.OutOfBag!;
        outOfBag.Coverage.ShouldBe(Math.Exp(-1), 0.06);
        outOfBag.RowCount.ShouldBe(outOfBag.Rows.Count);
        outOfBag.Coverage.ShouldBe(outOfBag.RowCount / 300.0, 1e-12);
        outOfBag.Predictions!.Values.ShouldBe(model.Predict(table.Features.Take([.. outOfBag.Rows])).Values, 1e-12);
    }

    [Fact]
    public void Rows_that_were_learned_by_heart_are_not_known_out_of_bag()
    {
        // The class is a coin: trees grown to the end know their rows, but nothing of the others.
        TrainingTable table = SampleTables.Numbers(LearningTask.BinaryClassification, 600);
        var random = new Strata.Tensors.RandomSource(4);
        table = new TrainingTable(table.Features, new ClassTarget("coin", [.. Enumerable.Range(0, 600).Select(_ => random.NextInt(2))], ["head", "tail"]));

        RandomForestModel model = new RandomForest { Trees = 60 }.Fit(table, Context);

        Metric.Named("accuracy").Of(model.Predict(table.Features), table.Target).ShouldBe(1, 0.02);
        model.OutOfBag!.Metrics["accuracy"].ShouldBe(0.5, 0.07);
        model.OutOfBag.Coverage.ShouldBe(1);
    }

    [Fact]
    public void The_estimate_is_kept_in_the_file_and_told_in_the_notes()
    {
        RandomForestModel model = new RandomForest { Trees = 20 }.Fit(SampleTables.Mixed(LearningTask.Regression), Context);
        var writer = new ModelWriter();
        model.Write(writer);

        RandomForestModel read = RandomForestModel.Read(ModelReader.Of(writer));

        read.OutOfBag!.Metrics.ShouldBe(model.OutOfBag!.Metrics);
        read.OutOfBag.Predictions.ShouldBeNull();
        read.Notes.ShouldHaveSingleItem().ShouldContain("rmse");
    }

    [Fact]
    public void Without_rows_left_out_there_is_no_estimate()
    {
        TrainingTable table = SampleTables.Mixed(LearningTask.Regression);

        new ExtraTrees { Trees = 5 }.Fit(table, Context).OutOfBag.ShouldBeNull();
        new Bagging { Trees = 5, Replacement = false }.Fit(table, Context).OutOfBag.ShouldBeNull();
        new RandomForest { Trees = 5, OutOfBag = false }.Fit(table, Context).OutOfBag.ShouldBeNull();
        new Bagging { Trees = 5, Replacement = false, RowFraction = 0.5 }.Fit(table, Context).OutOfBag!.Coverage.ShouldBeGreaterThan(0.9);
    }

    [Fact]
    public void Groups_are_owned_up_to()
    {
        TrainingTable table = SampleTables.Mixed(LearningTask.Regression);
        var grouped = new TrainingTable(table.Features, table.Target, groups: [.. Enumerable.Range(0, 300).Select(row => row / 10)]);

        new RandomForest { Trees = 5 }.Fit(grouped, Context).Notes.ShouldHaveSingleItem().ShouldContain("flatters");
    }
}
