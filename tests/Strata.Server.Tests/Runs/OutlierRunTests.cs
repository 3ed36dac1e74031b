using System.Net.Http.Json;
using Shouldly;
using Strata.Client.Contracts;
using Xunit;

namespace Strata.Server.Tests.Runs;

public sealed class OutlierRunTests : IAsyncLifetime
{
    private RunningServer running = null!;
    private DatasetView dataset = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        running = await RunningServer.Start();
        dataset = await TrainedRun.Upload(running.Client, TrainedRun.Table());
    }

    public ValueTask DisposeAsync() => running.DisposeAsync();

    [Fact]
    public async Task Outliers_are_looked_for_without_a_target()
    {
        RunView run = await Finished(new PlanRequest(Algorithm: "isolation_forest", Drop: ["id", "verdict"]));

        run.Plan!.Target.ShouldBeNull();
        run.Metrics.Keys.ShouldBe(["outlier_share", "mean_score"]);
        EvaluationView evaluation = await running.Client.EvaluationAsync(run.Id, Cancellation);
        evaluation.Task.ShouldBe(LearningTask.OutlierDetection);
        evaluation.OutlierScores!.HistogramCounts.Sum().ShouldBe(TrainedRun.RowCount);
        evaluation.Confusion.ShouldBeEmpty();
        TestRows worst = await (await running.Http.GetAsync($"/api/runs/{run.Id}/rows?order=worst", Cancellation)).Read<TestRows>();
        worst.Total.ShouldBe(TrainedRun.RowCount);
        worst.Items.Select(item => item.Probabilities[0]).ShouldBe(worst.Items.Select(item => item.Probabilities[0]).OrderDescending());
        worst.Items[0].Prediction.Class.ShouldBe("outlier");
        worst.Items[0].Truth.Class.ShouldBe(string.Empty);
    }

    [Fact]
    public async Task A_target_only_judges_and_the_model_answers_with_flag_and_score()
    {
        RunView run = await Finished(new PlanRequest("verdict", Algorithm: "isolation_forest", Drop: ["id"]));

        run.Metrics["roc_auc"].ShouldNotBeNull().ShouldBeInRange(0, 1);
        ModelView model = await (await running.Http.GetAsync($"/api/models/{run.ModelId}", Cancellation)).Read<ModelView>();
        (model.Task, model.Target).ShouldBe((LearningTask.OutlierDetection, "outlier"));
        model.Features.Select(feature => feature.Name).ShouldBe(["depth", "period", "star"]);
        HttpResponseMessage answer = await running.Http.PostAsJsonAsync($"/api/models/{run.ModelId}/predictions", new { rows = new[] { new { depth = 40.0, period = 500.0, star = "dwarf" } }, explain = true }, Cancellation);
        Prediction prediction = (await answer.Read<PredictionList>()).Items.ShouldHaveSingleItem();
        prediction.Value.Class.ShouldBe("outlier");
        prediction.Probabilities["outlier"].ShouldBe(Math.Pow(2, prediction.RawScores[0]), 1e-9);
    }

    [Fact]
    public async Task Clusters_are_looked_for_without_a_target()
    {
        RunView run = await Finished(new PlanRequest(Algorithm: "k_means", Hyperparameters: new Dictionary<string, System.Text.Json.JsonElement> { ["clusters"] = System.Text.Json.JsonSerializer.SerializeToElement(3) }, Drop: ["id", "verdict"]));

        run.Metrics["clusters"].ShouldBe(3);
        run.Metrics["silhouette"].ShouldNotBeNull().ShouldBeInRange(-1, 1);
        (await running.Client.EvaluationAsync(run.Id, Cancellation)).Task.ShouldBe(LearningTask.Clustering);
        TestRows rows = await (await running.Http.GetAsync($"/api/runs/{run.Id}/rows?order=row", Cancellation)).Read<TestRows>();
        rows.Items[0].Probabilities[0].ShouldBeGreaterThan(0);
        HttpResponseMessage answer = await running.Http.PostAsJsonAsync($"/api/models/{run.ModelId}/predictions", new { rows = new[] { new { depth = 40.0, period = 500.0, star = "dwarf" } } }, Cancellation);
        Prediction prediction = (await answer.Read<PredictionList>()).Items.ShouldHaveSingleItem();
        prediction.Value.Class.ShouldBeOneOf("0", "1", "2");
        prediction.Probabilities["distance"].ShouldBe(prediction.RawScores[0]);
    }

    [Fact]
    public async Task Other_algorithms_need_a_target() =>
        await (await running.Http.PostAsJsonAsync("/api/runs", new { dataset_id = dataset.Id, plan = new { algorithm = "random_forest" } }, Cancellation)).Problem(422);

    private async Task<RunView> Finished(PlanRequest plan)
    {
        RunView started = await running.Client.StartRunAsync(new RunRequest(dataset.Id, plan), Cancellation);
        await running.Client.EventsAsync(started.Job!.Id).ToListAsync(Cancellation);
        RunView run = await running.Client.RunAsync(started.Id, Cancellation);
        run.Job!.Status.ShouldBe(JobStatus.Completed, run.Job!.Error);
        return run;
    }
}
