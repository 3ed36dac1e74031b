using System.Net.Http.Json;
using System.Text.Json;
using Shouldly;
using Strata.Client.Contracts;
using Xunit;

namespace Strata.Server.Tests.Runs;

public sealed class PreparedRunTests : IAsyncLifetime
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
    public async Task A_run_prepares_by_the_steps_that_its_plan_asks_for()
    {
        StepRequest[] steps =
        [
            new("impute_neighbors", Values("""{"neighbors":3}""")), new("derive", Values("""{"column":"speed","formula":"1 / (period + 1)"}""")),
            new("target_encode"), new("scale", Values("""{"method":"robust"}""")), new("balance"),
        ];

        RunView started = await running.Client.StartRunAsync(new RunRequest(dataset.Id, new PlanRequest("verdict", Algorithm: "logistic_regression", Drop: ["id"], Preparation: steps)), Cancellation);
        await running.Client.EventsAsync(started.Job!.Id, Cancellation).ToListAsync(Cancellation);
        RunView run = await running.Client.RunAsync(started.Id, Cancellation);

        run.Job!.Status.ShouldBe(JobStatus.Completed, run.Job!.Error);
        run.Plan!.Preparation!.Select(step => step.Step).ShouldBe(["impute_neighbors", "derive", "target_encode", "scale", "balance"]);
        run.Plan!.Preparation![0].Settings!["neighbors"].GetInt32().ShouldBe(3);
        run.Metrics["accuracy"].ShouldNotBeNull().ShouldBeGreaterThan(0.85);
        run.Notes.ShouldContain(note => note.StartsWith("Classes were balanced", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Steps_that_do_not_fit_are_told_before_a_job_is_made()
    {
        object[] steps = [new { step = "scael" }, new { step = "bin", settings = new { bins = 1 } }];

        Problem problem = await (await running.Http.PostAsJsonAsync("/api/runs", new { dataset_id = dataset.Id, plan = new { target = "verdict", preparation = steps } }, Cancellation)).Problem(422);

        problem.Detail!.ShouldContain("no preparation step 'scael'");
        problem.Detail!.ShouldContain("a whole number from 2 to 1000");
    }

    [Fact]
    public async Task Steps_are_listed_with_their_settings()
    {
        Page<StepView> steps = await running.Client.StepsAsync(Cancellation);

        StepView pca = steps.Items.Single(step => step.Name == "pca");
        pca.Settings.Single(setting => setting.Name == "variance").Max.ShouldBe(1);
        pca.Settings.Single(setting => setting.Name == "columns").Type.ShouldBe(HyperparameterType.Names);
        (await running.Http.GetAsync("/api/steps/pca/schema", Cancellation)).EnsureSuccessStatusCode();
        await (await running.Http.GetAsync("/api/steps/pcb", Cancellation)).Problem(404);
    }

    private static Dictionary<string, JsonElement> Values(string json) => JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json)!;
}
