using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Shouldly;
using Strata.Client;
using Strata.Client.Contracts;
using Strata.Testing;
using Xunit;

namespace Strata.Server.Tests.Surfaces;

/// <summary>A server with one finished training of the rockfall trainer: 60 rows, 2 epochs.</summary>
public class RockfallServer : IAsyncLifetime
{
    public RunningServer Running { get; private set; } = null!;

    public DatasetView Dataset { get; private set; } = null!;

    public RockfallJobView Started { get; private set; } = null!;

    public RockfallJobView Trained { get; private set; } = null!;

    protected virtual string? Database => null;

    public async ValueTask InitializeAsync()
    {
        Running = await RunningServer.Start(options => options with { Database = Database });
        Dataset = await TrainedRun.Upload(Running.Client, SeriesTable.Csv(), "slopes.csv");
        using HttpResponseMessage answer = await Running.Http.PostAsync("/api/training/train", new StringContent(
            $$"""
            {
              "dataset_id": "{{Dataset.Id}}", "target": "fall", "model_type": "bilstm",
              "epochs": 2, "batch_size": 16, "learning_rate": 0.01,
              "sequence_columns": ["rain_*"], "group": "site",
              "early_stopping": true, "early_stopping_patience": 5, "seed": 3,
              "hyperparameters": {"hidden": 8}, "confidence_level": 0.8, "name": "first <b>fall</b>"
            }
            """,
            Encoding.UTF8,
            "application/json"));
        Started = await answer.Read<RockfallJobView>();
        await Running.Client.WaitAsync(Started.JobId);
        Trained = await Running.Client.RockfallJobAsync(Started.JobId);
        Trained.Status.ShouldBe(JobStatus.Completed, string.Join('\n', Trained.Logs));
    }

    public async ValueTask DisposeAsync()
    {
        await Running.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}

public sealed class RockfallPostgresServer(PostgresCluster cluster) : RockfallServer
{
    protected override string? Database { get; } = cluster.EmptyDatabase($"rockfall-{Guid.NewGuid()}");
}

public sealed class RockfallTests(RockfallServer trained) : RockfallContract(trained), IClassFixture<RockfallServer>;

public sealed class RockfallPostgresTests(RockfallPostgresServer trained) : RockfallContract(trained), IClassFixture<RockfallPostgresServer>;

/// <summary>The documented requests of the rockfall trainer.</summary>
public abstract class RockfallContract(RockfallServer trained)
{
    private static readonly string[] Fields =
        ["job_id", "user_id", "config", "status", "progress", "current_epoch", "total_epochs", "created_at", "metrics", "logs", "performance_summary", "model_paths"];

    private HttpClient Http => trained.Running.Http;

    private StrataClient Client => trained.Running.Client;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_job_document_has_exactly_the_fields_that_the_trainer_is_known_for()
    {
        JsonObject document = JsonNode.Parse(await Http.GetStringAsync($"/api/training/status/{trained.Trained.JobId}", Cancellation))!.AsObject();
        document.Select(member => member.Key).ShouldBe(Fields);
        document["status"]!.GetValue<string>().ShouldBe("completed");
        document["user_id"]!.GetValue<string>().ShouldBe("local");
        document["config"]!["model_type"]!.GetValue<string>().ShouldBe("bilstm");
        document["config"]!["sequence_columns"]!.AsArray().Single()!.GetValue<string>().ShouldBe("rain_*");
        document["performance_summary"]!["accuracy"]!.GetValue<double>().ShouldBeInRange(0, 1);
    }

    [Fact]
    public void A_training_is_accepted_before_it_has_begun()
    {
        trained.Started.Status.ShouldBeOneOf(JobStatus.Queued, JobStatus.Preparing, JobStatus.Running);
        trained.Started.TotalEpochs.ShouldBe(2);
        trained.Started.PerformanceSummary.ShouldBeNull();
        trained.Started.ModelPaths.ShouldBeEmpty();
    }

    [Fact]
    public void Epochs_are_those_that_were_really_trained_each_with_what_was_measured()
    {
        (trained.Trained.CurrentEpoch, trained.Trained.TotalEpochs, trained.Trained.Progress).ShouldBe((2, 2, 100));
        trained.Trained.Metrics.Select(epoch => epoch["epoch"]).ShouldBe([1, 2]);
        trained.Trained.Metrics.ShouldAllBe(epoch => epoch["train_log_loss"] > 0 && epoch["watched_log_loss"] > 0);
    }

    [Fact]
    public void The_log_says_what_was_taken_for_what() => string.Join('\n', trained.Trained.Logs).ShouldContain("'bilstm' is Strata's 'lstm'");

    [Fact]
    public async Task What_was_left_can_be_fetched_under_its_paths()
    {
        trained.Trained.ModelPaths.Keys.ShouldBe(["model", "evaluation", "report"], ignoreOrder: true);
        foreach (string path in trained.Trained.ModelPaths.Values)
        {
            (await Http.GetAsync(path, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK, path);
        }
    }

    [Fact]
    public async Task The_list_has_the_newest_first_and_trainings_that_were_asked_for_elsewhere()
    {
        RunView elsewhere = await Client.StartRunAsync(new RunRequest(trained.Dataset.Id, new PlanRequest("fall", Algorithm: "decision_tree"), Name: "elsewhere"), Cancellation);
        await Client.WaitAsync(elsewhere.Job!.Id, cancellation: Cancellation);
        RockfallJobsView jobs = await Client.RockfallJobsAsync(count: 1000, cancellation: Cancellation);
        jobs.Total.ShouldBe(jobs.Jobs.Count);
        RockfallJobView listed = jobs.Jobs.Single(job => job.JobId == elsewhere.Job.Id);
        (listed.Config.ModelType, listed.Config.Target, listed.Config.DatasetId).ShouldBe(("decision_tree", "fall", trained.Dataset.Id));
        jobs.Jobs[^1].JobId.ShouldBe(trained.Trained.JobId);
        (await Client.RockfallJobsAsync(offset: jobs.Total, cancellation: Cancellation)).Jobs.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_report_tells_everything_that_the_training_came_to()
    {
        RockfallReportView report = await Client.RockfallReportAsync(trained.Trained.JobId, Cancellation);
        report.Metrics.ShouldBe(trained.Trained.PerformanceSummary!);
        report.Evaluation.Confusion.Sum(row => row.Sum()).ShouldBe(report.Data.TestRows);
        report.Evaluation.RocCurves.ShouldNotBeEmpty();
        report.Evaluation.Calibration.ShouldNotBeEmpty();
        report.Evaluation.Regions!.Level.ShouldBe(0.8);
        report.Evaluation.Intervals!.Keys.ShouldContain("accuracy");
        report.TrainingCurves.Single(curve => curve.Name == "train_log_loss").Points.Count.ShouldBe(2);
        (report.Data.Rows, report.Data.Target, report.Data.TrainingRows + report.Data.TestRows).ShouldBe((60, "fall", 60));
        report.Model.Algorithm.ShouldBe("lstm");
        (await Http.GetStringAsync(report.FullReport, Cancellation)).ShouldContain(">Model card</h2>");
        report.Notes.ShouldContain(note => note.Contains("'bilstm'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_report_is_also_a_page_that_needs_nothing_else_and_runs_nothing()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/training/report/{trained.Trained.JobId}");
        request.Headers.Add("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
        using HttpResponseMessage answer = await Http.SendAsync(request, Cancellation);
        string page = await answer.Content.ReadAsStringAsync(Cancellation);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("sandbox");
        page.ShouldContain("<svg");
        page.ShouldContain("first &lt;b&gt;fall&lt;/b&gt;");
        page.ShouldNotContain("<b>fall");
        page.ShouldNotContain("<script");
        page.Replace("http://www.w3.org/2000/svg", string.Empty, StringComparison.Ordinal).ShouldNotContain("http");
        (await Client.RockfallReportPageAsync(trained.Trained.JobId, Cancellation)).ShouldBe(page);
    }

    [Fact]
    public async Task A_model_is_deployed_answers_predictions_and_is_listed()
    {
        RockfallDeploymentView deployment = await Client.DeployRockfallJobAsync(trained.Trained.JobId, new RockfallDeploymentRequest("north-face"), Cancellation);
        (deployment.Name, deployment.JobId, deployment.Share).ShouldBe(("north-face", trained.Trained.JobId, 1));
        (await Client.DeployRockfallJobAsync(trained.Trained.JobId, new RockfallDeploymentRequest("north-face"), Cancellation)).Revision.ShouldBe(1);

        var row = new Dictionary<string, object> { ["slope"] = 31 };
        for (int step = 0; step < SeriesTable.Steps; step++)
        {
            row[$"rain_{step}"] = step;
        }

        HttpResponseMessage answer = await Http.PostAsJsonAsync(deployment.Endpoint, new { rows = new[] { row } }, Cancellation);
        (await answer.Read<DeploymentPredictions>()).Items.Single().Probabilities!.Count.ShouldBe(2);
        (await Client.RockfallDeploymentsAsync(cancellation: Cancellation)).Deployments.ShouldContain(one => one.Name == "north-face");
    }

    [Fact]
    public async Task Without_a_body_a_deployment_is_named_after_its_job()
    {
        using HttpResponseMessage answer = await Http.PostAsync($"/api/training/deploy/{trained.Trained.JobId}", null, Cancellation);
        (await answer.Read<RockfallDeploymentView>()).Name.ShouldBe($"training-{trained.Trained.JobId}");
    }

    [Fact]
    public async Task A_training_can_be_cancelled_and_then_has_no_report()
    {
        RockfallJobView job = await Client.StartRockfallTrainingAsync(
            new RockfallTrainingRequest(trained.Dataset.Id, "fall", "transformer", Epochs: 100_000, SequenceColumns: ["rain_*"], EarlyStopping: false), Cancellation);
        (await Client.CancelRockfallJobAsync(job.JobId, Cancellation)).JobId.ShouldBe(job.JobId);
        (await Client.WaitAsync(job.JobId, cancellation: Cancellation)).Status.ShouldBe(JobStatus.Cancelled);
        (await Client.RockfallJobAsync(job.JobId, Cancellation)).PerformanceSummary.ShouldBeNull();
        await (await Http.GetAsync($"/api/training/report/{job.JobId}", Cancellation)).Problem(409);
        await (await Http.PostAsync($"/api/training/deploy/{job.JobId}", null, Cancellation)).Problem(409);
        await (await Http.PostAsync($"/api/training/cancel/{job.JobId}", null, Cancellation)).Problem(409);
    }

    [Theory]
    [InlineData("gru", "gru")]
    [InlineData("transformer", "transformer")]
    [InlineData("fusion", "fusion")]
    [InlineData("cnn", "cnn1d")]
    [InlineData("tabular", "mlp")]
    [InlineData("random_forest", "random_forest")]
    public async Task Each_model_type_trains_an_algorithm_of_the_catalog(string modelType, string algorithm)
    {
        RockfallJobView job = await Client.StartRockfallTrainingAsync(
            new RockfallTrainingRequest(trained.Dataset.Id, "fall", modelType, Epochs: 1, SequenceColumns: modelType is "tabular" or "random_forest" ? null : ["rain_*"]), Cancellation);
        await Client.WaitAsync(job.JobId, cancellation: Cancellation);
        RockfallReportView report = await Client.RockfallReportAsync(job.JobId, Cancellation);
        report.Model.Algorithm.ShouldBe(algorithm);
        report.Notes.Any(note => note.Contains("'epochs' was left aside", StringComparison.Ordinal)).ShouldBe(modelType == "random_forest");
    }

    [Fact]
    public async Task A_calibrated_training_tells_the_epochs_of_the_network_that_is_kept()
    {
        RockfallJobView job = await Client.StartRockfallTrainingAsync(
            new RockfallTrainingRequest(trained.Dataset.Id, "fall", "gru", Epochs: 2, SequenceColumns: ["rain_*"], Calibration: CalibrationMethod.Temperature), Cancellation);
        await Client.WaitAsync(job.JobId, cancellation: Cancellation);
        job = await Client.RockfallJobAsync(job.JobId, Cancellation);
        (job.CurrentEpoch, job.TotalEpochs).ShouldBe((2, 2));
        job.Metrics.Select(epoch => epoch["epoch"]).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task All_that_is_wrong_with_a_config_is_said_at_once()
    {
        HttpResponseMessage answer = await Http.PostAsync("/api/training/train", Body(
            $$"""{"dataset_id":"{{trained.Dataset.Id}}","target":"falls","model_type":"lstm","epochs":0,"batch_size":8,"hyperparameters":{"batch_size":4},"sequence_columns":["slope","nothing"],"test_size":3}"""), Cancellation);
        Problem problem = await answer.Problem(422);
        foreach (string part in new[] { "'falls'", "epochs", "'batch_size' and 'hyperparameters.batch_size'", "'slope'", "'nothing'", "3" })
        {
            problem.Problems.ShouldContain(one => one.Contains(part, StringComparison.OrdinalIgnoreCase), part);
        }
    }

    [Theory]
    [InlineData("""{"target":"fall"}""", 400, "dataset_id")]
    [InlineData("""{"dataset_id":"none","target":"fall"}""", 404, "none")]
    [InlineData("""{"dataset_id":"ID","target":"fall","model_type":"lstn"}""", 422, "Did you mean 'lstm'")]
    [InlineData("""{"dataset_id":"ID","target":"fall","epoch":3}""", 400, "Did you mean 'epochs'")]
    [InlineData("""{"dataset_id":"ID","target":"fall","task":"ranking"}""", 400, "classification")]
    public async Task A_config_that_cannot_be_understood_is_refused_with_what_is_expected(string body, int status, string expected)
    {
        HttpResponseMessage answer = await Http.PostAsync("/api/training/train", Body(body.Replace("ID", trained.Dataset.Id, StringComparison.Ordinal)), Cancellation);
        (await answer.Problem(status)).Detail.ShouldContain(expected);
    }

    [Fact]
    public async Task A_job_that_is_no_training_is_none_of_the_trainers()
    {
        string reading = trained.Running.Platform.Jobs.List(kind: "read_dataset").Items[0].Id;
        await (await Http.GetAsync($"/api/training/status/{reading}", Cancellation)).Problem(404);
    }

    private static StringContent Body(string json) => new(json, Encoding.UTF8, "application/json");
}
