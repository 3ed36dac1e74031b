using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Shouldly;
using Strata.Client;
using Strata.Client.Contracts;
using Xunit;

namespace Strata.Server.Tests.Surfaces;

/// <summary>The training platform's requests for deployed models, as its users write them.</summary>
public abstract class DeployedModelsContract(TrainedRun trained)
{
    private readonly HttpClient http = trained.Running.Http;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Job => trained.Run.Job!.Id;

    [Fact]
    public async Task A_training_is_deployed_promoted_asked_and_rolled_back()
    {
        JsonObject staged = await Post("deploy", $$"""{"training_job_id":"{{await Retrained(11)}}","model_name":"churn","version":"1.0.0","description":"the first","tags":["risk","daily"],"promote_to_production":false}""");
        string id = staged["model_id"]!.GetValue<string>();
        (staged["name"]!.GetValue<string>(), staged["version"]!.GetValue<string>(), staged["status"]!.GetValue<string>(), staged["description"]!.GetValue<string>()).ShouldBe(("churn", "1.0.0", "staged", "the first"));
        staged["tags"]!.AsObject().Select(tag => tag.Key).ShouldBe(["daily", "risk"], ignoreOrder: true);
        staged["metrics"]!["accuracy"]!.GetValue<double>().ShouldBeGreaterThan(0.5);
        staged["created_at"].ShouldNotBeNull();
        (await Post("predict", $$$"""{"model_id":"{{{id}}}","features":{"depth":2.0,"period":3.1,"star":"dwarf"}}"""))["prediction_ids"]!.AsArray().ShouldBeEmpty("nothing serves it yet");

        (await Post($"{id}/promote", null))["status"]!.GetValue<string>().ShouldBe("production");
        JsonObject one = await Post("predict", $$$"""{"model_id":"{{{id}}}","features":{"depth":2.0,"period":3.1,"star":"dwarf"},"user_id":"u1"}""");
        one["prediction"]!.GetValue<string>().ShouldBe("planet");
        one["prediction_proba"]!.AsArray().Sum(share => share!.GetValue<double>()).ShouldBe(1, 1e-9);
        one["prediction_ids"]!.AsArray().Count.ShouldBe(1);
        JsonObject several = await Post("predict", $$$"""{"model_id":"{{{id}}}","features":[{"depth":2.0,"period":3.1,"star":"dwarf"},{"depth":-2.0,"period":3.1,"star":"giant"}]}""");
        several["prediction"]!.AsArray().Select(value => value!.GetValue<string>()).ShouldBe(["planet", "=false"]);
        several["prediction_proba"]!.AsArray().Count.ShouldBe(2);

        string retrained = await Retrained(12);
        JsonObject next = await Post("deploy", $$"""{"training_job_id":"{{retrained}}","model_name":"churn","version":"1.1.0","tags":{"why":"newer"},"promote_to_production":true}""");
        (next["status"]!.GetValue<string>(), next["tags"]!["why"]!.GetValue<string>(), next["deployment"]!.GetValue<string>()).ShouldBe(("production", "newer", "churn"));
        (await Deployed("?name=churn")).ShouldBe(["1.1.0 production", "1.0.0 archived"]);
        (await Deployed("?name=churn&status=production")).ShouldBe(["1.1.0 production"]);
        (await Post("churn/rollback?to_version=1.0.0", null))["version"]!.GetValue<string>().ShouldBe("1.0.0");
        (await trained.Running.Client.DeploymentAsync("churn", Cancellation)).Current.Models.Single().ModelId.ShouldBe(id);
        (await Deployed("?name=churn")).ShouldBe(["1.1.0 archived", "1.0.0 production"]);

        await Post("ab-test", $$"""{"model_a_id":"{{id}}","model_b_id":"{{next["model_id"]!.GetValue<string>()}}","test_name":"churn-test","split_ratio":0.5}""");
        var answered = new HashSet<string>();
        for (int user = 0; user < 20; user++)
        {
            string body = $$$"""{"ab_test_name":"churn-test","features":{"depth":1.0,"period":2.0,"star":"dwarf"},"user_id":"u{{{user}}}"}""";
            string first = (await Post("predict", body))["model_id"]!.GetValue<string>();
            (await Post("predict", body))["model_id"]!.GetValue<string>().ShouldBe(first, "the same user is answered by the same model");
            answered.Add(first);
        }

        answered.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Asked_again_the_same_is_deployed_once_and_another_model_does_not_take_its_version()
    {
        string body = $$"""{"training_job_id":"{{Job}}","model_name":"once","version":"1"}""";
        JsonObject first = await Post("deploy", body);
        (await Post("deploy", body))["number"]!.GetValue<int>().ShouldBe(first["number"]!.GetValue<int>());
        await Post("deploy", body.Replace("once", "twice", StringComparison.Ordinal));
        string id = first["model_id"]!.GetValue<string>();
        (await (await Send($"{id}/promote", null)).Problem(409)).Detail.ShouldContain("'twice'");
        (await Post($"{id}/promote?name=twice", null))["name"]!.GetValue<string>().ShouldBe("twice");
        Problem taken = await (await Send("deploy", $$"""{"training_job_id":"{{await Retrained(13)}}","model_name":"once","version":"1"}""")).Problem(409);
        taken.Detail.ShouldContain("another model");
    }

    [Theory]
    [InlineData("deploy", """{"training_job_id":"none","model_name":"x"}""", 404)]
    [InlineData("none/promote", "{}", 404)]
    [InlineData("none/rollback", "{}", 404)]
    [InlineData("predict", """{"features":{"a":1}}""", 422)]
    [InlineData("predict", """{"model_id":"none","features":{"a":1}}""", 404)]
    [InlineData("predict", """{"ab_test_name":"none","features":{"a":1}}""", 404)]
    [InlineData("deploy", """{"training_job_id":"JOB","model_name":"a name","version":"1"}""", 422)]
    [InlineData("predict", """{"model_id":"MODEL","features":[1,2]}""", 422)]
    [InlineData("ab-test", """{"model_a_id":"MODEL","model_b_id":"MODEL","test_name":"t","split_ratio":1.5}""", 422)]
    [InlineData("deploy", """{"training_job_id":"JOB","model_name":"x","promote":true}""", 400)]
    public async Task What_cannot_be_done_is_said(string path, string body, int status) =>
        await (await Send(path, body.Replace("JOB", Job, StringComparison.Ordinal).Replace("MODEL", trained.Run.ModelId, StringComparison.Ordinal))).Problem(status);

    [Fact]
    public async Task The_typed_client_speaks_it_too()
    {
        StrataClient client = trained.Running.Client;
        DeployedVersionView deployed = await client.DeployModelAsync(new ModelDeploymentRequest(Job, "typed", Tags: new Dictionary<string, string> { ["a"] = "b" }), Cancellation);
        (deployed.Version, deployed.Status, deployed.Tags["a"]).ShouldBe(("1", ModelVersionStatus.Staged, "b"));
        (await client.DeployedModelsAsync("typed", ModelVersionStatus.Staged, cancellation: Cancellation)).Total.ShouldBe(1);
        ModelPredictionView said = await client.PredictByModelAsync(
            new ModelPredictionRequest(JsonSerializer.SerializeToElement(new { depth = 1.0, period = 2.0, star = "dwarf" }), deployed.ModelId), Cancellation);
        said.Classes.Count.ShouldBe(2);
        said.Prediction.ValueKind.ShouldBe(JsonValueKind.String);
    }

    private async Task<string[]> Deployed(string query)
    {
        JsonObject page = (await http.GetFromJsonAsync<JsonObject>($"/api/ml/models/deployed{query}", Cancellation))!;
        return [.. page["models"]!.AsArray().Select(model => $"{model!["version"]} {model["status"]}")];
    }

    private async Task<string> Retrained(int seed)
    {
        RunView run = await trained.Running.Client.StartRunAsync(new RunRequest(trained.Dataset.Id, new PlanRequest("verdict", Algorithm: "decision_tree", Drop: ["id"], Seed: (ulong)seed, Threads: 1)), Cancellation);
        (await trained.Running.Client.WaitAsync(run.Job!.Id, cancellation: Cancellation)).Status.ShouldBe(JobStatus.Completed);
        return run.Job!.Id;
    }

    private async Task<JsonObject> Post(string path, string? body) => await (await Send(path, body)).Read<JsonObject>();

    private Task<HttpResponseMessage> Send(string path, string? body) =>
        http.PostAsync($"/api/ml/models/{path}", body is null ? null : new StringContent(body, System.Text.Encoding.UTF8, "application/json"), Cancellation);
}

public sealed class DeployedModelsTests(TrainedRun trained) : DeployedModelsContract(trained), IClassFixture<TrainedRun>;

public sealed class DeployedModelsOnPostgresTests(TrainedPostgresRun trained) : DeployedModelsContract(trained), IClassFixture<TrainedPostgresRun>;
