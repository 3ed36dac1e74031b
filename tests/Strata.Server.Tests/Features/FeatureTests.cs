using System.Net;
using System.Net.Http.Json;
using Shouldly;
using Strata.Client;
using Strata.Client.Contracts;
using Strata.Server.Tests.Accounts;
using Xunit;

namespace Strata.Server.Tests.Features;

/// <summary>The documented requests of the feature store.</summary>
public abstract class FeatureTests(SharedServer shared)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private StrataClient Client => shared.Running.Client;

    [Fact]
    public async Task Features_are_defined_materialised_joined_and_looked_up()
    {
        DatasetView payments = await TrainedRun.Upload(Client, "customer,paid_at,amount,plan\n1,2024-01-01,10,basic\n1,2024-01-05,20,gold\n2,2024-01-03,7,basic\n", "payments.csv");
        var request = new FeatureGroupRequest(
            "payments",
            payments.Id,
            ["customer"],
            "paid_at",
            [new FeatureRequest("plan"), new FeatureRequest("paid_30d", "amount", FeatureAggregate.Sum, 30 * 86400)],
            TtlSeconds: 90 * 86400,
            Description: "What customers paid.",
            Tags: new Dictionary<string, string> { ["team"] = "growth" });
        FeatureGroupView group = await Client.DefineFeaturesAsync(request, Cancellation);
        (group.Name, group.Version, group.Project, group.Owner, group.TtlSeconds, group.Values).ShouldBe(("payments", 1, "default", "local owner", 90 * 86400, null));
        group.Features.ShouldBe([new FeatureDefinition("plan", "plan", null, null), new FeatureDefinition("paid_30d", "amount", FeatureAggregate.Sum, 30 * 86400)]);
        group.Tags["team"].ShouldBe("growth");
        (await Client.DefineFeaturesAsync(request, Cancellation)).Id.ShouldBe(group.Id);

        JobView made = await Client.WaitAsync((await Client.MaterialiseFeaturesAsync(group.Id, cancellation: Cancellation)).Id, cancellation: Cancellation);
        (made.Status, made.Kind).ShouldBe((JobStatus.Completed, "materialise_features"));
        (await Client.FeatureGroupAsync(group.Id, Cancellation)).Values!.Rows.ShouldBe(3);
        (await Client.FeatureGroupsAsync("payments", cancellation: Cancellation)).Items.Single().Values!.Entities.ShouldBe(2);

        LatestFeatures then = await Client.LatestFeaturesAsync(group.Id, ["1"], new DateTimeOffset(2024, 1, 6, 0, 0, 0, TimeSpan.Zero), Cancellation);
        (then.Values["plan"]!.Value.GetString(), then.Values["paid_30d"]!.Value.GetDouble()).ShouldBe(("gold", 30));
        (await Client.LatestFeaturesAsync(group.Id, ["1"], cancellation: Cancellation)).Values["plan"].ShouldBeNull("they are older than the time to live");

        DatasetView churn = await TrainedRun.Upload(Client, "id,when,churned\n1,2024-01-04,no\n2,2024-01-02,yes\n2,2024-01-03,no\n", "churn.csv");
        JobView joining = await Client.JoinFeaturesAsync(
            new FeatureJoinRequest(churn.Id, "when", ["payments:plan", "payments:paid_30d"], "churn with payments", new Dictionary<string, string> { ["customer"] = "id" }, FullNames: true), Cancellation);
        JobView joined = await Client.WaitAsync(joining.Id, cancellation: Cancellation);
        joined.Status.ShouldBe(JobStatus.Completed, joined.Error);
        string id = joined.Result!.Value.GetProperty("dataset_id").GetString()!;
        DatasetView dataset = await Client.DatasetAsync(id, Cancellation);
        (dataset.Name, dataset.Origin, dataset.Status).ShouldBe(("churn with payments", DatasetOrigin.Derived, DatasetStatus.Ready));
        DatasetRows rows = await Client.DatasetRowsAsync(id, cancellation: Cancellation);
        rows.Columns.ShouldBe(["id", "when", "churned", "payments__plan", "payments__paid_30d"]);
        rows.Rows.Select(row => string.Join(' ', row.Skip(3).Select(cell => cell ?? "-"))).ShouldBe(["basic 10", "- -", "basic 7"]);

        await Client.DeleteFeatureGroupAsync(group.Id, Cancellation);
        (await shared.Running.Http.GetAsync($"/api/features/{group.Id}", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task What_cannot_be_is_refused_by_a_problem_that_names_it()
    {
        DatasetView table = await TrainedRun.Upload(Client, "who,at,x\n1,2024-01-01,1\n", "refused.csv");
        var good = new FeatureGroupRequest("refused", table.Id, ["who"], "at", [new FeatureRequest("x")]);
        foreach (FeatureGroupRequest bad in new[]
        {
            good with { Name = "-" },
            good with { Entities = [] },
            good with { Entities = ["nobody"] },
            good with { Features = [] },
            good with { TtlSeconds = 0 },
            good with { Features = [new FeatureRequest("x", WindowSeconds: 5)] },
            good with { Features = [new FeatureRequest("x", null, FeatureAggregate.Sum, -5)] },
        })
        {
            await (await Post("/api/features", bad)).Problem(422);
        }

        await (await Post("/api/features", good with { DatasetId = "none" })).Problem(404);
        FeatureGroupView group = await Client.DefineFeaturesAsync(good, Cancellation);
        await (await Post("/api/features/join", new FeatureJoinRequest(table.Id, "at", ["refused:x"]))).Problem(409);
        await (await Post("/api/features/join", new FeatureJoinRequest(table.Id, "at", ["refused"]))).Problem(422);
        await (await Post("/api/features/join", new FeatureJoinRequest(table.Id, "at", ["other:x"]))).Problem(404);
        await (await shared.Running.Http.GetAsync($"/api/features/{group.Id}/online?entity=1", Cancellation)).Problem(409);
        await (await shared.Running.Http.GetAsync($"/api/features/{group.Id}/online", Cancellation)).Problem(422);
        (await Client.WaitAsync((await Client.MaterialiseFeaturesAsync(group.Id, cancellation: Cancellation)).Id, cancellation: Cancellation)).Status.ShouldBe(JobStatus.Completed);
        JobView taken = await Client.JoinFeaturesAsync(new FeatureJoinRequest(table.Id, "at", ["refused:x"]), Cancellation);
        (await Client.WaitAsync(taken.Id, cancellation: Cancellation)).Error!.ShouldContain("2 columns 'x'");
    }

    [Fact]
    public async Task A_repeated_request_with_the_same_key_starts_one_job()
    {
        DatasetView table = await TrainedRun.Upload(Client, "who,at,x\n1,2024-01-01,2\n", "repeated.csv");
        FeatureGroupView group = await Client.DefineFeaturesAsync(new FeatureGroupRequest("repeated", table.Id, ["who"], "at", [new FeatureRequest("x")]), Cancellation);
        var jobs = new HashSet<string>();
        for (int i = 0; i < 3; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/features/{group.Id}/materialise") { Content = JsonContent.Create(new MaterialisationRequest(), options: WireJson.Options) };
            request.Headers.Add("Idempotency-Key", "features-once");
            jobs.Add((await (await shared.Running.Http.SendAsync(request, Cancellation)).Read<JobView>()).Id);
        }

        await Client.WaitAsync(jobs.ShouldHaveSingleItem(), cancellation: Cancellation);
    }

    private Task<HttpResponseMessage> Post<T>(string address, T body) => shared.Running.Http.PostAsJsonAsync(address, body, WireJson.Options, Cancellation);
}

public sealed class FeatureOnSqliteTests(SharedServer shared) : FeatureTests(shared), IClassFixture<SharedServer>;

public sealed class FeatureOnPostgresTests(SharedPostgresServer shared) : FeatureTests(shared), IClassFixture<SharedPostgresServer>;

/// <summary>Somebody of another project who knows all ids.</summary>
public sealed class FeatureOwnershipTests(ServerWithAccounts accounts) : IClassFixture<ServerWithAccounts>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Another_projects_features_are_not_there_and_a_viewer_only_looks()
    {
        var trainer = new StrataClient(accounts.As("trainer"));
        DatasetView table = await TrainedRun.Upload(trainer, "who,at,x\n1,2024-01-01,2\n", "ours.csv");
        var definition = new FeatureGroupRequest("ours", table.Id, ["who"], "at", [new FeatureRequest("x")]);
        FeatureGroupView group = await trainer.DefineFeaturesAsync(definition, Cancellation);
        (group.Project, group.Owner).ShouldBe((accounts.Ours.Id, "trainer"));
        using HttpClient other = accounts.As("other"), viewer = accounts.As("viewer");
        foreach ((HttpMethod method, string path, object? body) in new (HttpMethod, string, object?)[]
        {
            (HttpMethod.Get, $"/api/features/{group.Id}", null),
            (HttpMethod.Get, $"/api/features/{group.Id}/online?entity=1", null),
            (HttpMethod.Post, $"/api/features/{group.Id}/materialise", new MaterialisationRequest()),
            (HttpMethod.Post, "/api/features", definition),
            (HttpMethod.Post, "/api/features/join", new FeatureJoinRequest(table.Id, "at", ["ours:x"])),
            (HttpMethod.Delete, $"/api/features/{group.Id}", null),
        })
        {
            (await Send(other, method, path, body)).ShouldBe(HttpStatusCode.NotFound, path);
            (await Send(viewer, method, path, body)).ShouldBe(method != HttpMethod.Get ? HttpStatusCode.Forbidden : path.Contains("online", StringComparison.Ordinal) ? HttpStatusCode.Conflict : HttpStatusCode.OK, path);
        }

        (await other.GetStringAsync("/api/features", Cancellation)).ShouldNotContain(group.Id);
        (await viewer.GetStringAsync("/api/features", Cancellation)).ShouldContain(group.Id);
    }

    private static async Task<HttpStatusCode> Send(HttpClient client, HttpMethod method, string path, object? body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body, options: WireJson.Options) };
        using HttpResponseMessage answer = await client.SendAsync(request, Cancellation);
        return answer.StatusCode;
    }
}
