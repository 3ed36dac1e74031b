using System.Net;
using System.Net.Http.Json;
using System.Text;
using Shouldly;
using Strata.Client;
using Strata.Client.Contracts;
using Strata.Client.Contracts.TrainingPlatform;
using Strata.Server.Tests.Accounts;
using Xunit;

namespace Strata.Server.Tests.Surfaces;

/// <summary>Somebody of another project who knows all ids finds nothing under <c>/api/ml</c>.</summary>
public sealed class TrainingPlatformOwnershipTests(ServerWithAccounts accounts) : IClassFixture<ServerWithAccounts>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Another_projects_datasets_and_trainings_are_not_there()
    {
        var trainer = new StrataClient(accounts.As("trainer"));
        using var table = new MemoryStream(Encoding.UTF8.GetBytes("x,verdict\n" + string.Concat(Enumerable.Range(0, 30).Select(row => $"{row},{(row % 2 == 0 ? "yes" : "no")}\n"))));
        PlatformDatasetView dataset = await trainer.UploadPlatformDatasetAsync(table, "ours-only.csv", targetColumn: "verdict", cancellation: Cancellation);
        CleanDataView cleaned = await trainer.CleanDataAsync(new CleanDataRequest(dataset.DatasetId), Cancellation);
        (await trainer.DatasetAsync(cleaned.DatasetId, Cancellation)).Project.ShouldBe(accounts.Ours.Id);
        string training = (await trainer.TrainModelAsync(new TrainModelRequest(cleaned.DatasetId, Algorithm: "decision_tree"), Cancellation)).JobId;
        string comparing = (await trainer.CompareModelsAsync(new CompareModelsRequest(dataset.DatasetId, ["decision_tree"]), Cancellation)).JobId;

        using HttpClient other = accounts.As("other");
        foreach ((HttpMethod method, string path, object? body) in new (HttpMethod, string, object?)[]
        {
            (HttpMethod.Get, $"/api/ml/datasets/{dataset.DatasetId}", null),
            (HttpMethod.Get, $"/api/ml/models/train/{training}", null),
            (HttpMethod.Get, $"/api/ml/models/tune/{training}", null),
            (HttpMethod.Get, $"/api/ml/models/compare/{comparing}", null),
            (HttpMethod.Post, $"/api/datasets/{dataset.DatasetId}/derive", new DerivationRequest([new StepRequest("impute")])),
            (HttpMethod.Post, "/api/ml/data/clean", new CleanDataRequest(dataset.DatasetId)),
            (HttpMethod.Post, "/api/ml/data/select-features", new SelectFeaturesRequest(dataset.DatasetId)),
            (HttpMethod.Post, "/api/ml/data/split", new SplitDataRequest(dataset.DatasetId)),
            (HttpMethod.Post, "/api/ml/models/train", new TrainModelRequest(cleaned.DatasetId)),
            (HttpMethod.Post, "/api/ml/models/tune", new TuneModelRequest(dataset.DatasetId)),
            (HttpMethod.Post, "/api/ml/models/compare", new CompareModelsRequest(dataset.DatasetId, ["decision_tree"])),
        })
        {
            using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body, options: WireJson.Options) };
            using HttpResponseMessage answer = await other.SendAsync(request, Cancellation);
            string text = await answer.Content.ReadAsStringAsync(Cancellation);
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound, $"{method} {path}: {text}");
            text.ShouldNotContain("ours-only");
        }

        (await other.GetStringAsync("/api/ml/datasets", Cancellation)).ShouldNotContain("ours-only");
        using HttpClient viewer = accounts.As("viewer");
        (await viewer.GetAsync($"/api/ml/datasets/{dataset.DatasetId}", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await viewer.PostAsJsonAsync("/api/ml/data/clean", new { dataset_id = dataset.DatasetId }, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }
}
