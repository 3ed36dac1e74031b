using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Explanation;
using Strata.Learning.Linear;
using Strata.Learning.Metrics;
using Strata.Learning.ModelFiles;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Explanation;

public sealed class PermutationImportanceTests
{
    private static readonly TrainingTable Table = SampleTables.Numbers(LearningTask.Regression, rows: 400, columns: 4);

    [Fact]
    public void Columns_rank_by_what_the_model_takes_from_them_and_unused_ones_are_exactly_0()
    {
        IReadOnlyList<ColumnImportance> importances = PermutationImportance.Of(new Sum(Table, [4, -3, 0, 0]), Table, Metric.Named("explained_variance"), repeats: 4);

        importances.Select(importance => importance.Column).ShouldBe(["x0", "x1", "x2", "x3"]);
        importances[0].Mean.ShouldBeGreaterThan(importances[1].Mean);
        importances[1].Mean.ShouldBeGreaterThan(0.05);
        importances[0].StandardDeviation.ShouldBeGreaterThan(0);
        importances[2].ShouldBe(new ColumnImportance("x2", 0, 0));
    }

    [Fact]
    public void Shuffling_a_column_costs_the_expected_squared_difference()
    {
        var exact = new NumberTarget("y", [.. Enumerable.Range(0, 400).Select(row => 2 * Table.Features["x1"].NumberAt(row))]);
        var table = new TrainingTable(Table.Features, exact);

        ColumnImportance first = PermutationImportance.Of(new Sum(Table, [0, 2, 0, 0]), table, Metric.Named("r2"), repeats: 30)[0];

        first.Column.ShouldBe("x1");
        first.Mean.ShouldBe(2, 0.1); // R² falls from 1 to 1 - 2 Var / Var.
    }

    [Fact]
    public void The_same_seed_gives_the_same_numbers_whatever_other_columns_are_asked_for()
    {
        var model = new Sum(Table, [3, -1, 0.5, 0]);
        ColumnGroup[] only = [new("x1", ["x1"])];

        ColumnImportance alone = PermutationImportance.Of(model, Table, seed: 7, groups: only).ShouldHaveSingleItem();

        alone.ShouldBe(PermutationImportance.Of(model, Table, seed: 7).Single(importance => importance.Column == "x1"));
        alone.Mean.ShouldNotBe(PermutationImportance.Of(model, Table, seed: 8, groups: only)[0].Mean);
    }

    [Fact]
    public void Columns_of_a_group_are_shuffled_together()
    {
        Frame twins = Table.Features.With(Table.Features["x0"].Named("x1"));
        var model = new Sum(Table.WithFeatures(twins), [1, -1, 0, 1]); // x0 - x1 is always 0.

        IReadOnlyList<ColumnImportance> importances = PermutationImportance.Of(
            model, Table.WithFeatures(twins), Metric.Named("rmse"), groups: [new("twins", ["x0", "x1"]), new("x0", ["x0"])]);

        importances.Single(importance => importance.Column == "twins").Mean.ShouldBe(0, 1e-12);
        importances.Single(importance => importance.Column == "x0").Mean.ShouldBeGreaterThan(0.05);
    }

    [Fact]
    public void Cancelling_stops_it()
    {
        var context = new FitContext { Cancellation = new CancellationToken(canceled: true) };

        Should.Throw<OperationCanceledException>(() => PermutationImportance.Of(new Sum(Table, [1, 1, 1, 1]), Table, context: context));
    }

    [Fact]
    public void A_metric_that_is_undefined_on_the_rows_is_refused()
    {
        TrainingTable one = Table.Take([3]);

        Should.Throw<DataException>(() => PermutationImportance.Of(new Sum(Table, [1, 1, 1, 1]), one, Metric.Named("r2"))).Message.ShouldContain("'r2' is undefined on these 1 rows");
    }

    /// <summary>Predicts a weighted sum of its columns.</summary>
    private sealed class Sum(TrainingTable table, double[] factors) : IModel
    {
        public string Algorithm => "sum";

        public ModelSignature Signature => ModelSignature.Of(table);

        public Predictions Predict(Frame rows, int threads = 1) => Predictions.OfNumbers([.. Enumerable.Range(0, rows.RowCount)
            .Select(row => factors.Index().Sum(factor => factor.Item * rows[$"x{factor.Index}"].NumberAt(row)))]);

        public void Write(ModelWriter writer) => writer.Set("factors", factors);
    }

    [Theory]
    [InlineData(LearningTask.MulticlassClassification)]
    [InlineData(LearningTask.Regression)]
    public void Very_many_columns_are_measured_as_few_are_though_only_changed_rows_are_predicted(LearningTask task)
    {
        SparseTables tables = SparseTables.Of(task, rows: 150, columns: 520, weighted: false);
        IModel model = task == LearningTask.Regression ? new Ridge().Fit(tables.Sparse, new FitContext()) : new LogisticRegression().Fit(tables.Sparse, new FitContext());
        ColumnGroup[] groups = [.. model.Signature.Features.Names.Select(name => new ColumnGroup(name, [name]))];

        IReadOnlyList<ColumnImportance> all = PermutationImportance.Of(model, tables.Sparse, repeats: 2, seed: 4);
        var some = groups.Chunk(60).SelectMany(part => PermutationImportance.Of(model, tables.Full, repeats: 2, seed: 4, groups: part)).ToDictionary(column => column.Column);

        all.Count.ShouldBe(groups.Length);
        all.ShouldAllBe(column => Math.Abs(column.Mean - some[column.Column].Mean) < 1e-10 && Math.Abs(column.StandardDeviation - some[column.Column].StandardDeviation) < 1e-10);
        all[0].Mean.ShouldBeGreaterThan(0);
    }
}
