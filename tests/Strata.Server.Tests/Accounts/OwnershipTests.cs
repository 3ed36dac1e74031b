using System.Net;
using System.Net.Http.Json;
using System.Text;
using Shouldly;
using Strata.Client;
using Strata.Client.Contracts;
using Strata.Platform.Accounts;
using Xunit;
using MemberKind = Strata.Platform.Accounts.MemberKind;

namespace Strata.Server.Tests.Accounts;

/// <summary>A trainer of one project, and somebody of another one who knows all ids.</summary>
public abstract class OwnershipContract(ServerWithAccounts accounts)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nobody_sees_or_changes_another_projects_things_through_any_id()
    {
        var trainer = new StrataClient(accounts.As("trainer"));
        DatasetView dataset = await Upload(trainer, "things.csv", null);
        JobView reading = (await trainer.JobsAsync(cancellation: Cancellation)).Items.First(job => job.Kind == "read_dataset");
        (reading.AskedBy, reading.Project).ShouldBe(("trainer", accounts.Ours.Id));
        dataset.Project.ShouldBe(accounts.Ours.Id);
        RunView run = await trainer.StartRunAsync(new RunRequest(dataset.Id, new PlanRequest("verdict", Algorithm: "decision_tree", Drop: ["id"])), Cancellation);
        (await trainer.WaitAsync(run.Job!.Id, cancellation: Cancellation)).Status.ShouldBe(JobStatus.Completed);
        run = await trainer.RunAsync(run.Id, Cancellation);
        run.Project.ShouldBe(accounts.Ours.Id);
        (await trainer.ModelAsync(run.ModelId!, Cancellation)).Project.ShouldBe(accounts.Ours.Id);
        ComparisonView comparison = await trainer.StartComparisonAsync(new ComparisonRequest(dataset.Id, new PlanRequest("verdict", Drop: ["id"]), ["decision_tree", "logistic_regression"]), Cancellation);

        var deployer = new StrataClient(accounts.As("deployer"));
        DeploymentView deployment = await deployer.CreateDeploymentAsync(new DeploymentRequest("ours", [new DeployedModelRequest(run.ModelId!)], Project: accounts.Ours.Id), Cancellation);
        deployment.Project.ShouldBe(accounts.Ours.Id);

        using HttpClient other = accounts.As("other");
        foreach ((HttpMethod method, string path, object? body) in new (HttpMethod, string, object?)[]
        {
            (HttpMethod.Get, $"/api/datasets/{dataset.Id}", null),
            (HttpMethod.Get, $"/api/datasets/{dataset.Id}/rows", null),
            (HttpMethod.Get, $"/api/datasets/{dataset.Id}/profile", null),
            (HttpMethod.Get, $"/api/datasets/{dataset.Id}/file", null),
            (HttpMethod.Post, $"/api/datasets/{dataset.Id}/types", new TypesRequest(new Dictionary<string, ColumnType> { ["id"] = ColumnType.Text })),
            (HttpMethod.Delete, $"/api/datasets/{dataset.Id}", null),
            (HttpMethod.Post, "/api/runs", new RunRequest(dataset.Id, new PlanRequest("verdict"))),
            (HttpMethod.Post, "/api/comparisons", new ComparisonRequest(dataset.Id, new PlanRequest("verdict"), ["decision_tree", "logistic_regression"])),
            (HttpMethod.Get, $"/api/runs/{run.Id}", null),
            (HttpMethod.Get, $"/api/runs/{run.Id}/metrics", null),
            (HttpMethod.Get, $"/api/runs/{run.Id}/evaluation", null),
            (HttpMethod.Get, $"/api/runs/{run.Id}/rows", null),
            (HttpMethod.Get, $"/api/runs/{run.Id}/artifacts", null),
            (HttpMethod.Get, $"/api/runs/{run.Id}/artifacts/evaluation.json", null),
            (HttpMethod.Get, $"/api/comparisons/{comparison.Id}", null),
            (HttpMethod.Get, $"/api/comparisons/{comparison.Id}/scores", null),
            (HttpMethod.Get, $"/api/comparisons/{comparison.Id}/result", null),
            (HttpMethod.Get, $"/api/jobs/{run.Job!.Id}", null),
            (HttpMethod.Get, $"/api/jobs/{run.Job!.Id}/log", null),
            (HttpMethod.Get, $"/api/jobs/{run.Job!.Id}/events", null),
            (HttpMethod.Post, $"/api/jobs/{comparison.Job.Id}/cancel", null),
            (HttpMethod.Get, $"/api/custom/progress/{run.Job!.Id}", null),
            (HttpMethod.Get, $"/api/pretrained/result/{run.Job!.Id}", null),
            (HttpMethod.Get, $"/api/models/{run.ModelId}", null),
            (HttpMethod.Get, $"/api/models/{run.ModelId}/file", null),
            (HttpMethod.Post, $"/api/models/{run.ModelId}/predictions", new { rows = new[] { new { depth = 1 } } }),
            (HttpMethod.Post, $"/api/models/{run.ModelId}/explanations", new { rows = new[] { new { depth = 1 } } }),
            (HttpMethod.Delete, $"/api/models/{run.ModelId}", null),
            (HttpMethod.Get, "/api/deployments/ours", null),
            (HttpMethod.Get, "/api/deployments/ours/history", null),
            (HttpMethod.Get, "/api/deployments/ours/predictions", null),
            (HttpMethod.Get, "/api/deployments/ours/traffic", null),
            (HttpMethod.Post, "/api/deployments/ours/predictions", new { rows = new[] { new { depth = 1 } } }),
            (HttpMethod.Post, "/api/deployments/ours/outcomes", new { outcomes = new[] { new { prediction_id = "x", outcome = 1 } } }),
            (HttpMethod.Post, "/api/deployments/ours/promote", new PromotionRequest(run.ModelId!)),
            (HttpMethod.Post, "/api/deployments/ours/rollback", null),
            (HttpMethod.Delete, "/api/deployments/ours", null),
            (HttpMethod.Get, $"/api/projects/{accounts.Ours.Id}", null),
            (HttpMethod.Get, $"/api/projects/{accounts.Ours.Id}/members", null),
        })
        {
            using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body, options: WireJson.Options) };
            using HttpResponseMessage answer = await other.SendAsync(request, Cancellation);
            string text = await answer.Content.ReadAsStringAsync(Cancellation);
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound, $"{method} {path}: {text}");
            text.ShouldNotContain(dataset.Name);
        }

        foreach (string list in new[] { "datasets", "runs", "comparisons", "models", "jobs" })
        {
            string text = await other.GetStringAsync($"/api/{list}?count=1000", Cancellation);
            text.ShouldNotContain(dataset.Id);
            text.ShouldNotContain(run.Id);
            text.ShouldNotContain(run.Job!.Id);
            (await accounts.As("viewer").GetStringAsync($"/api/{list}?count=1000", Cancellation)).ShouldNotContain("\"total\":0");
        }
    }

    [Fact]
    public async Task An_id_in_a_body_is_checked_too()
    {
        DatasetView ours = await Upload(new StrataClient(accounts.As("trainer")), "background.csv", null);
        using HttpClient other = accounts.As("other");
        await accounts.Platform.Projects.SetMemberAsync(Actor.LocalOwner, "default", MemberKind.User, accounts.Platform.Users.FindNamed("other")!.Id, Role.Viewer);
        string shipped = accounts.Platform.Models.List().Items.First(model => model.Origin == Platform.Models.ModelOrigin.Pretrained).Id;
        HttpResponseMessage answer = await other.PostAsJsonAsync($"/api/models/{shipped}/explanations", new { dataset_id = ours.Id }, Cancellation);
        await answer.Problem(404);
        await accounts.Platform.Projects.RemoveMemberAsync(Actor.LocalOwner, "default", MemberKind.User, accounts.Platform.Users.FindNamed("other")!.Id);
    }

    [Fact]
    public async Task The_same_file_in_two_projects_is_two_datasets_that_know_nothing_of_each_other()
    {
        DatasetView ours = await Upload(new StrataClient(accounts.As("trainer")), "shared.csv", null);
        DatasetView theirs = await Upload(new StrataClient(accounts.As("other")), "shared.csv", null);
        theirs.Id.ShouldNotBe(ours.Id);
        theirs.Version.ShouldBe(1);
        theirs.Project.ShouldBe(accounts.Theirs.Id);
    }

    [Fact]
    public async Task A_viewer_looks_and_does_not_touch()
    {
        DatasetView dataset = await Upload(new StrataClient(accounts.As("trainer")), "looked-at.csv", null);
        using HttpClient viewer = accounts.As("viewer");
        (await viewer.GetAsync($"/api/datasets/{dataset.Id}", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await viewer.DeleteAsync($"/api/datasets/{dataset.Id}", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await (await viewer.PostAsJsonAsync("/api/runs", new RunRequest(dataset.Id, new PlanRequest("verdict")), WireJson.Options, Cancellation)).Problem(403)).Detail.ShouldContain("trainer");
    }

    [Fact]
    public async Task Something_new_goes_to_the_project_that_is_named_and_must_be_named_when_there_are_several()
    {
        User both = await accounts.Member("both", accounts.Ours, Role.Trainer);
        await accounts.Platform.Projects.SetMemberAsync(Actor.LocalOwner, accounts.Theirs.Id, MemberKind.User, both.Id, Role.Viewer);
        (await Upload(new StrataClient(accounts.As("both")), "one.csv", null)).Project.ShouldBe(accounts.Ours.Id);
        await Should.ThrowAsync<RefusedException>(() => Upload(new StrataClient(accounts.As("both")), "two.csv", "theirs"));

        await accounts.Platform.Projects.SetMemberAsync(Actor.LocalOwner, accounts.Theirs.Id, MemberKind.User, both.Id, Role.Trainer);
        (await Should.ThrowAsync<RefusedException>(() => Upload(new StrataClient(accounts.As("both")), "three.csv", null))).Message.ShouldContain("'project' is missing");
        (await Upload(new StrataClient(accounts.As("both")), "four.csv", "theirs")).Project.ShouldBe(accounts.Theirs.Id);
    }

    private static async Task<DatasetView> Upload(StrataClient client, string fileName, string? project)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(TrainedRun.Table(120)));
        return await client.UploadAsync(stream, fileName, project: project, cancellation: Cancellation);
    }
}

public sealed class OwnershipTests(ServerWithAccounts accounts) : OwnershipContract(accounts), IClassFixture<ServerWithAccounts>;

public sealed class OwnershipOnPostgresTests(PostgresServerWithAccounts accounts) : OwnershipContract(accounts), IClassFixture<PostgresServerWithAccounts>;
