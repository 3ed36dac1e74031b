using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Explanation;
using Strata.Learning.Trees;
using Xunit;

namespace Strata.Learning.Tests.Explanation;

public sealed class InteractionTests
{
    [Theory]
    [InlineData(1, 1, 1, 0.0)]
    [InlineData(3, 1, 1, 0.0)]
    [InlineData(7, 1, 1, 0.0)] // Deeper than there are features, so they repeat on the paths.
    [InlineData(5, 1, 1, 0.3)] // Children without any training weight.
    [InlineData(4, 3, 1, 0.0)] // A tree an output.
    [InlineData(4, 3, 3, 0.1)] // Leaves with a value an output.
    public void Values_are_those_of_the_definition(int depth, int outputs, int width, double emptyShare)
    {
        var random = new RandomTrees(seed: (ulong)(depth * 10 + outputs + width), featureCount: 6);
        TreeEnsemble trees = random.Ensemble(trees: 6, depth, outputs, width, emptyShare);
        double[][] columns = random.Columns(20);

        double[] values = new TreeShap(trees).Interactions(columns, 20, new FitContext());

        for (int row = 0; row < 20; row++)
        {
            double[] x = [.. columns.Select(column => column[row])];
            for (int output = 0; output < outputs; output++)
            {
                double[,] expected = ShapleyBySubsets.Interactions(trees, x, output);
                for (int i = 0; i < 6; i++)
                {
                    for (int j = 0; j < 6; j++)
                    {
                        values[((row * outputs + output) * 6 + i) * 6 + j].ShouldBe(expected[i, j], 1e-12);
                    }
                }
            }
        }
    }

    [Fact]
    public void A_row_of_the_matrix_sums_to_the_contribution()
    {
        var random = new RandomTrees(4, featureCount: 20);
        TreeEnsemble trees = random.Ensemble(trees: 30, depth: 9);
        double[][] columns = random.Columns(50);
        var shap = new TreeShap(trees);

        double[] values = shap.Interactions(columns, 50, new FitContext()), contributions = shap.Contributions(columns, 50);

        for (int at = 0; at < contributions.Length; at++)
        {
            values.AsSpan(at * 20, 20).ToArray().Sum().ShouldBe(contributions[at], 1e-12);
        }
    }

    [Fact]
    public void Registers_of_every_size_any_number_of_threads_and_kept_or_fresh_numbers_give_the_same_bits()
    {
        var random = new RandomTrees(21, featureCount: 8);
        TreeEnsemble trees = random.Ensemble(trees: 20, depth: 6, outputs: 3, width: 2);
        double[][] columns = random.Columns(203);
        var shap = new TreeShap(trees);
        double[] once = Of<Lanes512>(threads: 1, keepNumbers: true);

        Of<Lanes128>(threads: 2, keepNumbers: true).ShouldBe(once);
        Of<Lanes256>(threads: 1, keepNumbers: false).ShouldBe(once);
        Of<Lanes512>(threads: 3, keepNumbers: false).ShouldBe(once);

        double[] Of<T>(int threads, bool keepNumbers)
            where T : unmanaged, IDoubleLanes<T>
        {
            var context = new FitContext { Threads = threads };
            var values = new double[203 * 3 * 8 * 8];
            new RowBlocks(trees, shap.Prepare(context, keepNumbers), columns, 203, context).Interactions<T>(values);
            return values;
        }
    }

    [Fact]
    public void Contributions_without_kept_numbers_are_the_same_bits()
    {
        var random = new RandomTrees(2, featureCount: 8);
        TreeEnsemble trees = random.Ensemble(trees: 20, depth: 7, emptyShare: 0.1);
        double[][] columns = random.Columns(40);
        var shap = new TreeShap(trees);
        var values = new double[40 * 8];

        new RowBlocks(trees, shap.Prepare(new FitContext(), keepNumbers: false), columns, 40, new FitContext()).Contributions<Lanes256>(values);

        values.ShouldBe(shap.Contributions(columns, 40));
    }

    [Fact]
    public void Cancelling_stops_it_and_progress_counts_up_to_the_end()
    {
        var random = new RandomTrees(2, featureCount: 6);
        TreeEnsemble trees = random.Ensemble(trees: 3, depth: 4);
        double[][] columns = random.Columns(300);
        var steps = new List<FitProgress>();
        var shap = new TreeShap(trees);

        _ = shap.Interactions(columns, 300, new FitContext { Threads = 2, Progress = new Listener(steps) });

        steps.Select(step => step.Step).ShouldBe(Enumerable.Range(0, steps[0].StepCount));
        var cancelled = new FitContext { Cancellation = new CancellationToken(canceled: true) };
        Should.Throw<OperationCanceledException>(() => shap.Contributions(columns, 300, cancelled));
        Should.Throw<OperationCanceledException>(() => shap.Interactions(columns, 300, cancelled));
    }

    [Fact]
    public void An_answer_that_would_not_fit_memory_is_refused()
    {
        TreeEnsemble trees = new TreeEnsembleBuilder(4000, [0]).Build();
        double[][] columns = [.. Enumerable.Repeat(new double[100], 4000)];

        Should.Throw<DataException>(() => new TreeShap(trees).Interactions(columns, 100, new FitContext())).Message.ShouldContain("4000 columns in 100 rows");
    }

    private sealed class Listener(List<FitProgress> steps) : IProgress<FitProgress>
    {
        public void Report(FitProgress value) => steps.Add(value);
    }
}
