using System.Text.Json;
using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Processes;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Processes;

public sealed class GaussianProcessOnNumbers() : RecipeContract(LearningTask.Regression)
{
    protected override IRecipe Recipe => new GaussianProcess { MaxIterations = 2 };

    protected override bool NeedsCompleteNumbers => true;

    protected override double WeightTolerance => 1e-6;

    /// <summary>Few rows and columns, so that two steps are quick and learn enough.</summary>
    protected override TrainingTable Sample => SampleTables.Numbers(LearningTask.Regression, rows: 240, columns: 3);

    protected override IModel Read(ModelReader reader) => GaussianProcessModel.Read(reader);
}

public class ProcessTests
{
    private static readonly FitContext Context = new() { Threads = 2 };
    private static readonly ProcessFixture Fixture = JsonSerializer.Deserialize<ProcessFixture>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Processes", "Fixtures", "processes.json")), ModelFileJson.Options)!;

    public static TheoryData<ProcessKernel> Kernels => [.. Enum.GetValues<ProcessKernel>()];

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Likelihood_predictions_and_deviations_are_those_of_scikit_learn(ProcessKernel kernel)
    {
        ProcessCase given = Fixture.Cases.Single(one => one.Kernel == kernel);

        GaussianProcessModel model = new GaussianProcess { Kernel = kernel }.Fit(new TrainingTable(FrameOf(Fixture.X), new NumberTarget("y", Fixture.Y)), Context);

        model.Converged.ShouldBeTrue();
        model.LogMarginalLikelihood.ShouldBe(given.LogMarginalLikelihood, 1e-4);
        model.Predict(FrameOf(Fixture.Queries)).Values.ShouldBe(given.Means, 0.02);
        model.StandardDeviations(FrameOf(Fixture.Queries)).ShouldBe(given.Deviations, 0.02);
    }

    [Fact]
    public void The_slope_is_how_the_likelihood_changes()
    {
        var likelihood = new ProcessLikelihood(ProcessKernel.Matern52, [.. Fixture.X.SelectMany(row => row)], 2, [.. Fixture.Y.Select(y => (y - 11) / 3)], [.. Fixture.Y.Select((_, i) => 1.0 + i % 3)], within: 4, new ParallelOptions());
        double[] at = [0.3, 0.2, -1.5], slope = new double[3];
        likelihood.Evaluate(at, slope);

        for (int i = 0; i < 3; i++)
        {
            double[] above = [.. at], below = [.. at];
            above[i] += 1e-5;
            below[i] -= 1e-5;
            slope[i].ShouldBe((likelihood.Value(above) - likelihood.Value(below)) / 2e-5, 1e-5 * Math.Max(1, Math.Abs(slope[i])));
        }
    }

    [Fact]
    public void Too_many_rows_are_refused_with_the_number()
    {
        TrainingTable table = SampleTables.Numbers(LearningTask.Regression, rows: GaussianProcess.MostRows + 1, columns: 1);

        Should.Throw<DataException>(() => new GaussianProcess().Fit(table, Context)).Message.ShouldContain("2000");
    }

    private static Frame FrameOf(double[][] rows) => new(Enumerable.Range(0, rows[0].Length).Select(j => new Float64Column($"x{j}", [.. rows.Select(row => row[j])])));

    private sealed record ProcessFixture(double[][] X, double[] Y, double[][] Queries, ProcessCase[] Cases);

    private sealed record ProcessCase(ProcessKernel Kernel, double LogMarginalLikelihood, double[] Means, double[] Deviations);
}
