using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Linear;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Linear;

public class LinearSvmTests
{
    private static readonly FitContext Context = new() { Threads = 2, Seed = 3 };

    public static TheoryData<string> CaseNames => [.. LinearFixture.Instance.Svm.Select(given => given.Name)];

    [Theory]
    [MemberData(nameof(CaseNames))]
    public void Coefficients_are_those_of_scikit_learn(string name)
    {
        SvmCase given = LinearFixture.Instance.Svm.Single(one => one.Name == name);
        string[] classes = [.. Enumerable.Range(0, given.Codes.Max() + 1).Select(code => $"class {code}")];
        var recipe = new LinearSvm
        {
            C = given.C,
            Loss = given.Loss,
            ClassWeight = given.Balanced ? ClassWeighting.Balanced : ClassWeighting.None,
            FitIntercept = given.FitIntercept,
            CalibrateProbabilities = false,
            Tolerance = 1e-10,
        };

        LinearMarginModel model = recipe.Fit(new TrainingTable(LinearFixture.FrameOf(given.X), new ClassTarget("y", given.Codes, classes), given.Weights), Context);

        model.Notes.ShouldBeEmpty();
        model.Coefficients.ShouldBe(given.Coefficients.SelectMany(row => row), given.Within);
        model.Intercepts.ShouldBe(given.Intercepts, given.Within);
        Objective(given, model).ShouldBeLessThanOrEqualTo(given.Objective * (1 + 1e-9));
    }

    /// <summary>What both minimise, summed over scores; scikit-learn's own solver stops early on some cases.</summary>
    private static double Objective(SvmCase given, LinearMarginModel model)
    {
        int outputs = model.Intercepts.Length;
        double[] scores = model.Predict(LinearFixture.FrameOf(given.X)).RawScores;
        double sum = model.Coefficients.Concat(model.Intercepts).Sum(value => value * value) / 2;
        for (int i = 0; i < scores.Length; i++)
        {
            double side = given.Codes[i / outputs] == (outputs == 1 ? 1 : i % outputs) ? 1 : -1, miss = Math.Max(0, 1 - side * scores[i]);
            sum += given.C * given.Costs[i / outputs] * (given.Loss == MarginLoss.Squared ? miss * miss : miss);
        }

        return sum;
    }

    [Theory]
    [InlineData(MarginLoss.Squared)]
    [InlineData(MarginLoss.Absolute)]
    public void Probabilities_are_near_the_frequencies_they_name(MarginLoss loss)
    {
        TrainingTable table = SampleTables.Numbers(LearningTask.BinaryClassification, rows: 2000);
        int[] rows = [.. Enumerable.Range(0, 2000)];
        TrainingTable unseen = table.Take(rows.AsSpan(1000));

        Predictions predictions = new LinearSvm { Loss = loss }.Fit(table.Take(rows.AsSpan(0, 1000)), Context).Predict(unseen.Features);

        int[] codes = ((ClassTarget)unseen.Target).Codes;
        codes.Average().ShouldBe(Enumerable.Range(0, 1000).Average(row => predictions.Probability(row, 1)), 0.03);
        codes.Select((code, row) => Math.Pow(predictions.Probability(row, 1) - code, 2)).Average().ShouldBeLessThan(0.1);
    }

    [Theory]
    [InlineData(MarginLoss.Squared)]
    [InlineData(MarginLoss.Absolute)]
    public void A_fit_that_may_not_go_on_says_so(MarginLoss loss)
    {
        TrainingTable table = SampleTables.Numbers(LearningTask.BinaryClassification);

        LinearMarginModel model = new LinearSvm { Loss = loss, MaxIterations = 1, CalibrateProbabilities = false }.Fit(table, Context);

        model.Converged.ShouldBeFalse();
        model.Notes.ShouldHaveSingleItem().ShouldContain("before it converged");
    }

    [Fact]
    public void Classes_that_a_plane_parts_are_parted()
    {
        TrainingTable table = SampleTables.Numbers(LearningTask.BinaryClassification);
        int[] codes = [.. ((Float64Column)table.Features["x0"]).Values.Select(value => value > 0 ? 1 : 0)];
        var parted = new TrainingTable(table.Features, new ClassTarget("y", codes, ["left", "right"]));

        LinearMarginModel model = new LinearSvm { Loss = MarginLoss.Absolute, C = 1e4, CalibrateProbabilities = false }.Fit(parted, Context);
        Predictions predictions = model.Predict(table.Features);

        model.Converged.ShouldBeTrue(string.Join(' ', model.Notes));
        codes.Where((code, row) => predictions.ClassCode(row) != code).Count().ShouldBeLessThan(5);
    }
}
