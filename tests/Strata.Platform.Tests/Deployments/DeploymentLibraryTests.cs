using Shouldly;
using Strata.Learning;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Linear;
using Strata.Platform.Deployments;
using Strata.Platform.Models;
using Strata.Platform.TestWorker;
using Xunit;

namespace Strata.Platform.Tests.Deployments;

public sealed class DeploymentLibraryTests : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private StrataPlatform platform = null!;
    private string old = string.Empty;
    private string next = string.Empty;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await Open();
        old = (await Import(1)).Id;
        next = (await Import(2)).Id;
    }

    public async ValueTask DisposeAsync()
    {
        await platform.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task A_change_that_breaks_off_at_any_step_leaves_the_old_or_the_new_model_serving()
    {
        await platform.Deployments.CreateAsync("d", DeploymentPlan.Of(old));
        int broken = 0;
        for (int failing = 1; ; failing++)
        {
            int step = 0;
            platform.Deployments.Reached = _ =>
            {
                if (++step == failing)
                {
                    throw new IOException("power");
                }
            };
            bool done = false;
            try
            {
                await platform.Deployments.PromoteAsync("d", next);
                done = true;
            }
            catch (IOException)
            {
                broken++;
            }

            platform.Deployments.Reached = null;
            CheckOneServes("d");
            if (done)
            {
                platform.Deployments.Get("d").Current.Plan.ShouldBe(DeploymentPlan.Of(next));
                break;
            }

            string before = platform.Deployments.Get("d").Current.Plan.Models.Single().ModelId;
            await platform.DisposeAsync();
            await Open();
            CheckOneServes("d");
            platform.Deployments.Get("d").Current.Plan.Models.Single().ModelId.ShouldBe(before);
            await platform.Deployments.ChangeAsync("d", DeploymentPlan.Of(old));
        }

        broken.ShouldBe(5);
    }

    [Fact]
    public async Task A_server_that_starts_again_serves_what_served_before_and_kept_what_was_logged()
    {
        await platform.Deployments.CreateAsync("d", DeploymentPlan.Of(old));
        await platform.Deployments.PromoteAsync("d", next);
        ServingDeployment serving = platform.Deployments.Serving("d");
        Log(serving, "u", 0.25);
        serving.Models[0].Traffic.Current.Answer(1, TimeSpan.FromMilliseconds(3));
        await platform.DisposeAsync();
        await Open();

        platform.Deployments.InMemory.Single().Models.Single().Stored.Id.ShouldBe(next);
        LoggedPrediction logged = (await platform.Deployments.LoggedAsync("d", DateTimeOffset.MinValue, DateTimeOffset.MaxValue, 10)).Single();
        (logged.UserId, logged.Number, (double)logged.Row["x"]!).ShouldBe(("u", 0.25, 1.5));
        platform.Deployments.Traffic("d", DateTimeOffset.MinValue).Single().Cell.Answered.ShouldBe(1);
    }

    [Fact]
    public async Task Of_two_who_change_at_once_one_is_told()
    {
        await platform.Deployments.CreateAsync("d", DeploymentPlan.Of(old));
        platform.Deployments.Reached = step =>
        {
            if (step == "loaded")
            {
                platform.Deployments.Reached = null;
                platform.Deployments.ChangeAsync("d", DeploymentPlan.Of(old) with { LogShare = 0.5 }).GetAwaiter().GetResult();
            }
        };
        await Should.ThrowAsync<ConflictException>(() => platform.Deployments.PromoteAsync("d", next));
        CheckOneServes("d");
        platform.Deployments.History("d").Items.Select(revision => revision.Number).ShouldBe([2, 1]);
    }

    [Fact]
    public async Task A_line_break_in_a_logged_value_forges_no_entry()
    {
        await platform.Deployments.CreateAsync("d", DeploymentPlan.Of(old));
        Log(platform.Deployments.Serving("d"), "a\r\n{\"id\":\"x\"}\u001b[31m", 1);
        (await platform.Deployments.LoggedAsync("d", DateTimeOffset.MinValue, DateTimeOffset.MaxValue, 10)).Single().UserId.ShouldBe("a\r\n{\"id\":\"x\"}\u001b[31m");
    }

    [Fact]
    public async Task Ten_thousand_predictions_from_many_threads_are_all_in_the_log()
    {
        await platform.Deployments.CreateAsync("d", DeploymentPlan.Of(old));
        ServingDeployment serving = platform.Deployments.Serving("d");
        Parallel.For(0, 10_000, i => Log(serving, $"u{i}", i));
        IReadOnlyList<LoggedPrediction> logged = await platform.Deployments.LoggedAsync("d", DateTimeOffset.MinValue, DateTimeOffset.MaxValue, 20_000);
        logged.Select(entry => entry.Number!.Value).Order().ShouldBe(Enumerable.Range(0, 10_000).Select(i => (double)i));
        (serving.Log.Logged, serving.Log.Dropped).ShouldBe((10_000, 0));
        IReadOnlyList<LoggedPrediction> found = serving.Log.Find([logged[0].Id, logged[5000].Id, logged[9999].Id]);
        found.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_deployment_whose_model_answers_another_question_is_refused()
    {
        StoredModel other = await Import(1, "z");
        (await Should.ThrowAsync<DataException>(() => platform.Deployments.CreateAsync("d", new DeploymentPlan { Models = [new DeployedModel(old, 1), new DeployedModel(other.Id, 1)] })))
            .Message.ShouldContain("predicts another thing");
    }

    [Fact]
    public async Task A_deleted_deployment_lets_go_of_its_models()
    {
        await platform.Deployments.CreateAsync("d", DeploymentPlan.Of(old));
        await Should.ThrowAsync<ConflictException>(() => platform.Models.DeleteAsync(old));
        await platform.Deployments.DeleteAsync("d");
        Should.Throw<NotFoundException>(() => platform.Deployments.Serving("d"));
        await platform.Models.DeleteAsync(old);
    }

    private void CheckOneServes(string name)
    {
        Deployment stored = platform.Deployments.Get(name);
        ServingDeployment serving = platform.Deployments.Serving(name);
        serving.Deployment.Current.Number.ShouldBe(stored.Current.Number);
        string model = stored.Current.Plan.Models.Single().ModelId;
        model.ShouldBeOneOf(old, next);
        serving.Choose("anybody").Stored.Id.ShouldBe(model);
        platform.Deployments.History(name).Items[0].Number.ShouldBe(stored.Current.Number);
    }

    private static void Log(ServingDeployment serving, string user, double number) => serving.Log.Add(new PredictionEntry
    {
        Id = PredictionId.Next(TimeProvider.System.GetUtcNow()),
        At = TimeProvider.System.GetUtcNow(),
        ModelId = serving.Models[0].Stored.Id,
        Revision = 1,
        UserId = user,
        Took = TimeSpan.FromMilliseconds(1),
        Row = """{"x":1.5}"""u8,
        Number = number,
    });

    private async Task Open()
    {
        platform = StrataPlatform.Open(TestPlatform.OptionsFor(folder.Root), TestPlatform.LoadModel, TimeProvider.System);
        await platform.StartAsync(Cancellation);
    }

    /// <summary>A line of that slope.</summary>
    private async Task<StoredModel> Import(double slope, string target = "y")
    {
        double[] x = [.. Enumerable.Range(0, 50).Select(i => i / 10.0)];
        var table = new TrainingTable(new Frame(new Float64Column("x", x)), new NumberTarget(target, [.. x.Select(value => slope * value)]));
        using var file = new MemoryStream();
        new ModelFile(new LinearRegression().Fit(table, new FitContext()), new ModelCard()).Save(file);
        file.Position = 0;
        return await platform.Models.ImportAsync(file, new ModelEntry($"line {slope} of {target}"));
    }
}
