using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Explanation;
using Strata.Learning.Explanation.Local;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Explanation.Local;

public sealed class LimeTests
{
    private static readonly Frame Numbers = SampleTables.Numbers(LearningTask.Regression, rows: 300, columns: 10).Features;

    [Theory]
    [InlineData(LimePerturbation.Quartiles)]
    [InlineData(LimePerturbation.Gaussian)]
    public void What_was_planted_comes_first(LimePerturbation perturbation)
    {
        var model = FunctionModel.OfProbability(Numbers, x => 1 / (1 + Math.Exp(-(3 * x[2] - 2.5 * x[6]))));
        int[] extremes = [.. Enumerable.Range(0, 300).OrderByDescending(row => Math.Abs(Numbers["x2"].NumberAt(row)) + Math.Abs(Numbers["x6"].NumberAt(row))).Take(5)];
        int[] rows = perturbation == LimePerturbation.Quartiles ? extremes : [.. Enumerable.Range(0, 300).OrderBy(row => Math.Abs(3 * Numbers["x2"].NumberAt(row) - 2.5 * Numbers["x6"].NumberAt(row))).Take(5)];

        IReadOnlyList<LimeExplanation> told = Lime.Explain(model, Numbers.Take(rows), new LimeOptions { Background = Numbers, Perturbation = perturbation });

        told.Count.ShouldBe(5);
        told.ShouldAllBe(one => one.Terms.Count == 6 && one.Output == "y");
        foreach (LimeExplanation one in told)
        {
            one.Terms.Take(2).Select(term => term.Column).ShouldBe(["x2", "x6"], ignoreOrder: true);
        }
    }

    [Fact]
    public void Gaussian_steps_of_a_line_give_its_slopes_in_deviations_and_full_fidelity()
    {
        var model = new FunctionModel(Numbers, x => 5 + 2 * x[0] - x[3]);

        LimeExplanation one = Lime.Explain(model, Numbers.Take([7]), new LimeOptions { Background = Numbers, Perturbation = LimePerturbation.Gaussian, Ridge = 1e-9, MostTerms = 2 }).Single();

        double Deviation(string name) => Math.Sqrt(Enumerable.Range(0, 300).Average(row => Math.Pow(Numbers[name].NumberAt(row), 2)) - Math.Pow(Enumerable.Range(0, 300).Average(Numbers[name].NumberAt), 2));
        one.Terms.Select(term => term.Column).ShouldBe(["x0", "x3"]);
        one.Terms[0].Weight.ShouldBe(2 * Deviation("x0"), 1e-6);
        one.Terms[1].Weight.ShouldBe(-Deviation("x3"), 1e-6);
        one.Fidelity.ShouldBe(1, 1e-9);
        one.LocalPrediction.ShouldBe(one.Prediction, 1e-6);
    }

    [Fact]
    public void Quartiles_and_levels_are_named_and_a_model_of_them_is_followed()
    {
        Frame rows = SampleTables.Mixed(LearningTask.Regression, rows: 400).Features;
        int at = Enumerable.Range(0, 400).First(row => rows["colour"].TextAt(row) == "red" && rows["visits"].NumberAt(row) < 2);
        var model = new FunctionModel(rows, x => (x[4] == 2 ? 4 : 0) + (x[2] <= 2 ? 1 : 0));

        LimeExplanation one = Lime.Explain(model, rows.Take([at]), new LimeOptions { Background = rows }).Single();

        one.Terms[0].ShouldSatisfyAllConditions(term => term.Column.ShouldBe("colour"), term => term.Condition.ShouldBe("= red"), term => term.Weight.ShouldBe(4, 0.3));
        one.Terms[1].ShouldSatisfyAllConditions(term => term.Column.ShouldBe("visits"), term => term.Condition.ShouldBe("<= 2"), term => term.Weight.ShouldBe(1, 0.3));
        one.Fidelity.ShouldBeGreaterThan(0.9);
        one.Prediction.ShouldBe(5);
    }

    [Fact]
    public void Little_fidelity_is_told_where_no_line_follows_the_model()
    {
        var model = new FunctionModel(Numbers, x => Math.Sin(40 * x[0]) * Math.Sin(40 * x[1]));

        Lime.Explain(model, Numbers.Take([0]), new LimeOptions { Background = Numbers, Perturbation = LimePerturbation.Gaussian }).Single().Fidelity.ShouldBeLessThan(0.1);
    }

    [Fact]
    public void The_part_of_a_series_that_counts_is_found()
    {
        float[][] cells = [.. Enumerable.Range(0, 20).Select(row => Enumerable.Range(0, 40).Select(step => (float)Math.Sin(row + step)).ToArray())];
        cells[3][22] = 9;
        var rows = new Frame(new ArrayColumn("curve", ColumnType.Series, ArrayColumn.OneChannel, [.. cells, null]));
        var model = new SpikeModel(rows);

        IReadOnlyList<LimeExplanation> told = Lime.Explain(model, rows.Take([3, 20]), new LimeOptions { Background = rows, ArrayColumn = "curve", Parts = 10, Samples = 400 });

        told.Count.ShouldBe(1, "the second cell is missing");
        told[0].Row.ShouldBe(0);
        told[0].Terms[0].Region.ShouldBe(new CellRegion(0, 20, 1, 4));
        told[0].Terms[0].Condition.ShouldBe("steps 21 to 24");
        told[0].Terms[0].Weight.ShouldBeGreaterThan(5);
        told[0].Fidelity.ShouldBeGreaterThan(0.9);
    }

    [Fact]
    public void The_patch_of_an_image_that_counts_is_found()
    {
        float[] picture = new float[12 * 9];
        picture[7 * 9 + 4] = 5;
        var rows = new Frame(new ArrayColumn("picture", ColumnType.Image, ArrayColumn.OneChannel, [picture, new float[12 * 9]], [9, 9]));

        LimeExplanation one = Lime.Explain(new SpikeModel(rows), rows.Take([0]), new LimeOptions { Background = rows, ArrayColumn = "picture", Parts = 3, Samples = 300 }).Single();

        one.Terms[0].Region.ShouldBe(new CellRegion(4, 3, 4, 3));
        one.Terms[0].Condition.ShouldBe("rows 5 to 8, columns 4 to 6");
    }

    [Fact]
    public void The_same_seed_gives_the_same_and_wrong_settings_are_named()
    {
        var model = new FunctionModel(Numbers, x => x[0] * x[1]);
        double[] Weights(ulong seed) => [.. Lime.Explain(model, Numbers.Take([1, 2]), new LimeOptions { Background = Numbers, Samples = 200, Context = new FitContext { Seed = seed } }).SelectMany(one => one.Terms.Select(term => term.Weight))];

        Weights(1).ShouldBe(Weights(1));
        Weights(1).ShouldNotBe(Weights(2));
        Should.Throw<DataException>(() => Lime.Explain(model, Numbers, new LimeOptions { Samples = 3, Ridge = 0 })).Problems.Count.ShouldBe(2);
        Should.Throw<DataException>(() => Lime.Explain(model, Numbers, new LimeOptions { ArrayColumn = "x0" })).Message.ShouldBe("Column 'x0' holds no arrays; expected one of series or images.");
    }

    /// <summary>The largest number of the one array.</summary>
    private sealed class SpikeModel(Frame like) : IModel
    {
        public string Algorithm => "spike";

        public ModelSignature Signature { get; } = new(LearningTask.Regression, "y", [], like.Schema);

        public Predictions Predict(Frame rows, int threads = 1) => Predictions.OfNumbers([.. ((ArrayColumn)rows.Columns[0]).Values.Select(cell => cell is null ? 0.0 : cell.Max())]);

        public void Write(Strata.Learning.ModelFiles.ModelWriter writer) => throw new InvalidOperationException();
    }
}
