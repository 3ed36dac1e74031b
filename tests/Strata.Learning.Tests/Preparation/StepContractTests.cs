using System.Text.Json.Nodes;
using Shouldly;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Preparation;
using Strata.Testing;
using Xunit;
using static Strata.Learning.Tests.Preparation.StepFixture;

namespace Strata.Learning.Tests.Preparation;

/// <summary>What holds for every step in the table, with its defaults and with settings that change what it does.</summary>
public class StepContractTests
{
    public static TheoryData<string, bool> Cases =>
    [
        .. PreparationSteps.All.Select(step => step.Name).Except(["derive", "select_columns", "fold_series", "fold_image"]).Concat(
        [
            "select_columns:columns=mass|colour", "drop_columns:columns=mass", "mark_missing:columns=mass,least=60,most=70", "derive:column=bulk,formula=mass / (height / 100) ^ 2",
            "impute:numbers=mean,indicators=false", "impute_neighbors:vote=distance", "scale:method=robust", "quantile_scale:shape=normal", "target_encode:smoothing=5", "polynomial:degree=3,columns=mass|height",
            "ratios:columns=mass|height,both_ways=true", "bin:as_categories=true,borders=k_means", "pca:components=2,columns=mass|height", "outliers:action=drop,rule=z_score", "balance:method=smote", "balance:method=oversample",
            "balance:method=undersample", "select_best:score=anova_f", "select_best:score=correlation", "select_by_model:algorithm=logistic_regression,method=elimination", "text_tfidf:unit=characters,longest=2",
            "date_parts:keep=true", "one_hot:max_levels=3", "fill_along:direction=backward",
        ]).SelectMany(text => new[] { true, false }.Select(complete => new TheoryDataRow<string, bool>(text, complete))),
    ];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_step_keeps_its_contract(string text, bool complete)
    {
        TrainingTable table = SampleTables.WithTextAndDates(LearningTask.BinaryClassification, rows: 120);
        if (complete)
        {
            table = table.WithFeatures(new Impute().Fit(table, Context).Apply(table.Features));
        }

        StepPlan plan = StepPlan.Parse(text);
        IStep step = PreparationSteps.Of([plan])[0];
        if (!complete && (plan.Step == "pca" || text == "balance:method=smote"))
        {
            Should.Throw<DataException>(() => step.FitTransform(table, Context));
            return;
        }

        (IFittedStep fitted, TrainingTable prepared) = step.FitTransform(table, Context);
        Frame batch = fitted.Apply(table.Features);

        // Rows are told one by one as together, and their number and order stay.
        batch.RowCount.ShouldBe(table.RowCount);
        for (int row = 0; row < 25; row++)
        {
            ShouldBeTheSame(fitted.Apply(table.Features.Take([row])), batch.Take([row]));
        }

        // The learner sees the same columns of the same types in training and later.
        prepared.Features.Names.ShouldBe(batch.Names);
        prepared.Features.Columns.Select(column => column.Type).ShouldBe(batch.Columns.Select(column => column.Type));

        // Each column leads back to columns that were there.
        fitted.Origins.Keys.Order().ShouldBe(batch.Names.Order());
        fitted.Origins.Values.ShouldAllBe(origins => origins.Count > 0 && origins.All(table.Features.Contains));

        // Written and read it does the same; fitted again, with another number of threads, it is the same bytes.
        ShouldBeTheSame(Reread(fitted).Apply(table.Features), batch);
        (IFittedStep again, TrainingTable preparedAgain) = PreparationSteps.Of([plan])[0].FitTransform(table, Context with { Threads = 1 });
        BytesOf(again).ShouldBe(BytesOf(fitted));
        ShouldBeTheSame(preparedAgain.Features, prepared.Features);

        // No row, and levels and texts that were not there.
        fitted.Apply(table.Features.Take([])).RowCount.ShouldBe(0);
        Frame unseen = table.Features.With(new CategoryColumn("colour", new int[table.RowCount], ["ultraviolet"])).With(new TextColumn("remark", [.. Enumerable.Repeat("unheard of", table.RowCount)]));
        fitted.Apply(unseen).Names.ShouldBe(batch.Names);
    }

    [Fact]
    public void A_step_that_is_cancelled_stops()
    {
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();
        TrainingTable table = SampleTables.Numbers(LearningTask.BinaryClassification, rows: 50);

        foreach (string name in new[] { "scale", "impute_iterative", "pca", "select_best", "select_by_model", "target_encode" })
        {
            TrainingTable given = name == "target_encode" ? SampleTables.Mixed(LearningTask.BinaryClassification) : table;
            Should.Throw<OperationCanceledException>(() => PreparationSteps.Of([new StepPlan(name)])[0].FitTransform(given, new FitContext { Cancellation = cancellation.Token }));
        }
    }

    [Theory]
    [InlineData("scale", 0)]
    [InlineData("scale:method=robust", 1)]
    [InlineData("derive:column=a,formula=min(b,[c, d])", 2)]
    [InlineData(" scale : method = robust ", 1)]
    public void Steps_are_read_from_a_command_line(string text, int settings) => StepPlan.Parse(text).Settings.Count.ShouldBe(settings);

    [Fact]
    public void Steps_and_settings_that_are_not_there_are_all_named()
    {
        DataException refusal = Should.Throw<DataException>(() => PreparationSteps.Of([StepPlan.Parse("scalee"), StepPlan.Parse("scale:metod=robust"), StepPlan.Parse("bin:bins=1")]));

        refusal.Problems.Count.ShouldBe(3);
        refusal.Message.ShouldContain("Did you mean 'scale'?");
        refusal.Message.ShouldContain("Step 'scale' has no setting 'metod'. Did you mean 'method'?");
        refusal.Message.ShouldContain("Step 'bin': 'bins' is '1'; it takes a whole number from 2 to 1000.");
        Should.Throw<DataException>(() => StepPlan.Parse("scale:robust")).Message.ShouldContain("STEP:NAME=VALUE");
    }

    [Fact]
    public void Settings_have_a_schema()
    {
        JsonObject properties = (JsonObject)PreparationSteps.Named("pca").JsonSchema()["properties"]!;

        properties["variance"]!["maximum"]!.GetValue<double>().ShouldBe(1);
        properties["columns"]!["type"]!.GetValue<string>().ShouldBe("array");
        PreparationSteps.All.ShouldAllBe(step => step.Summary.EndsWith('.') && step.JsonSchema().Count > 3);
    }

    private static byte[] BytesOf(IFittedStep fitted)
    {
        var writer = new ModelWriter();
        fitted.Write(writer);
        using var file = new MemoryStream();
        ModelContainer.Write(file, writer);
        return file.ToArray();
    }

    private static void ShouldBeTheSame(Frame actual, Frame expected)
    {
        actual.Names.ShouldBe(expected.Names);
        foreach (Column column in expected.Columns)
        {
            for (int row = 0; row < expected.RowCount; row++)
            {
                if (actual[column.Name].TextAt(row) != column.TextAt(row))
                {
                    actual[column.Name].TextAt(row).ShouldBe(column.TextAt(row), $"column '{column.Name}', row {row + 1}");
                }
            }
        }
    }
}
