using System.Net.Http.Json;
using Shouldly;
using Strata.Client.Contracts;
using Xunit;

namespace Strata.Server.Tests.Runs;

public sealed class FinishedRunTests
{
    private static readonly string[] Dropped = ["id"];
    private static readonly string[] Further = ["f_beta:2"];
    private static readonly double[][] Costs = [[0, 1], [20, 0]];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_is_calibrated_decided_by_costs_given_sets_and_cross_validated()
    {
        await using RunningServer running = await RunningServer.Start();
        DatasetView dataset = await TrainedRun.Upload(running.Client, TrainedRun.Table());
        var plan = new PlanRequest(
            "verdict", Algorithm: "logistic_regression", Drop: Dropped, Threads: 1, Calibration: CalibrationMethod.Platt, Costs: Costs, Intervals: 0.9, IntervalMethod: IntervalMethod.CvPlus, Metrics: Further);

        RunView started = await running.Client.StartRunAsync(new RunRequest(dataset.Id, plan, Folds: 3), Cancellation);
        await running.Client.EventsAsync(started.Job!.Id, Cancellation).ToListAsync(Cancellation);
        RunView run = await running.Client.RunAsync(started.Id, Cancellation);
        EvaluationView evaluation = await running.Client.EvaluationAsync(run.Id, Cancellation);

        run.Job!.Status.ShouldBe(JobStatus.Completed, run.Job!.Error);
        run.Notes.ShouldContain(note => note.StartsWith("Probabilities are calibrated (platt)", StringComparison.Ordinal));
        run.Notes.ShouldContain(note => note.StartsWith("'planet' is called from a probability of", StringComparison.Ordinal));
        run.Plan!.Costs![1].ShouldBe([20, 0]);
        run.Plan.Metrics.ShouldBe(Further);
        evaluation.Metrics["f_beta:2"].ShouldNotBeNull().ShouldBeInRange(0.5, 1);
        evaluation.CrossValidated!["f_beta:2"].FoldCount.ShouldBe(3);
        evaluation.Regions!.Level.ShouldBe(0.9);
        evaluation.Regions.Coverage.ShouldBeGreaterThan(0.8);
        evaluation.CrossValidated["accuracy"].FoldCount.ShouldBe(3);
        evaluation.CrossValidated["accuracy"].Mean!.Value.ShouldBeInRange(0.85, 1);
        HttpResponseMessage answer = await running.Http.PostAsJsonAsync($"/api/models/{run.ModelId}/predictions", new { rows = new[] { new { depth = 3.0, period = 5.0, star = "dwarf" } } }, Cancellation);
        (await answer.Read<PredictionList>()).Items.Single().Set!.ShouldContain("planet");
    }
}
