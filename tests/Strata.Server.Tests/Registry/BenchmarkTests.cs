using Shouldly;
using Strata.Client;
using Strata.Client.Contracts;
using Xunit;

namespace Strata.Server.Tests.Registry;

public abstract class BenchmarkContract(TrainedRun trained)
{
    private readonly StrataClient client = trained.Running.Client;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Models_and_versions_are_measured_on_another_dataset_the_best_first()
    {
        string small = await Train(trained.Dataset.Id, "logistic_regression");
        await client.RegisterModelAsync("benched", new ModelVersionRequest(trained.Run.ModelId), cancellation: Cancellation);
        DatasetView fresh = await TrainedRun.Upload(client, string.Join('\n', TrainedRun.Table(500).Split('\n') is var lines ? [lines[0], .. lines[401..]] : []), "fresh.csv");
        BenchmarkView started = await client.StartBenchmarkAsync(new BenchmarkRequest(fresh.Id, [new BenchmarkModelRequest(small), new BenchmarkModelRequest(Name: "benched", Version: 1)]), Cancellation);
        started.Models.Select(model => model.Name).ShouldContain("benched version 1");
        (await client.WaitAsync(started.Job.Id, cancellation: Cancellation)).Status.ShouldBe(JobStatus.Completed);

        BenchmarkResult result = await client.BenchmarkResultAsync(started.Id, Cancellation);
        (result.Metric, result.HigherIsBetter, result.RowCount).ShouldBe(("log_loss", false, 100));
        result.Models.Count.ShouldBe(2);
        result.Models[0].Metrics["log_loss"]!.Value.ShouldBeLessThanOrEqualTo(result.Models[1].Metrics["log_loss"]!.Value);
        result.Models[0].AgainstBest.ShouldBeNull();
        DifferenceView difference = result.Models[1].AgainstBest.ShouldNotBeNull();
        difference.Mean.ShouldBe(result.Models[1].Metrics["log_loss"]!.Value - result.Models[0].Metrics["log_loss"]!.Value, 1e-12);
        difference.Low!.Value.ShouldBeLessThanOrEqualTo(difference.Mean);
        foreach (BenchmarkedModelView model in result.Models)
        {
            (model.RowCount, model.Problem).ShouldBe((100, null));
            model.LatencyP95!.Value.ShouldBeGreaterThan(0);
            model.BatchMilliseconds!.Value.ShouldBeGreaterThan(0);
            model.Bytes.ShouldBeGreaterThan(100);
            MetricIntervalView interval = model.Intervals["accuracy"];
            model.Metrics["accuracy"]!.Value.ShouldBeInRange(interval.Low!.Value, interval.High!.Value);
        }

        result.Notes.ShouldBeEmpty();
        (await client.BenchmarkAsync(started.Id, Cancellation)).Best.ShouldBe(result.Models[0].ModelId);
        (await client.BenchmarksAsync(cancellation: Cancellation)).Items.ShouldContain(benchmark => benchmark.Id == started.Id);
    }

    [Fact]
    public async Task Rows_that_a_model_has_learned_from_are_told_and_a_table_that_does_not_fit_is_one_models_problem()
    {
        BenchmarkView own = await client.StartBenchmarkAsync(new BenchmarkRequest(trained.Dataset.Id, [new BenchmarkModelRequest(trained.Run.ModelId)], "accuracy"), Cancellation);
        (await client.WaitAsync(own.Job.Id, cancellation: Cancellation)).Status.ShouldBe(JobStatus.Completed);
        (await client.BenchmarkResultAsync(own.Id, Cancellation)).Notes.Single().ShouldContain("was trained on rows of this dataset");

        DatasetView other = await TrainedRun.Upload(client, "depth,period,star\n1,2,dwarf\n2,3,giant\n", "without.csv");
        BenchmarkView failing = await client.StartBenchmarkAsync(new BenchmarkRequest(other.Id, [new BenchmarkModelRequest(trained.Run.ModelId)]), Cancellation);
        JobView ended = await client.WaitAsync(failing.Job.Id, cancellation: Cancellation);
        (ended.Status, ended.Error!.Contains("no column 'verdict'", StringComparison.Ordinal)).ShouldBe((JobStatus.Failed, true), ended.Error);
        (await Should.ThrowAsync<RefusedException>(() => client.BenchmarkResultAsync(failing.Id, Cancellation))).Problem.Status.ShouldBe(409);
    }

    [Fact]
    public async Task Models_of_other_questions_and_requests_that_name_none_are_refused()
    {
        string other = await Train(trained.Dataset.Id, "linear_regression", "depth");
        Problem problem = (await Should.ThrowAsync<RefusedException>(() => client.StartBenchmarkAsync(
            new BenchmarkRequest(trained.Dataset.Id, [new BenchmarkModelRequest(trained.Run.ModelId), new BenchmarkModelRequest(other)]), Cancellation))).Problem;
        problem.Detail.ShouldContain("another question");
        foreach (BenchmarkRequest wrong in new[] { new BenchmarkRequest(trained.Dataset.Id, []), new BenchmarkRequest(trained.Dataset.Id, [new BenchmarkModelRequest()]) })
        {
            (await Should.ThrowAsync<RefusedException>(() => client.StartBenchmarkAsync(wrong, Cancellation))).Problem.Status.ShouldBe(422);
        }

        (await Should.ThrowAsync<RefusedException>(() => client.BenchmarkAsync(trained.Run.Job!.Id, Cancellation))).Problem.Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_chain_leads_from_the_rows_to_the_predictions_and_back()
    {
        string retrained = await Train(trained.Dataset.Id, "decision_tree");
        ModelVersionView version = await client.RegisterModelAsync("chain", new ModelVersionRequest(retrained), cancellation: Cancellation);
        await client.SetPromotionRulesAsync("chain", new PromotionRulesRequest("chain"), cancellation: Cancellation);
        await client.PromoteModelVersionAsync("chain", 1, cancellation: Cancellation);

        LineageView up = await client.LineageAsync(LineageKind.Predictions, "chain", Cancellation);
        up.Nodes.Select(node => node.Kind).ShouldBe(
            [LineageKind.Predictions, LineageKind.Deployment, LineageKind.ModelVersion, LineageKind.Model, LineageKind.Run, LineageKind.Dataset, LineageKind.Split, LineageKind.Pipeline]);
        up.Nodes.Single(node => node.Kind == LineageKind.Dataset).Facts["content_hash"].Length.ShouldBeGreaterThan(20);
        up.Nodes.Single(node => node.Kind == LineageKind.Pipeline).Facts["algorithm"].ShouldBe("decision_tree");
        Path(up, $"dataset/{trained.Dataset.Id}").ShouldBe(["was split", "was fitted by", "was carried out by", "trained", "was registered as", "was served by", "answered"]);
        up.IsCut.ShouldBeFalse();

        LineageView down = await client.LineageAsync(LineageKind.Dataset, trained.Dataset.Id, Cancellation);
        down.Nodes.ShouldContain(node => node.Kind == LineageKind.ModelVersion && node.Id == version.Id);
        down.Nodes.Count(node => node.Kind == LineageKind.Run).ShouldBeGreaterThan(1);
        down.Nodes.Count(node => node.Kind == LineageKind.Split && node.Facts.GetValueOrDefault("seed") == "9" && node.Facts["target"] == "verdict").ShouldBe(1, "the same rows parted in the same way are one split");
        LineageView middle = await client.LineageAsync(LineageKind.ModelVersion, version.Id, Cancellation);
        middle.Nodes.Count.ShouldBe(8, "both ways, and nothing beside");
        middle.Edges.Count.ShouldBe(7);
        (await Should.ThrowAsync<RefusedException>(() => client.LineageAsync(LineageKind.Run, "none", Cancellation))).Problem.Status.ShouldBe(404);
        (await Should.ThrowAsync<RefusedException>(() => client.LineageAsync(LineageKind.Split, "none", Cancellation))).Problem.Status.ShouldBe(422);
    }

    [Fact]
    public async Task A_run_that_another_program_reports_is_in_the_chain_with_the_datasets_that_it_names()
    {
        HttpClient http = trained.Running.Http;
        string run = await Mlflow.MlflowCalls.NewRun(http);
        await Mlflow.MlflowCalls.Ask(http, "runs/log-inputs", $$"""{"run_id":"{{run}}","datasets":[{"dataset":{"name":"theirs","digest":"abc","source_type":"http","source":"{}"},"tags":[{"key":"mlflow.data.context","value":"training"}]}]}""");
        await Mlflow.MlflowCalls.Ask(http, "registered-models/create", """{"name":"reported"}""");
        await Mlflow.MlflowCalls.Ask(http, "model-versions/create", $$"""{"name":"reported","source":"runs:/{{run}}/model","run_id":"{{run}}"}""");
        LineageView view = await client.LineageAsync(LineageKind.Run, run, Cancellation);
        view.Nodes.Select(node => $"{node.Kind} {node.Name}").Skip(1).ShouldBe(["Input theirs", "ModelVersion reported version 1"]);
        view.Edges.Select(edge => edge.What).ShouldBe(["was read by", "was registered as"]);
    }

    /// <summary>What stands between a thing and the one that was asked for, edge by edge.</summary>
    private static List<string> Path(LineageView view, string from)
    {
        var words = new List<string>();
        for (string at = from; at != view.Start;)
        {
            LineageEdgeView edge = view.Edges.Single(edge => edge.From == at);
            words.Add(edge.What);
            at = edge.To;
        }

        return words;
    }

    private async Task<string> Train(string dataset, string algorithm, string target = "verdict")
    {
        RunView run = await client.StartRunAsync(new RunRequest(dataset, new PlanRequest(target, Algorithm: algorithm, Drop: ["id"], Seed: 9, Threads: 1)), Cancellation);
        JobView ended = await client.WaitAsync(run.Job!.Id, cancellation: Cancellation);
        ended.Status.ShouldBe(JobStatus.Completed, ended.Error);
        return (await client.RunAsync(run.Id, Cancellation)).ModelId!;
    }
}

public sealed class BenchmarkTests(TrainedRun trained) : BenchmarkContract(trained), IClassFixture<TrainedRun>;

public sealed class BenchmarkOnPostgresTests(TrainedPostgresRun trained) : BenchmarkContract(trained), IClassFixture<TrainedPostgresRun>;
