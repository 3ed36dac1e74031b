using System.Text;
using System.Text.Json.Nodes;
using Shouldly;
using Strata.Client;
using Strata.Client.Contracts;
using Strata.Testing;
using Xunit;

namespace Strata.Server.Tests.Surfaces;

/// <summary>A server with a small table and one network trained on it through the omics framework's routes.</summary>
public class OmicsServer : IAsyncLifetime
{
    public RunningServer Running { get; private set; } = null!;

    public DatasetView Dataset { get; private set; } = null!;

    public OmicsJobView Network { get; private set; } = null!;

    protected virtual string? Database => null;

    public async ValueTask InitializeAsync()
    {
        Running = await RunningServer.Start(options => options with { Database = Database });
        Dataset = await TrainedRun.Upload(Running.Client, SeriesTable.Csv(), "probes.csv");
        Network = await Train("/api/ml/deep-learning/train", """
            "target": "fall", "architecture": "lstm", "sequence_columns": ["rain_*"],
            "epochs": 2, "batch_size": 16, "seed": 1, "hyperparameters": {"hidden": 8}, "name": "first network"
            """);
    }

    public async ValueTask DisposeAsync()
    {
        await Running.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    public Task<HttpResponseMessage> Post(string path, string fields) =>
        Running.Http.PostAsync(path, new StringContent($$"""{"dataset_id": "{{Dataset.Id}}", {{fields}}}""", Encoding.UTF8, "application/json"));

    /// <summary>Trains, waits, and tells what came of it.</summary>
    public async Task<OmicsJobView> Train(string path, string fields)
    {
        OmicsJobView started = await (await Post(path, fields)).Read<OmicsJobView>();
        await Running.Client.WaitAsync(started.JobId);
        OmicsJobView job = await Running.Client.OmicsJobAsync(started.JobId);
        job.Status.ShouldBe(JobStatus.Completed, job.Error);
        return job;
    }
}

public sealed class OmicsPostgresServer(PostgresCluster cluster) : OmicsServer
{
    protected override string? Database { get; } = cluster.EmptyDatabase($"omics-{Guid.NewGuid()}");
}

public sealed class OmicsTests(OmicsServer trained) : OmicsContract(trained), IClassFixture<OmicsServer>;

public sealed class OmicsPostgresTests(OmicsPostgresServer trained) : OmicsContract(trained), IClassFixture<OmicsPostgresServer>;

/// <summary>The documented requests of the omics framework.</summary>
public abstract class OmicsContract(OmicsServer trained)
{
    private HttpClient Http => trained.Running.Http;

    private StrataClient Client => trained.Running.Client;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Automl_keeps_its_time_and_tells_all_that_it_tried_and_goes_on_with_more_time()
    {
        long began = TimeProvider.System.GetTimestamp();
        OmicsJobView job = await trained.Train("/api/ml/automl/train", """
            "target": "fall", "task": "classification", "preset": "fast", "time_limit": 12, "metric": "accuracy", "trials": 2, "folds": 3,
            "algorithms": ["logistic", "forests"], "group": "site", "seed": 2
            """);
        TimeProvider.System.GetElapsedTime(began).TotalSeconds.ShouldBeLessThan(30);
        job.Kind.ShouldBe("automl");
        job.Notes.ShouldContain(note => note.Contains("'logistic' is Strata's 'logistic_regression'", StringComparison.Ordinal));
        job.Notes.ShouldContain(note => note.Contains("'trials' decides nothing", StringComparison.Ordinal));
        LeaderboardView board = await Client.LeaderboardAsync(job.ModelId!, Cancellation);
        board.ShouldBeEquivalentTo(job.Leaderboard);
        (board.Metric, board.Rows[0].Name, board.Rows[0].Recipe).ShouldBe(("accuracy", "ensemble", string.Empty));
        board.Rows[0].TestScore!.Value.ShouldBe(job.Metrics!["accuracy"]!.Value, 1e-12);
        board.Rows.ShouldContain(row => row.Recipe == "baseline" && row.Score != null);
        job.BestModel.ShouldBe(board.Rows[1].Name);
        (await Client.OmicsResultsAsync(job.ModelId!, Cancellation)).Leaderboard.ShouldBeEquivalentTo(board);

        LeaderboardRowView kept = board.Rows.First(row => row.Recipe.Length > 0 && row.State is CandidateState.Used or CandidateState.Kept && row.Recipe.Length > 0);
        ModelView made = await Client.MakeCandidateAsync(job.ModelId!, kept.Name, cancellation: Cancellation);
        (made.Target, made.RunId, made.Metrics["accuracy"]).ShouldBe(("fall", job.RunId, kept.TestScore));
        (await Client.MakeCandidateAsync(job.ModelId!, kept.Name, cancellation: Cancellation)).Id.ShouldBe(made.Id);
        (await Should.ThrowAsync<RefusedException>(() => Client.MakeCandidateAsync(job.ModelId!, "nothing", cancellation: Cancellation))).Message.ShouldContain("nothing");
        (await Should.ThrowAsync<RefusedException>(() => Client.LeaderboardAsync(trained.Network.ModelId!, Cancellation))).Message.ShouldContain("was not chosen among candidates");

        JobView longer = await Client.CloneAsync(job.JobId, new CloneRequest(Plan: TrainedRun.Values("""{"hyperparameters": {"preset": "fast", "time_limit": 14, "metric": "accuracy", "folds": 3, "algorithms": ["logistic_regression", "forests"]}}""")), Cancellation);
        await Client.WaitAsync(longer.Id, cancellation: Cancellation);
        (await Client.LogAsync(longer.Id, cancellation: Cancellation)).Lines.ShouldContain(line => line.Text.StartsWith("Going on from ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Automl_is_finished_with_what_is_ready()
    {
        OmicsJobView started = await (await trained.Post("/api/ml/automl/train", """ "target": "slope", "time_limit": 600, "preset": "best", "exclude_columns": ["site"] """)).Read<OmicsJobView>();
        await foreach (JobHappening happened in Client.EventsAsync(started.JobId, Cancellation))
        {
            if (happened.Metric?.Name == "best")
            {
                break;
            }
        }

        LeaderboardView growing = (await Client.OmicsJobAsync(started.JobId, Cancellation)).Leaderboard!;
        growing.Metric.ShouldBe("rmse");
        growing.Rows.ShouldContain(row => row.Score != null && row.Recipe == "baseline" && row.FitSeconds != null);
        growing.Rows.ShouldNotContain(row => row.Recipe.Length == 0, "there is no ensemble yet");
        (await Client.FinishAsync(started.JobId, Cancellation)).Finishing.ShouldBeTrue();
        JobView ended = await Client.WaitAsync(started.JobId, cancellation: Cancellation);
        ended.Status.ShouldBe(JobStatus.Completed, ended.Error);
        (await Client.OmicsJobAsync(started.JobId, Cancellation)).Leaderboard!.Metric.ShouldBe("rmse");
    }

    [Theory]
    [InlineData("cnn", "cnn1d")]
    [InlineData("rnn", "rnn")]
    [InlineData("transformer", "transformer")]
    [InlineData("mlp", "mlp")]
    public async Task Each_architecture_is_a_network_of_the_catalog(string architecture, string algorithm)
    {
        OmicsJobView job = await trained.Train("/api/ml/deep-learning/train", $$"""
            "target": "fall", "architecture": "{{architecture}}", "epochs": 1 {{(architecture == "mlp" ? string.Empty : ", \"sequence_columns\": [\"rain_*\"]")}}
            """);
        (await Client.ModelAsync(job.ModelId!, Cancellation)).Algorithm.ShouldBe(algorithm);
    }

    [Fact]
    public async Task Results_tell_the_epochs_the_evaluation_and_the_model()
    {
        OmicsResultsView results = await Client.OmicsResultsAsync(trained.Network.ModelId!, Cancellation);
        results.JobId.ShouldBe(trained.Network.JobId);
        results.Model.Name.ShouldBe("first network");
        results.TrainingHistory.Select(epoch => epoch["epoch"]).ShouldBe([1, 2]);
        results.Evaluation!.Confusion.Count.ShouldBe(2);
        results.Metrics.ShouldBe(trained.Network.Metrics!);
        results.Leaderboard.ShouldBeNull();
    }

    [Fact]
    public async Task A_shipped_model_has_results_too()
    {
        OmicsModelsView models = await Client.OmicsModelsAsync(count: 1000, cancellation: Cancellation);
        ModelView shipped = models.Models.First(model => model.Origin == ModelOrigin.Pretrained);
        OmicsResultsView results = await Client.OmicsResultsAsync(shipped.Id, Cancellation);
        (results.JobId, results.Evaluation).ShouldBe((null, null));
        results.Metrics.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Transfer_learning_builds_the_same_network_and_begins_from_its_weights()
    {
        OmicsJobView job = await trained.Train("/api/ml/transfer-learning/train", $$"""
            "target": "fall", "base_model_id": "{{trained.Network.ModelId}}", "freeze_layers": ["encoders.*"], "epochs": 1, "against_scratch": true
            """);
        job.Notes.ShouldContain(note => note.Contains("built as that of 'first network' (lstm)", StringComparison.Ordinal));
        job.Notes.ShouldContain(note => note.Contains("begin from the given weights", StringComparison.Ordinal) && !note.StartsWith("0 of", StringComparison.Ordinal));
        OmicsResultsView results = await Client.OmicsResultsAsync(job.ModelId!, Cancellation);
        results.Evaluation!.Transfer.ShouldNotBeNull();
        RunView run = await Client.RunAsync(job.RunId!, Cancellation);
        run.StartedFrom!.ModelId.ShouldBe(trained.Network.ModelId);
        run.Plan!.Hyperparameters["hidden"].GetInt32().ShouldBe(8);
        run.Plan.Hyperparameters["freeze"].GetString().ShouldBe("encoders.*");
    }

    [Theory]
    [InlineData(""" "method": "voting", "voting": "soft", "weights": [2, 1] """, "voting")]
    [InlineData(""" "method": "stacking", "meta_learner": "logistic", "folds": 3 """, "stacking")]
    [InlineData(""" "method": "blending", "held_back": 0.3 """, "blending")]
    public async Task Algorithms_are_combined(string fields, string algorithm)
    {
        OmicsJobView job = await trained.Train("/api/ml/ensemble/create", $$""" "target": "fall", "algorithms": ["rf(trees=5)", "logistic_regression"], {{fields}} """);
        (await Client.ModelAsync(job.ModelId!, Cancellation)).Algorithm.ShouldBe(algorithm);
        job.Notes.ShouldContain("'rf' is Strata's 'random_forest'.");
    }

    [Fact]
    public async Task Models_are_listed_and_deleted()
    {
        OmicsJobView job = await trained.Train("/api/ml/ensemble/create", """ "target": "fall", "algorithms": ["decision_tree", "naive_bayes"], "name": "short-lived" """);
        JsonObject list = JsonNode.Parse(await Http.GetStringAsync("/api/ml/models/list", Cancellation))!.AsObject();
        list.Select(member => member.Key).ShouldBe(["models", "total"]);
        list["models"]!.AsArray().ShouldContain(model => model!["id"]!.GetValue<string>() == job.ModelId);
        await Client.DeleteOmicsModelAsync(job.ModelId!, Cancellation);
        await (await Http.GetAsync($"/api/ml/models/{job.ModelId}/results", Cancellation)).Problem(404);
        (await Client.OmicsJobAsync(job.JobId, Cancellation)).Status.ShouldBe(JobStatus.Completed);
    }

    [Fact]
    public async Task Models_are_explained_by_the_methods_that_suit_them_and_others_are_refused()
    {
        OmicsJobView forest = await trained.Train("/api/ml/ensemble/create", """ "target": "fall", "method": "voting", "algorithms": ["rf(trees=5)"], "exclude_columns": ["site"] """);
        string id = forest.ModelId!;
        OmicsExplanationView shap = await Client.ExplainOmicsModelAsync(id, new OmicsExplanationRequest("shap", DatasetId: trained.Dataset.Id, Count: 3), Cancellation);
        shap.Explanation.Items.Count.ShouldBe(3);
        (await Client.ExplainOmicsModelAsync(id, new OmicsExplanationRequest("permutation", DatasetId: trained.Dataset.Id), Cancellation)).Explanation.Importance!.Count.ShouldBe(7);

        RefusedException unknown = await Should.ThrowAsync<RefusedException>(() => Client.ExplainOmicsModelAsync(id, new OmicsExplanationRequest("tea_leaves", DatasetId: trained.Dataset.Id), Cancellation));
        unknown.Message.ShouldContain("'method' is 'tea_leaves'");
        unknown.Message.ShouldContain("permutation");
        RefusedException unfit = await Should.ThrowAsync<RefusedException>(() => Client.ExplainOmicsModelAsync(trained.Network.ModelId!, new OmicsExplanationRequest("tree_shap", DatasetId: trained.Dataset.Id), Cancellation));
        unfit.Message.ShouldContain("does not explain a 'lstm' model; expected one of shap, kernel_shap, permutation_shap, permutation,");
    }

    [Fact]
    public async Task A_model_of_any_kind_is_explained_by_methods_that_only_ask_it()
    {
        OmicsJobView job = await trained.Train("/api/ml/ensemble/create", """ "target": "fall", "method": "stacking", "algorithms": ["rf(trees=5)", "naive_bayes"], "exclude_columns": ["site"], "folds": 2 """);
        async Task<OmicsExplanationView> Explain(string method, Func<OmicsExplanationRequest, OmicsExplanationRequest>? with = null)
        {
            var asked = new OmicsExplanationRequest(method, DatasetId: trained.Dataset.Id, Offset: 1, Count: 2, Evaluations: 200, Seed: 1);
            return await Client.ExplainOmicsModelAsync(job.ModelId!, with?.Invoke(asked) ?? asked, Cancellation);
        }

        string column = (await Client.ModelAsync(job.ModelId!, Cancellation)).Features.First(feature => feature.Type == ColumnType.Float64).Name;
        foreach (string method in new[] { "kernel_shap", "permutation-shap" })
        {
            OmicsExplanationView sampled = await Explain(method);
            sampled.Explanation.Items.Select(row => row.Row).ShouldBe([1, 2]);
            sampled.Explanation.Items[0].Scores[0].StandardErrors!.Count.ShouldBe(sampled.Explanation.Columns.Count);
        }

        (await Explain("lime")).Lime!.ShouldAllBe(one => one.Fidelity <= 1 && one.Terms.Count > 0);
        (await Explain("pdp", asked => asked with { Columns = [column], Count = null })).Effects!.ShouldHaveSingleItem().Individual.ShouldBeNull();
        EffectView lines = (await Explain("ice", asked => asked with { Columns = [column] })).Effects![0];
        (lines.Individual![0].Count, lines.Individual[0][0].Count).ShouldBe((2, lines.Labels.Count));
        (await Explain("ale", asked => asked with { Columns = [column], Count = null })).Effects![0].Numbers.ShouldNotBeNull();
        (await Explain("counterfactual")).Counterfactuals!.ShouldAllBe(one => one.Found.Count > 0 != (one.Reason != null));
        (await Explain("surrogate", asked => asked with { Count = null })).Surrogate!.Rules.ShouldNotBeEmpty();

        OmicsExplanationView shap = await Explain("shap", asked => asked with { Plots = true });
        (shap.Explanation.Basis!.Method, shap.Explanation.Basis.Explained).ShouldBe((ExplanationMethod.Permutation, ExplainedOutput.Prediction));
        shap.Explanation.Basis.AdditivityError!.Value.ShouldBeLessThan(1e-9);
        shap.Explanation.Plots!.Keys.ShouldContain("beeswarm");
        FriedmanHView pair = (await Explain("friedman_h", asked => asked with { Count = 30, Columns = ["rain_1", "rain_2"] })).Pairs![0];
        (pair.First, pair.Second).ShouldBe(("rain_1", "rain_2"));
        pair.H.ShouldBeInRange(0, 1);
        CohortComparisonView cohorts = (await Explain("cohort", asked => asked with { Offset = 0, Count = null, Cohort = new CohortRequest(new CohortConditionView("slope", Low: 30)) })).Cohorts!;
        (cohorts.First, cohorts.Second).ShouldBe(("slope at least 30", "not slope at least 30"));
        cohorts.Columns[0].Column.ShouldBe("slope");
        cohorts.Fairness.Select(measure => measure.Name).ShouldContain("equal_opportunity_difference");

        (await Should.ThrowAsync<RefusedException>(() => Explain("shap", asked => asked with { Plots = true, Output = "snow" }))).Message.ShouldContain("'output' is 'snow'");
        (await Should.ThrowAsync<RefusedException>(() => Explain("cohort"))).Message.ShouldContain("'cohort' is missing");
        (await Should.ThrowAsync<RefusedException>(() => Explain("occlusion"))).Message.ShouldContain("which does not explain");
        (await Should.ThrowAsync<RefusedException>(() => Explain("pdp"))).Message.ShouldContain("'columns' names 0");
        (await Should.ThrowAsync<RefusedException>(() => Explain("counterfactual", asked => asked with { Count = 40, WantedClass = "maybe" }))).Message.ShouldContain("at most 20");
    }

    [Theory]
    [InlineData("integrated_gradients")]
    [InlineData("gradient_x_input")]
    public async Task A_network_is_explained_by_its_gradients(string method)
    {
        OmicsExplanationView told = await Client.ExplainOmicsModelAsync(trained.Network.ModelId!, new OmicsExplanationRequest(method, DatasetId: trained.Dataset.Id, Offset: 2, Count: 2), Cancellation);

        told.Attributions!.Select(one => one.Row).Distinct().ShouldBe([2, 3]);
        AttributionView first = told.Attributions![0];
        Math.Abs(first.Columns.Sum(column => column.Value) - (first.Score - first.BaselineScore)).ShouldBe(first.CompletenessError, 1e-9);
    }

    [Fact]
    public async Task All_that_is_wrong_with_a_request_is_said_at_once()
    {
        Problem network = await (await trained.Post("/api/ml/deep-learning/train", """ "target": "falls", "architecture": "rf", "test_size": 3 """)).Problem(422);
        network.Problems.Count.ShouldBe(3, string.Join('\n', network.Problems));
        Problem ensemble = await (await trained.Post("/api/ml/ensemble/create", """ "target": "fall", "method": "stacking", "voting": "hard", "algorithms": ["rf(leafs=3)", "mystery"] """)).Problem(422);
        foreach (string part in new[] { "'voting' goes with voting", "leafs", "mystery" })
        {
            ensemble.Problems.ShouldContain(one => one.Contains(part, StringComparison.Ordinal), part);
        }

        Problem automl = await (await trained.Post("/api/ml/automl/train", """ "target": "fall", "time_limit": -1, "metric": "goodness", "folds": 1 """)).Problem(422);
        automl.Detail.ShouldContain("time_limit");
    }

    [Theory]
    [InlineData("/api/ml/deep-learning/train", """ "target": "fall" """, 422, "'architecture' is missing")]
    [InlineData("/api/ml/deep-learning/train", """ "target": "fall", "architecture": "lstm", "layers": 3 """, 400, "layers")]
    [InlineData("/api/ml/transfer-learning/train", """ "target": "fall" """, 422, "base_model_id")]
    [InlineData("/api/ml/transfer-learning/train", """ "target": "fall", "base_model_id": "none" """, 404, "none")]
    [InlineData("/api/ml/transfer-learning/train", """ "target": "fall", "pretrained": "bert" """, 422, "bert")]
    [InlineData("/api/ml/ensemble/create", """ "target": "fall", "method": "magic" """, 400, "voting, stacking, blending")]
    public async Task A_request_that_cannot_be_understood_is_refused_with_what_is_expected(string path, string fields, int status, string expected) =>
        (await (await trained.Post(path, fields)).Problem(status)).Detail.ShouldContain(expected);

    [Fact]
    public async Task A_body_without_a_dataset_says_so()
    {
        HttpResponseMessage answer = await Http.PostAsync("/api/ml/automl/train", new StringContent("""{"target":"fall"}""", Encoding.UTF8, "application/json"), Cancellation);
        (await answer.Problem(400)).Detail.ShouldContain("dataset_id");
    }
}
