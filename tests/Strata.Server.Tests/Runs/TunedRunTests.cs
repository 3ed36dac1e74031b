using Shouldly;
using Strata.Client;
using Strata.Client.Contracts;
using Xunit;

namespace Strata.Server.Tests.Runs;

public sealed class TunedRunTests
{
    [Fact]
    public async Task A_tuned_run_keeps_its_trials_and_leaves_all_that_a_training_leaves()
    {
        await using RunningServer running = await RunningServer.Start();
        StrataClient client = running.Client;
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        DatasetView dataset = await TrainedRun.Upload(client, TrainedRun.Table());
        var plan = new PlanRequest("verdict", Algorithm: "decision_tree", Drop: ["id"], Seed: 3, Threads: 1);

        RunView started = await client.StartRunAsync(new RunRequest(dataset.Id, plan, Tuning: new TuningRequest(Trials: 8, Folds: 3, Space: ["max_depth=1..6"])), cancellation);
        List<JobHappening> happenings = await client.EventsAsync(started.Job!.Id, cancellation: cancellation).ToListAsync(cancellation);
        RunView run = await client.RunAsync(started.Id, cancellation);

        run.Job!.Status.ShouldBe(JobStatus.Completed, run.Job!.Error);
        run.Job!.Kind.ShouldBe("tune");
        run.ModelId.ShouldNotBeNull();
        run.Metrics["accuracy"]!.Value.ShouldBeGreaterThan(0.8);
        TuningView tuning = await client.TuningAsync(run.Id, cancellation);
        tuning.Trials.Count.ShouldBe(8);
        tuning.Metric.ShouldBe("log_loss");
        tuning.BestValue.ShouldBe(tuning.Trials.Where(trial => trial.Status == TrialStatus.Completed).Min(trial => trial.Value!.Value));
        tuning.Axes.Select(axis => axis.Parameter).ShouldContain("max_depth");
        (await client.RunMetricsAsync(run.Id, cancellation)).Series.Select(series => series.Name).ShouldContain("best");
        (await client.EvaluationAsync(run.Id, cancellation)).RowCount.ShouldBeGreaterThan(0);
        happenings.Count.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_search_that_does_not_fit_is_refused_before_a_job_is_made()
    {
        await using RunningServer running = await RunningServer.Start();
        DatasetView dataset = await TrainedRun.Upload(running.Client, TrainedRun.Table(60));
        RefusedException refused = await Should.ThrowAsync<RefusedException>(() => running.Client.StartRunAsync(
            new RunRequest(dataset.Id, new PlanRequest("verdict"), Tuning: new TuningRequest(Trials: 0, Metric: "acuracy", Space: ["treees=1..5"])), TestContext.Current.CancellationToken));
        refused.Message.ShouldContain("'trees'");
        refused.Message.ShouldContain("'accuracy'");
        refused.Message.ShouldContain("0 trials");
    }
}
