using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Shouldly;
using Strata.Client;
using Strata.Client.Contracts;
using Strata.Testing;
using Xunit;

namespace Strata.Server.Tests.Deployments;

public abstract class DeploymentContract(TwoModels trained)
{
    private const string Row = """{"depth":1.2,"period":3,"star":"dwarf"}""";

    private static int names;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_deployment_answers_predictions_as_its_model_does()
    {
        DeploymentView deployment = await Create(trained.First);
        deployment.Current.Models.Single().ShouldBe(new DeployedModelView(trained.First, "first", 1, "gradient_boosting", 1, 1, false));

        DeploymentPredictions answer = await Predict(deployment.Name, $$"""{"rows":[{{Row}}]}""");
        PredictionList plain = await trained.Running.Client.PredictAsync(trained.First, new PredictionRequest([TrainedRun.Values(Row)]), Cancellation);

        (answer.Deployment, answer.Revision, answer.ModelId).ShouldBe((deployment.Name, 1, trained.First));
        answer.Items.Single().RawScores.ShouldBe(plain.Items.Single().RawScores);
        answer.Items.Single().Probabilities.ShouldBe(plain.Items.Single().Probabilities);
        answer.PredictionIds.Single().Length.ShouldBe(26);
    }

    [Theory]
    [InlineData("""{"depth":1.2,"period":3,"star":"dwarf"}""")]
    [InlineData("""{"star":"giant","period":null,"depth":-0.3}""")]
    [InlineData("""{"depth":1e-3,"peri\u006fd":2.5,"star":"gi\u0061nt"}""")]
    public async Task The_way_for_one_plain_row_answers_the_same_json_as_the_general_way(string row)
    {
        DeploymentView deployment = await Create(trained.First);
        JsonObject quick = await PredictText(deployment.Name, $$"""{"rows":[{{row}}],"user_id":"u"}""");
        JsonObject bare = await PredictText(deployment.Name, $$"""{"rows": [{{row}}]}""");
        JsonObject general = await PredictText(deployment.Name, $$"""{"rows":[{{row}}],"user_id":"u","explain":false}""");

        foreach (JsonObject answer in new[] { general, quick, bare })
        {
            answer["prediction_ids"] = null;
            answer.ToJsonString().ShouldBe(general.ToJsonString());
        }
    }

    [Fact]
    public async Task What_does_not_fit_is_refused_or_noted_and_never_guessed()
    {
        DeploymentView deployment = await Create(trained.First);
        (await Predict(deployment.Name, """{"rows":[{"depth":1.2,"period":3,"star":"never seen"}]}""")).Notes.Single().ShouldContain("not known before");
        (await Predict(deployment.Name, """{"rows":[{"depth":1.2,"period":3,"star":"dwarf","more":1}]}""")).Notes.Single().ShouldContain("not used");
        Problem missing = await (await Post(deployment.Name, """{"rows":[{"depth":1.2,"period":3}]}""")).Problem(422);
        missing.Detail.ShouldContain("'star' is missing");
        await (await Post(deployment.Name, """{"rows":[{"depth":"deep","period":3,"star":"dwarf"}]}""")).Problem(422);
        await (await Post(deployment.Name, """{"rows":[{"depth":1e999,"period":3,"star":"dwarf"}]}""")).Problem(422);
        foreach (string body in new[] { "", "{", "[]", "null", "{}", """{"rows":[{"depth":1.2,"depth":1.3,"period":3,"star":"dwarf"}]}""", """{"rows":[{}]} x""", """{"rows":[{}],"users":"a"}""",
            """{"rows":[{"depth":1.2,"period":3,"star":"dwarf"}],"more":[{}]}""", """{"rows":[{"depth":1.2,"period":3,"star":"dwarf"} {}]}""" })
        {
            await (await Post(deployment.Name, body)).Problem(400);
        }

        DeploymentTraffic traffic = await trained.Running.Client.DeploymentTrafficAsync(deployment.Name, cancellation: Cancellation);
        (traffic.Models.Single().Answered, traffic.Models.Single().Refused).ShouldBe((2, 3));
    }

    [Fact]
    public async Task Deep_json_is_refused_at_once()
    {
        DeploymentView deployment = await Create(trained.First);
        foreach (int depth in new[] { 65, 10_000, 1_000_000 })
        {
            await (await Post(deployment.Name, $$"""{"rows":[{"depth":{{new string('[', depth)}}{{new string(']', depth)}}}]}""")).Problem(400);
        }
    }

    [Fact]
    public async Task A_user_stays_with_one_model_and_users_are_parted_by_the_weights()
    {
        DeploymentView deployment = await Create(new DeployedModelRequest(trained.First, 3), new DeployedModelRequest(trained.Second, 1));
        var modelOf = new Dictionary<string, string>();
        for (int i = 0; i < 400; i++)
        {
            string user = $"user-{i % 200}";
            string model = (await Predict(deployment.Name, $$"""{"rows":[{{Row}}],"user_id":"{{user}}"}""")).ModelId;
            modelOf.TryAdd(user, model);
            modelOf[user].ShouldBe(model);
        }

        modelOf.Values.Count(model => model == trained.First).ShouldBeInRange(125, 175);
    }

    [Fact]
    public async Task A_shadow_model_is_asked_and_logged_but_never_answers()
    {
        DeploymentView deployment = await Create(new DeployedModelRequest(trained.First), new DeployedModelRequest(trained.Second, 1, Shadow: true));
        string[] ids = [.. (await Predict(deployment.Name, $$"""{"rows":[{{Row}},{{Row}}]}""")).PredictionIds];
        IReadOnlyList<LoggedPredictionView> logged = [];
        for (int tries = 0; tries < 100 && logged.Count < 4; tries++)
        {
            await Task.Delay(50, Cancellation);
            logged = await trained.Running.Client.LoggedPredictionsAsync(deployment.Name, cancellation: Cancellation);
        }

        logged.Where(entry => !entry.Shadow).Select(entry => (entry.Id, entry.ModelId)).ShouldBe(ids.Select(id => (id, trained.First)), ignoreOrder: true);
        logged.Where(entry => entry.Shadow).Select(entry => (entry.Id, entry.ModelId)).ShouldBe(ids.Select(id => (id, trained.Second)), ignoreOrder: true);
    }

    [Fact]
    public async Task A_table_file_is_predicted_and_answered_as_csv_with_ids()
    {
        DeploymentView deployment = await Create(trained.First);
        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(Encoding.UTF8.GetBytes("depth,period,star\n1.2,3,dwarf\n-2,,giant\n")), "file", "rows.csv" },
            { new StringContent("u1"), "user_id" },
            { new StringContent("[\"star\"]"), "keep" },
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/deployments/{deployment.Name}/predictions") { Content = form };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/csv"));
        using HttpResponseMessage answer = await trained.Running.Http.SendAsync(request, Cancellation);
        string[] lines = (await answer.Content.ReadAsStringAsync(Cancellation)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(3);
        lines[0].ShouldStartWith("prediction_id,row,star,prediction");
        IReadOnlyList<LoggedPredictionView> logged = await trained.Running.Client.LoggedPredictionsAsync(deployment.Name, cancellation: Cancellation);
        logged.Select(entry => entry.UserId).ShouldBe(["u1", "u1"]);
        logged.ShouldContain(entry => lines[1].StartsWith(entry.Id, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Outcomes_find_their_predictions_and_the_later_one_counts()
    {
        DeploymentView deployment = await Create(trained.First);
        DeploymentPredictions answer = await Predict(deployment.Name, $$"""{"rows":[{{Row}}]}""");
        string id = answer.PredictionIds[0], strange = "0" + new string('z', 25);
        foreach (string outcome in new[] { "=false", "planet" })
        {
            OutcomeReceipt receipt = await trained.Running.Client.RecordOutcomesAsync(deployment.Name, new Dictionary<string, string> { [id] = outcome, [strange] = outcome }, Cancellation);
            receipt.Recorded.ShouldBe(1);
            receipt.Unknown.ShouldBe([strange]);
        }

        Strata.Platform.Deployments.KnownPrediction known = trained.Running.Platform.Deployments.Known(deployment.Name, DateTimeOffset.MinValue).Single();
        (known.PredictionId, known.Outcome, known.IsCorrect).ShouldBe((id, "planet", true));
        known.ProbabilityOfOutcome!.Value.ShouldBe(answer.Items[0].Probabilities["planet"], 1e-12);
        using HttpResponseMessage refused = await trained.Running.Http.PostAsync($"api/deployments/{deployment.Name}/outcomes", Json("""{"outcomes":[{"prediction_id":"no id","outcome":1}]}"""), Cancellation);
        await refused.Problem(422);
    }

    [Fact]
    public async Task Weights_promotion_and_rollback_are_in_the_history_which_knows_what_served_when()
    {
        DeploymentView deployment = await Create(trained.First);
        DeploymentView changed = await trained.Running.Client.ChangeDeploymentAsync(
            deployment.Name, new DeploymentChangeRequest([new DeployedModelRequest(trained.First, 9), new DeployedModelRequest(trained.Second, 1)], Note: "a tenth"), Cancellation);
        changed.Current.Models.Select(model => model.Share).ShouldBe([0.9, 0.1]);
        DeploymentView promoted = await trained.Running.Client.PromoteAsync(deployment.Name, new PromotionRequest(trained.Second), Cancellation);
        DeploymentView back = await trained.Running.Client.RollBackAsync(deployment.Name, cancellation: Cancellation);
        back.Current.Models.Count.ShouldBe(2);
        DeploymentView first = await trained.Running.Client.RollBackAsync(deployment.Name, toRevision: 1, Cancellation);
        first.Current.Models.Single().ModelId.ShouldBe(trained.First);

        Page<DeploymentRevisionView> history = await trained.Running.Client.DeploymentHistoryAsync(deployment.Name, cancellation: Cancellation);
        history.Items.Select(item => item.Change).ShouldBe([DeploymentChange.RolledBack, DeploymentChange.RolledBack, DeploymentChange.Promoted, DeploymentChange.Changed, DeploymentChange.Created]);
        history.Items[3].Note.ShouldBe("a tenth");
        (await trained.Running.Client.DeploymentHistoryAsync(deployment.Name, promoted.Current.At, Cancellation)).Items.Single().Revision.ShouldBe(3);
        (await trained.Running.Client.DeploymentHistoryAsync(deployment.Name, deployment.CreatedAt.AddSeconds(-1), Cancellation)).Items.ShouldBeEmpty();
        using HttpResponseMessage deleting = await trained.Running.Http.DeleteAsync($"api/models/{trained.First}", Cancellation);
        (await deleting.Problem(409)).Detail.ShouldContain("deployment");
    }

    [Fact]
    public async Task A_plan_that_makes_no_sense_is_refused_with_every_problem()
    {
        Problem problem = await (await trained.Running.Http.PostAsync("api/deployments", Json($$"""{"name":"x","models":[{"model_id":"{{trained.First}}","weight":-1}],"log_share":2}"""), Cancellation)).Problem(422);
        problem.Problems.Count.ShouldBe(3);
        await (await trained.Running.Http.PostAsync("api/deployments", Json("""{"name":"x","models":[{"model_id":"none"}]}"""), Cancellation)).Problem(404);
        await (await trained.Running.Http.PostAsync("api/deployments", Json($$"""{"name":"../x","models":[{"model_id":"{{trained.First}}"}]}"""), Cancellation)).Problem(422);
        DeploymentView deployment = await Create(trained.First);
        (await Create(deployment.Name, new DeployedModelRequest(trained.First))).Id.ShouldBe(deployment.Id);
        await Should.ThrowAsync<RefusedException>(() => Create(deployment.Name, new DeployedModelRequest(trained.Second)));
        await Should.ThrowAsync<RefusedException>(() => trained.Running.Client.RollBackAsync(deployment.Name, cancellation: Cancellation));
    }

    [Fact]
    public async Task Reasons_are_told_when_they_are_asked_for()
    {
        DeploymentView deployment = await Create(trained.First);
        Prediction item = (await Predict(deployment.Name, $$"""{"rows":[{{Row}}],"explain":true}""")).Items.Single();
        (item.Bias!.Value + item.Reasons!.Sum(reason => reason.Contribution)).ShouldBe(item.RawScores.Single(), 1e-4);
    }

    [Fact]
    public async Task Only_a_share_is_logged_when_that_is_set()
    {
        DeploymentView deployment = await trained.Running.Client.CreateDeploymentAsync(new DeploymentRequest(NextName(), [new DeployedModelRequest(trained.First)], LogShare: 0.3), Cancellation);
        await Predict(deployment.Name, $$"""{"rows":[{{string.Join(',', Enumerable.Repeat(Row, 1000))}}]}""");
        (await trained.Running.Client.LoggedPredictionsAsync(deployment.Name, count: 1000, cancellation: Cancellation)).Count.ShouldBeInRange(230, 370);
    }

    [Fact]
    public async Task A_change_that_is_sent_again_with_its_key_is_made_once()
    {
        DeploymentView deployment = await Create(trained.First);
        await trained.Running.Client.PromoteAsync(deployment.Name, new PromotionRequest(trained.Second), Cancellation);
        foreach (int _ in Enumerable.Range(0, 3))
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"api/deployments/{deployment.Name}/rollback") { Headers = { { "Idempotency-Key", deployment.Name } } };
            using HttpResponseMessage answer = await trained.Running.Http.SendAsync(request, Cancellation);
            (await answer.Read<DeploymentView>()).Current.Revision.ShouldBe(3);
        }

        (await trained.Running.Client.DeploymentAsync(deployment.Name, Cancellation)).Current.Models.Single().ModelId.ShouldBe(trained.First);
    }

    private static string NextName() => $"d{Interlocked.Increment(ref names)}";

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private Task<DeploymentView> Create(string model) => Create(new DeployedModelRequest(model));

    private Task<DeploymentView> Create(params DeployedModelRequest[] models) => Create(NextName(), models);

    private Task<DeploymentView> Create(string name, params DeployedModelRequest[] models) => trained.Running.Client.CreateDeploymentAsync(new DeploymentRequest(name, models), Cancellation);

    private Task<HttpResponseMessage> Post(string name, string body) => trained.Running.Http.PostAsync($"api/deployments/{name}/predictions", Json(body), Cancellation);

    private async Task<DeploymentPredictions> Predict(string name, string body) => await (await Post(name, body)).Read<DeploymentPredictions>();

    private async Task<JsonObject> PredictText(string name, string body) => JsonNode.Parse(await (await Post(name, body)).Content.ReadAsStringAsync(Cancellation))!.AsObject();
}

/// <summary>A server with two models of the same question, the second of them coarser.</summary>
public class TwoModels : IAsyncLifetime
{
    public RunningServer Running { get; private set; } = null!;

    public string First { get; private set; } = string.Empty;

    public string Second { get; private set; } = string.Empty;

    public async ValueTask InitializeAsync()
    {
        Running = await RunningServer.Start(options => options with { Database = Database });
        DatasetView dataset = await TrainedRun.Upload(Running.Client, TrainedRun.Table());
        First = await Train(dataset, "first", 20);
        Second = await Train(dataset, "second", 2);
    }

    public async ValueTask DisposeAsync()
    {
        await Running.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Null is SQLite.</summary>
    protected virtual string? Database => null;

    private async Task<string> Train(DatasetView dataset, string name, int trees)
    {
        RunView started = await Running.Client.StartRunAsync(
            new RunRequest(dataset.Id, new PlanRequest("verdict", Hyperparameters: TrainedRun.Values($$"""{"trees":{{trees}}}"""), Drop: ["id"], Seed: 3, Threads: 1), Name: name));
        await Running.Client.EventsAsync(started.Job!.Id).ToListAsync();
        RunView run = await Running.Client.RunAsync(started.Id);
        run.Job!.Status.ShouldBe(JobStatus.Completed, run.Job!.Error);
        return run.ModelId!;
    }
}

/// <summary>The same with everything in PostgreSQL.</summary>
public sealed class TwoPostgresModels(PostgresCluster cluster) : TwoModels
{
    protected override string? Database { get; } = cluster.EmptyDatabase($"models-{Guid.NewGuid()}");
}

public sealed class DeploymentTests(TwoModels trained) : DeploymentContract(trained), IClassFixture<TwoModels>;

public sealed class DeploymentOnPostgresTests(TwoPostgresModels trained) : DeploymentContract(trained), IClassFixture<TwoPostgresModels>;
