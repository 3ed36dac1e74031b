using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Explanation;
using Strata.Learning.Trees;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Explanation.Shapley;

public sealed class SampledContributionsTests
{
    private const int ManyEvaluations = 1_000_000;

    private static readonly Frame Rows = SampleTables.Numbers(LearningTask.Regression, rows: 7, columns: 4).Features, Others = SampleTables.Numbers(LearningTask.Regression, rows: 5, columns: 4, seed: 2).Features;

    public static TheoryData<ExplanationMethod> Methods => [ExplanationMethod.Kernel, ExplanationMethod.Permutation];

    private static double Tangled(double[] x) => x[0] * x[1] + Math.Sin(2 * x[2]) * x[0] - (x[1] > 0.2 ? x[3] : 0) + 3;

    [Theory]
    [MemberData(nameof(Methods))]
    public void Where_all_coalitions_fit_the_values_are_the_mean_over_all_orders(ExplanationMethod method)
    {
        Contributions told = Told(new FunctionModel(Rows, Tangled), method, ManyEvaluations);

        for (int row = 0; row < Rows.RowCount; row++)
        {
            told.Of(row, 0).ToArray().ShouldBe(ByOrders(Tangled, row), 1e-12);
        }

        told.StandardErrors.ShouldBeNull();
        told.AdditivityError!.Value.ShouldBeLessThan(1e-12);
        told.Explained.ShouldBe(ExplainedOutput.Prediction);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Samples_are_within_their_standard_errors_of_the_exact_values_and_add_up(ExplanationMethod method)
    {
        Frame rows = SampleTables.Numbers(LearningTask.Regression, rows: 150, columns: 4, seed: 3).Features;
        var model = new FunctionModel(rows, x => Tangled(x) + 2 * x[0] * x[1] * x[2] * x[3] + x[1] * x[2] * x[3]);
        Contributions exact = Told(model, method, ManyEvaluations, rows: rows), sampled = Told(model, method, evaluations: 60, rows: rows, seed: 5);

        double[] away = [.. sampled.Values.Select((value, i) => (value - exact.Values[i]) / sampled.StandardErrors![i])];
        away.Count(z => Math.Abs(z) > 3).ShouldBeLessThan(away.Length / 25);
        Math.Sqrt(away.Average(z => z * z)).ShouldBeInRange(0.2, 1.5, "equal shares of background rows make the errors cautious");
        sampled.AdditivityError!.Value.ShouldBeLessThan(1e-12);
        sampled.Bias.ShouldBe(exact.Bias);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Samples_agree_with_exact_TreeSHAP_against_the_same_background(ExplanationMethod method)
    {
        TrainingTable table = SampleTables.Mixed(LearningTask.BinaryClassification, rows: 300);
        GradientBoostingModel model = new GradientBoosting { Trees = 40 }.Fit(table, new FitContext { Threads = 2 });
        var options = new ExplanationOptions { Method = method, Background = table.Features, MostBackgroundRows = 40, Output = ExplainedOutput.RawScore, Evaluations = 800 };
        Frame rows = table.Features.Take([.. Enumerable.Range(0, 60)]);

        Contributions sampled = Explainer.Explain(model, rows, options), exact = Explainer.Explain(model, rows, options with { Method = ExplanationMethod.Interventional });

        sampled.Bias.ShouldBe(exact.Bias, 1e-9);
        sampled.Columns.ShouldBe(exact.Columns);
        double[] away = [.. sampled.Values.Select((value, i) => Math.Abs(value - exact.Values[i]) / Math.Max(1e-9, sampled.StandardErrors![i]))];
        away.Count(z => z > 3).ShouldBeLessThan(away.Length / 50, "about three in a thousand by chance");
        exact.AdditivityError!.Value.ShouldBeLessThan(1e-6);
        sampled.AdditivityError!.Value.ShouldBeLessThan(1e-9);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_column_that_does_nothing_gets_nothing_and_columns_that_do_the_same_get_the_same(ExplanationMethod method)
    {
        double[] same = [1.5, -2, 0.25];
        var rows = new Frame(new Float64Column("a", same), new Float64Column("b", same), new Float64Column("idle", [9, 8, 7]));
        var others = new Frame(new Float64Column("a", [0, 1]), new Float64Column("b", [0, 1]), new Float64Column("idle", [1, 2]));
        var model = new FunctionModel(rows, x => x[0] * x[1] + x[0] + x[1]);

        foreach (int evaluations in new[] { ManyEvaluations, 8 })
        {
            Contributions told = Explainer.Explain(model, rows, new ExplanationOptions { Method = method, Background = others, Evaluations = evaluations });

            for (int row = 0; row < 3; row++)
            {
                told.Of(row, 0)[2].ShouldBe(0, evaluations == ManyEvaluations || method == ExplanationMethod.Permutation ? 1e-12 : 4 * told.ErrorsOf(row, 0)[2] + 1e-9);
                told.Of(row, 0)[0].ShouldBe(told.Of(row, 0)[1], evaluations == ManyEvaluations ? 1e-12 : 4 * (told.ErrorsOf(row, 0)[0] + told.ErrorsOf(row, 0)[1]) + 1e-9);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Values_of_a_sum_of_models_are_the_sum_of_their_values(ExplanationMethod method)
    {
        double Product(double[] x) => x[0] * x[1] * x[2];
        double Rest(double[] x) => Math.Exp(x[3] / 3) * x[0];
        foreach (int evaluations in new[] { ManyEvaluations, 40 })
        {
            double[] one = Told(new FunctionModel(Rows, Product), method, evaluations).Values, other = Told(new FunctionModel(Rows, Rest), method, evaluations).Values;
            double[] both = Told(new FunctionModel(Rows, x => 2 * Product(x) - 3 * Rest(x)), method, ManyEvaluations).Values;

            if (evaluations == ManyEvaluations)
            {
                both.ShouldBe([.. one.Zip(other, (a, b) => 2 * a - 3 * b)], 1e-12);
            }
            else
            {
                // Linear also in what is sampled, up to how what lacks to the sum is shared.
                Told(new FunctionModel(Rows, x => 7 * Product(x) + 1), method, evaluations).Values.ShouldBe([.. one.Select(value => 7 * value)], 1e-9);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void The_same_seed_gives_the_same_numbers_whatever_the_threads(ExplanationMethod method)
    {
        var model = new FunctionModel(Rows, Tangled);
        double[] Values(ulong seed, int threads) => Explainer.Explain(model, Rows, new ExplanationOptions { Method = method, Background = Others, Evaluations = 30, Context = new FitContext { Seed = seed, Threads = threads } }).Values;

        Values(1, threads: 1).ShouldBe(Values(1, threads: 3));
        Values(1, threads: 1).ShouldNotBe(Values(2, threads: 1));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void More_evaluations_make_it_more_sure_and_are_about_as_many_as_asked(ExplanationMethod method)
    {
        TrainingTable table = SampleTables.Numbers(LearningTask.Regression, rows: 30, columns: 12);
        double Deep(double[] x) => x[0] * x[1] + x[2] * x[3] * x[4] - x[5] * x[11];
        var model = new FunctionModel(table.Features, Deep);
        double Error(int evaluations) => Explainer.Explain(model, table.Features, new ExplanationOptions { Method = method, Evaluations = evaluations }).StandardErrors!.Average();

        double few = Error(200);
        long before = model.Asked;
        double many = Error(3200);

        many.ShouldBe(few / 4, few / 10);
        (model.Asked - before).ShouldBeInRange(30 * 3000, 30 * 3300);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void What_was_planted_comes_first(ExplanationMethod method)
    {
        TrainingTable table = SampleTables.Numbers(LearningTask.BinaryClassification, rows: 400, columns: 15);
        var model = FunctionModel.OfProbability(table.Features, x => 1 / (1 + Math.Exp(-(2.5 * x[4] - 2 * x[9] + 1.5 * x[13]))));

        Contributions told = Explainer.Explain(model, table.Features.Take([.. Enumerable.Range(0, 40)]), new ExplanationOptions { Method = method, Background = table.Features, Evaluations = 400 });

        double[] size = [.. Enumerable.Range(0, 15).Select(column => Enumerable.Range(0, 40).Average(row => Math.Abs(told.Of(row, 0)[column])))];
        Enumerable.Range(0, 15).OrderByDescending(column => size[column]).Take(3).ShouldBe([4, 9, 13], ignoreOrder: true);
    }

    [Fact]
    public void Columns_in_a_group_and_arrays_are_explained_as_one()
    {
        var rows = new Frame(
            new Float64Column("a", [1, 2]), new Float64Column("b", [3, 4]), new ArrayColumn("curve", ColumnType.Series, ArrayColumn.OneChannel, [[1f, 3f], [8f]]));
        var others = new Frame(new Float64Column("a", [0]), new Float64Column("b", [0]), new ArrayColumn("curve", ColumnType.Series, ArrayColumn.OneChannel, [[0f, 0f, 0f]]));
        var model = new FunctionModel(rows, x => x[0] * x[1] + 10 * x[2]);

        Contributions told = Explainer.Explain(model, rows, new ExplanationOptions { Method = ExplanationMethod.Kernel, Background = others, Groups = [new ColumnGroup("both", ["a", "b"])] });

        told.Columns.ShouldBe(["both", "curve"]);
        told.Of(0, 0).ToArray().ShouldBe([3.0, 20], 1e-9);
        told.Of(1, 0).ToArray().ShouldBe([8.0, 80], 1e-9);
        Should.Throw<DataException>(() => Explainer.Explain(model, rows, new ExplanationOptions { Method = ExplanationMethod.Kernel, Groups = [new ColumnGroup("a", ["b", "c"])] })).Problems
            .ShouldBe(["Group 'a' names column 'c', which the model does not have.", "Group 'a' has the name of a column outside of it."]);
    }

    [Fact]
    public void It_stops_when_cancelled_and_tells_how_far_it_is()
    {
        var model = new FunctionModel(Rows, Tangled);
        using var source = new CancellationTokenSource();
        source.Cancel();
        var steps = new List<FitProgress>();

        Should.Throw<OperationCanceledException>(() => Told(model, ExplanationMethod.Kernel, 100, context: new FitContext { Cancellation = source.Token }));
        Told(model, ExplanationMethod.Permutation, 100, context: new FitContext { Progress = new Heard(steps) });

        steps[^1].Step.ShouldBe(steps[^1].StepCount - 1);
    }

    [Fact]
    public void The_exact_methods_refuse_groups()
    {
        TrainingTable table = SampleTables.Numbers(LearningTask.Regression, rows: 60);
        GradientBoostingModel model = new GradientBoosting { Trees = 3 }.Fit(table, new FitContext());

        Should.Throw<DataException>(() => Explainer.Explain(model, table.Features, new ExplanationOptions { Groups = [new ColumnGroup("g", ["x0"])] })).Message.ShouldContain("kernel and permutation");
    }

    private static Contributions Told(IModel model, ExplanationMethod method, int evaluations, Frame? rows = null, ulong seed = 0, FitContext? context = null) =>
        Explainer.Explain(model, rows ?? Rows, new ExplanationOptions { Method = method, Background = Others, Evaluations = evaluations, Context = context ?? new FitContext { Seed = seed, Threads = 2 } });

    /// <summary>What each column adds, averaged over all orders of the columns and all background rows.</summary>
    private static double[] ByOrders(Func<double[], double> of, int row)
    {
        var sums = new double[4];
        int count = 0;
        foreach (int[] order in Orders([0, 1, 2, 3]))
        {
            for (int other = 0; other < Others.RowCount; other++, count++)
            {
                double[] x = [.. Others.Columns.Select(column => column.NumberAt(other))];
                foreach (int player in order)
                {
                    double before = of(x);
                    x[player] = Rows.Columns[player].NumberAt(row);
                    sums[player] += of(x) - before;
                }
            }
        }

        return [.. sums.Select(sum => sum / count)];
    }

    private static IEnumerable<int[]> Orders(int[] items) => items.Length == 0 ? [[]] : items.SelectMany(first => Orders([.. items.Where(item => item != first)]).Select(rest => (int[])[first, .. rest]));

    private sealed class Heard(List<FitProgress> steps) : IProgress<FitProgress>
    {
        public void Report(FitProgress value) => steps.Add(value);
    }
}
