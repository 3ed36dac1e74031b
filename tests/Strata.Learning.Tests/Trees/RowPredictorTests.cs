using Shouldly;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Preparation;
using Strata.Learning.Trees;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Trees;

public sealed class RowPredictorTests
{
    public static TheoryData<string, LearningTask> Learners =>
    [
        .. from name in (string[])["gradient_boosting", "random_forest", "decision_tree"]
           from task in (LearningTask[])[LearningTask.Regression, LearningTask.BinaryClassification, LearningTask.MulticlassClassification]
           select new TheoryDataRow<string, LearningTask>(name, task),
    ];

    [Theory]
    [MemberData(nameof(Learners))]
    public void One_row_is_predicted_as_in_a_table_to_the_last_bit_and_without_allocating(string name, LearningTask task)
    {
        TrainingTable table = WithText(SampleTables.Mixed(task, rows: 200));
        PipelineModel model = new Pipeline([new DropText()], Algorithms.Named(name).Recipe()).Fit(table, new FitContext { Threads = 1 });
        Frame unseen = WithText(SampleTables.Mixed(task, rows: 100, seed: 2)).Features;
        Predictions expected = model.Predict(unseen);
        RowPredictor predictor = RowPredictor.For(model).ShouldNotBeNull();
        double[][] rows = [.. Enumerable.Range(0, 100).Select(row => unseen.Columns.Select(column => column is TextColumn ? double.NaN : column.NumberAt(row)).ToArray())];
        double[] scores = new double[predictor.ScoreCount], values = new double[predictor.ValueCount];
        predictor.Predict(rows[0], scores, values);

        for (int row = 0; row < rows.Length; row++)
        {
            double[] asked = rows[row];
            Allocations.Of(() => predictor.Predict(asked, scores, values)).ShouldBe(0);
            scores.ShouldBe(expected.RawScores.AsSpan(row * scores.Length, scores.Length).ToArray());
            values.ShouldBe(expected.Values.AsSpan(row * values.Length, values.Length).ToArray());
        }
    }

    [Fact]
    public void Texts_become_the_numbers_that_the_trees_know()
    {
        TrainingTable table = SampleTables.Mixed(LearningTask.Regression, rows: 100);
        RowPredictor predictor = RowPredictor.For(new GradientBoosting { Trees = 3 }.Fit(table, new FitContext()))!;
        SchemaColumn category = predictor.Signature.Features.Columns.First(column => column.Levels is not null), number = predictor.Signature.Features.Columns.First(column => column.Levels is null);

        predictor.NumberOf(category.Name, category.Levels![1]).ShouldBe(1);
        predictor.NumberOf(category.Name, "never seen").ShouldBe(double.NaN);
        predictor.NumberOf(category.Name, null).ShouldBe(double.NaN);
        predictor.NumberOf(number.Name, "2.5").ShouldBe(2.5);
        predictor.IndexOf(number.Name).ShouldBe(predictor.Signature.Features.Names.ToList().IndexOf(number.Name));
        Should.Throw<DataException>(() => predictor.NumberOf("nowhere", "1"));
    }

    [Fact]
    public void Models_that_change_columns_or_are_not_of_trees_predict_tables_only()
    {
        TrainingTable table = SampleTables.Mixed(LearningTask.BinaryClassification, rows: 100);

        RowPredictor.For(new Pipeline([new Impute()], new GradientBoosting { Trees = 2 }).Fit(table, new FitContext())).ShouldBeNull();
        RowPredictor.For(new Pipeline([new Impute(), new OneHot()], Algorithms.Named("logistic_regression").Recipe()).Fit(table, new FitContext())).ShouldBeNull();
    }

    [Fact]
    public void A_row_of_another_length_is_refused()
    {
        RowPredictor predictor = RowPredictor.For(new GradientBoosting { Trees = 2 }.Fit(SampleTables.Numbers(LearningTask.Regression, rows: 50, columns: 3), new FitContext()))!;

        Should.Throw<ArgumentOutOfRangeException>(() => predictor.Predict([1, 2], new double[1], new double[1]));
    }

    private static TrainingTable WithText(TrainingTable table) => table.WithFeatures(
        new Frame([new TextColumn("remark", [.. Enumerable.Range(0, table.RowCount).Select(row => $"remark {row}")]), .. table.Features.Columns]));
}
