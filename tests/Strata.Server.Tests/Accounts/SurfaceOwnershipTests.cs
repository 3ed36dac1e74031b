using System.Net;
using System.Net.Http.Json;
using System.Text;
using Shouldly;
using Strata.Client;
using Strata.Client.Contracts;
using Strata.Server.Tests.Surfaces;
using Xunit;

namespace Strata.Server.Tests.Accounts;

/// <summary>The surfaces of other systems hold the same lines between projects as Strata's own routes.</summary>
public sealed class SurfaceOwnershipTests(ServerWithAccounts accounts) : IClassFixture<ServerWithAccounts>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Another_projects_rockfall_trainings_are_not_there()
    {
        var trainer = new StrataClient(accounts.As("trainer"));
        DatasetView dataset = await Upload(trainer);
        RockfallJobView job = await trainer.StartRockfallTrainingAsync(new RockfallTrainingRequest(dataset.Id, "fall", "decision_tree"), Cancellation);
        job.UserId.ShouldBe("trainer");
        await trainer.WaitAsync(job.JobId, cancellation: Cancellation);
        await new StrataClient(accounts.As("deployer")).DeployRockfallJobAsync(job.JobId, new RockfallDeploymentRequest("ours-only"), Cancellation);

        using HttpClient other = accounts.As("other");
        await Missing(
            other,
            (HttpMethod.Post, "/api/training/train", new { dataset_id = dataset.Id, target = "fall" }),
            (HttpMethod.Get, $"/api/training/status/{job.JobId}", null),
            (HttpMethod.Get, $"/api/training/report/{job.JobId}", null),
            (HttpMethod.Post, $"/api/training/cancel/{job.JobId}", null),
            (HttpMethod.Post, $"/api/training/deploy/{job.JobId}", null));
        (await other.GetStringAsync("/api/training/jobs", Cancellation)).ShouldNotContain(job.JobId);
        (await other.GetStringAsync("/api/training/deployments", Cancellation)).ShouldNotContain("ours-only");

        // The name is taken, which is all that is said of it.
        RockfallJobView theirs = await Theirs();
        Problem taken = await (await other.PostAsJsonAsync($"/api/training/deploy/{theirs.JobId}", new { name = "ours-only" }, Cancellation)).Problem(409);
        taken.Detail.ShouldNotContain(accounts.Ours.Id);
        (await (await accounts.As("trainer").PostAsync($"/api/training/deploy/{job.JobId}", null, Cancellation)).Problem(403)).Detail.ShouldContain("deployer");
    }

    [Fact]
    public async Task Another_projects_omics_trainings_and_models_are_not_there()
    {
        var trainer = new StrataClient(accounts.As("trainer"));
        DatasetView dataset = await Upload(trainer);
        OmicsJobView job = await trainer.StartDeepLearningAsync(new OmicsNetworkRequest { DatasetId = dataset.Id, Target = "fall", Architecture = "mlp", Epochs = 1 }, Cancellation);
        await trainer.WaitAsync(job.JobId, cancellation: Cancellation);
        job = await trainer.OmicsJobAsync(job.JobId, Cancellation);

        using HttpClient other = accounts.As("other");
        DatasetView own = await Upload(new StrataClient(other));
        await Missing(
            other,
            (HttpMethod.Post, "/api/ml/automl/train", new { dataset_id = dataset.Id, target = "fall" }),
            (HttpMethod.Post, "/api/ml/deep-learning/train", new { dataset_id = dataset.Id, target = "fall", architecture = "mlp" }),
            (HttpMethod.Post, "/api/ml/ensemble/create", new { dataset_id = dataset.Id, target = "fall" }),
            (HttpMethod.Post, "/api/ml/transfer-learning/train", new { dataset_id = own.Id, target = "fall", base_model_id = job.ModelId }),
            (HttpMethod.Post, "/api/runs", new { dataset_id = own.Id, plan = new { target = "fall", algorithm = "mlp" }, start_from = new { model_id = job.ModelId } }),
            (HttpMethod.Get, $"/api/ml/jobs/{job.JobId}/status", null),
            (HttpMethod.Get, $"/api/ml/models/{job.ModelId}/results", null),
            (HttpMethod.Post, $"/api/ml/models/{job.ModelId}/explain", new { method = "permutation", dataset_id = own.Id }),
            (HttpMethod.Post, $"/api/ml/models/{job.ModelId}/distil", new { dataset_id = own.Id }),
            (HttpMethod.Delete, $"/api/ml/models/{job.ModelId}", null));
        (await other.GetStringAsync("/api/ml/models/list", Cancellation)).ShouldNotContain(job.ModelId!);
        await (await accounts.As("viewer").DeleteAsync($"/api/ml/models/{job.ModelId}", Cancellation)).Problem(403);
    }

    private async Task<RockfallJobView> Theirs()
    {
        var client = new StrataClient(accounts.As("other"));
        RockfallJobView job = await client.StartRockfallTrainingAsync(new RockfallTrainingRequest((await Upload(client)).Id, "fall", "decision_tree"), Cancellation);
        await client.WaitAsync(job.JobId, cancellation: Cancellation);
        return job;
    }

    private static async Task Missing(HttpClient client, params (HttpMethod Method, string Path, object? Body)[] requests)
    {
        foreach ((HttpMethod method, string path, object? body) in requests)
        {
            using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body, options: WireJson.Options) };
            using HttpResponseMessage answer = await client.SendAsync(request, Cancellation);
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound, $"{method} {path}");
        }
    }

    private static async Task<DatasetView> Upload(StrataClient client)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(SeriesTable.Csv()));
        return await client.UploadAsync(stream, "slopes.csv", cancellation: Cancellation);
    }
}
