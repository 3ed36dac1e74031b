using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Vectors;
using Strata.Tensors;
using Xunit;

namespace Strata.Learning.Tests.Vectors;

public class VectorTests
{
    private static readonly FitContext Context = new() { Threads = 2, Seed = 3 };

    public static TheoryData<string> CaseNames => [.. VectorFixture.Instance.Cases.Select(given => given.Name)];

    [Theory]
    [MemberData(nameof(CaseNames))]
    public void Decision_values_support_vectors_and_objectives_are_those_of_scikit_learn(string name)
    {
        VectorCase given = VectorFixture.Instance.Cases.Single(one => one.Name == name);

        IModel model = given.Algorithm == "svm"
            ? given.Recipe(("tolerance", 1e-8), ("calibrate_probabilities", false)).Fit(given.Table, Context)
            : given.Recipe(("tolerance", 1e-8)).Fit(given.Table, Context);

        model.Notes.ShouldBeEmpty();
        model.Predict(given.Rows).RawScores.ShouldBe(given.Decisions.SelectMany(row => row), 2e-5);
        int vectors = model is SvmModel svm ? svm.VectorCount : ((SvrModel)model).VectorCount;
        vectors.ShouldBe(given.Vectors);
        if (given.Objective is double objective)
        {
            double reached = model is SvmModel classes ? classes.DualObjectives.Single() : ((SvrModel)model).DualObjective;
            reached.ShouldBe(objective, 1e-6 * Math.Abs(objective));
        }
    }

    [Fact]
    public void Points_set_aside_on_the_way_make_no_difference_to_the_optimum()
    {
        TrainingTable table = Rings(3000);

        SvmModel model = new Svm { C = 20, CalibrateProbabilities = false, CacheMegabytes = 1 }.Fit(table, Context);
        SvmModel roomy = new Svm { C = 20, CalibrateProbabilities = false, Tolerance = 1e-7 }.Fit(table, Context);

        model.Converged.ShouldBeTrue();
        model.DualObjectives[0].ShouldBe(roomy.DualObjectives[0], 1e-4 * Math.Abs(roomy.DualObjectives[0]));
        model.DecisionValues(table.Features).ShouldBe(roomy.DecisionValues(table.Features), 0.02);
    }

    [Fact]
    public void Probabilities_are_near_the_frequencies_they_name()
    {
        TrainingTable table = Rings(2000);
        int[] rows = [.. Enumerable.Range(0, 2000)];
        TrainingTable unseen = table.Take(rows.AsSpan(1000));

        Predictions predictions = new Svm().Fit(table.Take(rows.AsSpan(0, 1000)), Context).Predict(unseen.Features);

        int[] codes = ((ClassTarget)unseen.Target).Codes;
        double brier = codes.Select((code, row) => Math.Pow(predictions.Probability(row, 1) - code, 2)).Average();
        double share = codes.Average();
        brier.ShouldBeLessThan(0.6 * share * (1 - share));
        int[] sure = [.. Enumerable.Range(0, codes.Length).Where(row => predictions.Probability(row, 1) > 0.9)];
        sure.Average(row => (double)codes[row]).ShouldBeGreaterThan(0.85);
    }

    [Fact]
    public void Folds_that_share_kernel_rows_give_the_probabilities_of_folds_that_do_not()
    {
        TrainingTable table = Rings(1200);

        Predictions apart = new Svm { Tolerance = 1e-6, CacheMegabytes = 1 }.Fit(table, Context).Predict(table.Features);
        Predictions shared = new Svm { Tolerance = 1e-6 }.Fit(table, Context).Predict(table.Features);

        shared.Values.ShouldBe(apart.Values, 1e-4);
    }

    [Fact]
    public void A_fit_that_may_not_go_on_says_so()
    {
        SvmModel model = new Svm { MaxIterations = 3, CalibrateProbabilities = false }.Fit(Rings(200), Context);

        model.Converged.ShouldBeFalse();
        model.Notes.ShouldHaveSingleItem().ShouldContain("before it converged");
    }

    [Fact]
    public void A_class_without_rows_gets_the_least_probability()
    {
        TrainingTable table = Rings(200);
        var target = new ClassTarget("y", ((ClassTarget)table.Target).Codes, ["no", "yes", "never"]);

        Predictions predictions = new Svm().Fit(new TrainingTable(table.Features, target), Context).Predict(table.Features);

        Enumerable.Range(0, predictions.RowCount).Max(row => predictions.Probability(row, 2)).ShouldBeLessThan(0.1);
    }

    [Fact]
    public void A_polynomial_of_enormous_numbers_is_refused_with_what_to_do()
    {
        TrainingTable table = Rings(50);
        Frame large = new(table.Features.Columns.Select(column => new Float64Column(column.Name, [.. ((Float64Column)column).Values.Select(value => value * 1e60)])));

        Should.Throw<DataException>(() => new Svm { Kernel = Kernel.Polynomial, Gamma = 1 }.Fit(table.WithFeatures(large), Context)).Message.ShouldContain("scale");
    }

    /// <summary>One class around the other, with noise between them.</summary>
    private static TrainingTable Rings(int rows)
    {
        var random = RandomSource.For(9, "rings");
        double[] x = [.. Enumerable.Range(0, rows).Select(_ => random.NextGaussian())], y = [.. Enumerable.Range(0, rows).Select(_ => random.NextGaussian())];
        int[] codes = [.. x.Select((value, row) => value * value + y[row] * y[row] + 0.5 * random.NextGaussian() > 1.5 ? 1 : 0)];
        return new TrainingTable(new Frame(new Float64Column("x", x), new Float64Column("y", y)), new ClassTarget("ring", codes, ["inner", "outer"]));
    }
}
