using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Linear;
using Strata.Learning.ModelFiles;
using Strata.Learning.Preparation;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Preparation;

public class PipelineTests
{
    private static readonly FitContext Context = new() { Threads = 2 };

    [Fact]
    public void Steps_learn_from_the_training_rows_only()
    {
        TrainingTable table = SampleTables.Mixed(LearningTask.BinaryClassification);
        int[] rows = [.. Enumerable.Range(0, table.RowCount)];
        TrainingTable training = table.Take(rows.AsSpan(0, 150)), watched = table.Take(rows.AsSpan(150));

        PipelineModel model = DefaultPreparation.For(new LogisticRegression(), needsCompleteNumbers: true).Fit(training, Context with { Watched = watched });

        var impute = (ColumnwiseStep<ImputeRule>)model.Steps[1];
        double[] present = [.. ((Float64Column)training.Features["height"]).Values.Where(value => !double.IsNaN(value)).Order()];
        double median = (present[(present.Length - 1) / 2] + present[present.Length / 2]) / 2;
        impute.Rules.Single(rule => rule.Column == "height").Number.ShouldBe(median);
    }

    [Fact]
    public void The_learner_sees_watched_rows_as_it_sees_training_rows()
    {
        TrainingTable table = SampleTables.WithTextAndDates(LearningTask.Regression);
        var seen = new Witness();

        PipelineModel model = new Pipeline(DefaultPreparation.CompleteNumbers, seen).Fit(table, Context with { Watched = table.Take([3, 1]) });

        seen.Context!.Watched!.Features.Names.ShouldBe(seen.Table!.Features.Names);
        seen.Context.Watched.RowCount.ShouldBe(2);
        seen.Context.Watched.Features["height"].NumberAt(0).ShouldBe(seen.Table.Features["height"].NumberAt(3));
        model.Learner.ShouldBeOfType<RidgeModel>();
    }

    [Fact]
    public void Every_column_of_the_learner_leads_back_to_an_original_one()
    {
        TrainingTable table = SampleTables.WithTextAndDates(LearningTask.Regression);

        PipelineModel model = DefaultPreparation.For(new Ridge(), needsCompleteNumbers: true).Fit(table, Context);

        model.Signature.Features.Names.ShouldBe(table.Features.Names);
        model.Learner.Signature.Features.Names.ShouldAllBe(name => table.Features.Contains(model.OriginsOf(name).Single().Column));
        model.OriginsOf("colour=red").ShouldBe([new OriginShare("colour", 1)]);
        model.OriginsOf("height was missing").ShouldBe([new OriginShare("height", 1)]);
        model.OriginsOf("seen").ShouldBe([new OriginShare("seen", 1)]);
        Should.Throw<DataException>(() => model.OriginsOf("remark"));
        model.Notes.ShouldBe(["1 column of free text is left out: 'remark'."]);
    }

    [Fact]
    public void Contributions_are_summed_to_the_original_columns()
    {
        TrainingTable table = SampleTables.Mixed(LearningTask.Regression);
        PipelineModel model = DefaultPreparation.For(new Ridge(), needsCompleteNumbers: true).Fit(table, Context);
        string[] columns = [.. model.Learner.Signature.Features.Names];
        double[] values = [.. Enumerable.Range(0, 2 * columns.Length).Select(i => i + 1.0)];
        var learned = new Contributions(columns, ["outcome"], 2, values, [0.5, 0.25]);

        Contributions original = model.InOriginalColumns(learned);

        original.Columns.ShouldBe(table.Features.Names);
        original.BiasOf(1, 0).ShouldBe(0.25);
        original.Of(1, 0).ToArray().Sum().ShouldBe(learned.Of(1, 0).ToArray().Sum());
        double[] ofColour = [.. columns.Select((column, j) => column.StartsWith("colour", StringComparison.Ordinal) ? learned.Of(0, 0)[j] : 0)];
        original.Of(0, 0)[4].ShouldBe(ofColour.Sum());
    }

    [Fact]
    public void Steps_that_leave_no_column_are_an_error_that_says_why()
    {
        var features = new Frame(new TextColumn("remark", ["a", "b", "c"]));
        var table = new TrainingTable(features, new NumberTarget("price", [1, 2, 3]));

        DataException refusal = Should.Throw<DataException>(() => DefaultPreparation.For(new Ridge(), needsCompleteNumbers: true).Fit(table, Context));

        refusal.Message.ShouldBe("Step 'drop_text' leaves no column to learn 'price' from. 1 column of free text is left out: 'remark'.");
    }

    [Fact]
    public void A_step_of_a_newer_program_is_refused_by_name()
    {
        PipelineModel model = DefaultPreparation.For(new Ridge(), needsCompleteNumbers: false).Fit(SampleTables.Numbers(LearningTask.Regression), Context);
        var writer = new ModelWriter();
        model.Write(writer);
        writer.Section("steps").Set("names", new[] { "distil" });

        ModelFileException refusal = Should.Throw<ModelFileException>(() => PipelineModel.Read(ModelReader.Of(writer), (_, learner) => RidgeModel.Read(learner)));

        refusal.Message.ShouldContain("'distil'");
    }

    /// <summary>Fits ridge and keeps what it was given.</summary>
    private sealed class Witness : IRecipe
    {
        public string Algorithm => "ridge";

        public TrainingTable? Table { get; private set; }

        public FitContext? Context { get; private set; }

        public IModel Fit(TrainingTable table, FitContext context)
        {
            (Table, Context) = (table, context);
            return new Ridge().Fit(table, context);
        }
    }
}
