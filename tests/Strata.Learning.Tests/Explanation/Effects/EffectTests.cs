using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Explanation.Effects;
using Strata.Tensors;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Explanation.Effects;

public sealed class EffectTests
{
    private static readonly Frame Numbers = SampleTables.Numbers(LearningTask.Regression, rows: 200, columns: 4).Features;

    [Fact]
    public void Partial_dependence_is_the_mean_over_the_rows_and_ICE_each_rows_line()
    {
        var model = new FunctionModel(Numbers, x => x[0] * x[0] + 2 * x[1] * x[0]);

        PartialDependence told = PartialDependence.Of(model, Numbers, "x0", new EffectOptions { Points = 7 }, individual: true);

        double mean = Enumerable.Range(0, 200).Average(Numbers["x1"].NumberAt);
        told.Grid.Numbers!.Count.ShouldBe(7);
        told.Grid.Numbers[0].ShouldBe(Enumerable.Range(0, 200).Min(Numbers["x0"].NumberAt));
        told.Grid.Numbers[6].ShouldBe(Enumerable.Range(0, 200).Max(Numbers["x0"].NumberAt));
        told.Means[0].ShouldBe([.. told.Grid.Numbers.Select(x => x * x + 2 * mean * x)], 1e-9);
        told.Individual![0].Count.ShouldBe(200);
        told.Individual[0][13][2].ShouldBe(told.Grid.Numbers[2] * (told.Grid.Numbers[2] + 2 * Numbers["x1"].NumberAt(13)), 1e-9);
    }

    [Fact]
    public void Levels_and_booleans_have_a_point_each_and_rows_are_a_seeded_choice()
    {
        Frame rows = SampleTables.WithTextAndDates(LearningTask.Regression, rows: 300).Features;
        var model = new FunctionModel(rows.Drop(["remark"]), x => (double.IsNaN(x[4]) ? 0 : 10 * x[4]) + (x[3] == 1 ? 3 : 0));

        PartialDependence colour = PartialDependence.Of(model, rows, "colour", new EffectOptions { MostRows = 50 }), smoker = PartialDependence.Of(model, rows, "smoker"), seen = PartialDependence.Of(model, rows, "seen");

        colour.Grid.Labels.ShouldBe(SampleTables.Colours);
        colour.Grid.Numbers.ShouldBeNull();
        colour.Rows.Count.ShouldBe(50);
        (colour.Means[0][3] - colour.Means[0][0]).ShouldBe(30, 1e-9);
        smoker.Grid.Labels.ShouldBe(["false", "true"]);
        (smoker.Means[0][1] - smoker.Means[0][0]).ShouldBe(3, 1e-9);
        seen.Grid.Labels[0].ShouldStartWith("20");
        Should.Throw<DataException>(() => PartialDependence.Of(new FunctionModel(rows.Select(["remark"]), _ => 0), rows, "remark")).Message.ShouldContain("'remark' is text");
    }

    [Fact]
    public void Accumulated_effects_are_not_misled_by_columns_that_go_together()
    {
        // x1 is nearly x0: what the model says far from the diagonal does not count.
        var random = new RandomSource(4);
        double[] x0 = [.. Enumerable.Range(0, 400).Select(_ => random.NextDouble())], x1 = [.. x0.Select(value => value + 0.01 * random.NextGaussian())];
        var rows = new Frame(new Float64Column("x0", x0), new Float64Column("x1", x1));
        var model = new FunctionModel(rows, x => Math.Abs(x[0] - x[1]) > 0.2 ? 100 : x[0] + 0.5 * x[1]);

        AccumulatedEffects told = AccumulatedEffects.Of(model, rows, "x0", new EffectOptions { Points = 21 });

        (told.Effects[0][^1] - told.Effects[0][0]).ShouldBe(told.Grid.Numbers![^1] - told.Grid.Numbers[0], 1e-9);
        told.Counts.Sum().ShouldBe(400);
        told.Counts.Count.ShouldBe(told.Grid.Numbers.Count - 1);
        told.Counts.Select((count, k) => count * (told.Effects[0][k] + told.Effects[0][k + 1]) / 2).Sum().ShouldBe(0, 1e-9);
        PartialDependence.Of(model, rows, "x0").Means[0][0].ShouldBeGreaterThan(20);
    }

    [Fact]
    public void Accumulated_effects_of_levels_are_their_differences()
    {
        Frame rows = SampleTables.Mixed(LearningTask.Regression, rows: 300).Features;
        double[] effect = [5, -2, 0, 1];
        var model = new FunctionModel(rows, x => (double.IsNaN(x[4]) ? 0 : effect[(int)x[4]]) + (x[2] > 5 ? 0.1 : 0));

        AccumulatedEffects told = AccumulatedEffects.Of(model, rows, "colour");

        told.Grid.Labels.Order().ShouldBe(SampleTables.Colours);
        double Effect(string level) => told.Effects[0][told.Grid.Labels.Index().Single(one => one.Item == level).Index];
        (Effect("blue") - Effect("green")).ShouldBe(7, 1e-9);
        (Effect("yellow") - Effect("red")).ShouldBe(1, 1e-9);
        told.Counts.Select((count, level) => count * told.Effects[0][level]).Sum().ShouldBe(0, 1e-9);
    }

    [Fact]
    public void Levels_that_are_alike_stand_side_by_side()
    {
        double[] centre = [0, 10, 5, 15];
        var random = new RandomSource(2);
        int[] codes = [.. Enumerable.Range(0, 400).Select(row => row % 4)];
        var rows = new Frame(new CategoryColumn("level", codes, ["a", "b", "c", "d"]), new Float64Column("x", [.. codes.Select(code => centre[code] + 3 * random.NextGaussian())]));

        string[] order = [.. LevelOrder.Of(rows, rows["level"], [.. Enumerable.Range(0, 400)]).Select(code => rows["level"].TextAt(code)!)];

        order.ShouldBe(["a", "c", "b", "d"]);
    }

    [Fact]
    public void Two_columns_have_a_table_of_means()
    {
        var model = new FunctionModel(Numbers, x => x[0] * x[1] + x[2]);

        PairDependence told = PairDependence.Of(model, Numbers, "x0", "x1", new EffectOptions { Points = 5 });

        double mean = Enumerable.Range(0, 200).Average(Numbers["x2"].NumberAt);
        told.Means[0][1][3].ShouldBe(told.First.Numbers![1] * told.Second.Numbers![3] + mean, 1e-9);
        Should.Throw<DataException>(() => PairDependence.Of(model, Numbers, "x0", "x0")).Message.ShouldContain("given twice");
    }

    [Fact]
    public void Friedmans_H_tells_what_acts_together_from_what_adds_up()
    {
        var model = new FunctionModel(Numbers, x => 3 * x[0] * x[1] + 5 * x[2] - x[3]);

        IReadOnlyList<FriedmanH> told = FriedmanH.Of(model, Numbers);

        told.Count.ShouldBe(6);
        (told[0].First, told[0].Second).ShouldBe(("x0", "x1"));
        told[0].H.ShouldBeGreaterThan(0.8);
        told.Skip(1).ShouldAllBe(pair => pair.H < 1e-6 && pair.Strength < 1e-6);
    }
}
