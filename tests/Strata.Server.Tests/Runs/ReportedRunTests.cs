using System.Net;
using Shouldly;
using Strata.Client;
using Strata.Client.Contracts;
using Strata.Server.Tests.Mlflow;
using Xunit;

namespace Strata.Server.Tests.Runs;

public abstract class ReportedRunContract(SharedServer server)
{
    private readonly HttpClient http = server.Running.Http;

    private StrataClient Client => server.Running.Client;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_that_another_program_reports_is_listed_and_shown_with_all_that_it_logged()
    {
        string experiment = await http.NewExperiment("shown");
        string id = await Report(experiment, "ours", 0.25);
        RunView run = await Client.RunAsync(id, Cancellation);
        (run.Job, run.Plan, run.Name, run.ExperimentId, run.DatasetName).ShouldBe((null, null, "ours", experiment, "rows"));
        run.Reported.ShouldNotBeNull();
        (run.Reported.Status, run.Reported.By, run.Reported.StartedAt.ToUnixTimeMilliseconds()).ShouldBe((RunStatus.Finished, "ann", 1000));
        run.Reported.Datasets.Single().ShouldBe(new ReportedDatasetView("rows", "x1", "s3://here", "training"));
        run.Parameters!["depth"].ShouldBe("4");
        run.Tags!["team"].ShouldBe("red");
        run.Metrics["loss"].ShouldBe(0.25);
        (await Client.RunMetricsAsync(id, Cancellation)).Series.Single().Points.Select(point => point[1]).ShouldBe([1, 0.25]);

        (await Client.RunsAsync(experimentId: experiment, cancellation: Cancellation)).Items.Single().Id.ShouldBe(id);
        (await Client.RunsAsync(cancellation: Cancellation)).Items.ShouldContain(one => one.Id == id);
        (await http.GetStringAsync($"/api/runs?state=broken&experiment_id={experiment}", Cancellation)).ShouldContain("\"total\":0");
        (await http.GetStringAsync($"/api/runs?state=completed&experiment_id={experiment}", Cancellation)).ShouldContain("\"total\":1");
    }

    [Fact]
    public async Task Its_artifacts_are_listed_and_downloaded()
    {
        string id = await Report(await http.NewExperiment("files"), "with files", 1);
        using var content = new StringContent("weights");
        (await http.PutAsync(new Uri($"/api/2.0/mlflow-artifacts/artifacts/{(await Location(id))["mlflow-artifacts:/".Length..]}/model/weights.txt", UriKind.Relative), content, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await http.GetStringAsync($"/api/runs/{id}/artifacts", Cancellation)).ShouldContain("model/weights.txt");
        (await http.GetStringAsync($"/api/runs/{id}/artifacts/model/weights.txt", Cancellation)).ShouldBe("weights");
    }

    [Fact]
    public async Task What_only_a_training_here_has_is_refused_with_the_reason()
    {
        string id = await Report(await http.NewExperiment("refused"), "elsewhere", 1);
        (await (await http.GetAsync(new Uri($"/api/runs/{id}/evaluation", UriKind.Relative), Cancellation)).Problem(409)).Detail.ShouldContain("another program");
    }

    [Fact]
    public async Task Experiments_tell_how_many_runs_they_have_and_are_found_by_a_filter()
    {
        string experiment = await http.NewExperiment("searched-one");
        await Report(experiment, "low", 0.1);
        await Report(experiment, "high", 0.9);
        await http.NewRun(experiment);

        ExperimentView found = (await Client.ExperimentsAsync("name ILIKE 'SEARCHED%'", cancellation: Cancellation)).Items.Single();
        (found.Id, found.Runs, found.Running).ShouldBe((experiment, 3, 1));
        (await Client.ExperimentAsync(experiment, Cancellation)).Runs.ShouldBe(3);
        (await Client.SearchRunsAsync(experiment, "metrics.loss < 0.5 and params.depth = '4'", cancellation: Cancellation)).Items.Select(run => run.Name).ShouldBe(["low"]);
        RunSearchView first = await Client.SearchRunsAsync(experiment, count: 2, cancellation: Cancellation);
        (await Client.SearchRunsAsync(experiment, count: 2, pageToken: first.NextPageToken, cancellation: Cancellation)).Items.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_filter_that_cannot_be_read_is_refused_with_its_place()
    {
        string experiment = await http.NewExperiment("unread");
        RefusedException refused = await Should.ThrowAsync<RefusedException>(() => Client.SearchRunsAsync(experiment, "metrics.loss <", cancellation: Cancellation));
        refused.Problem.Detail.ShouldNotBeNullOrWhiteSpace();
        await Should.ThrowAsync<RefusedException>(() => Client.ExperimentsAsync("colour = 'red'", cancellation: Cancellation));
    }

    private async Task<string> Report(string experiment, string name, double loss)
    {
        string id = await http.NewRun(experiment, $$""","user_id":"ann","run_name":"{{name}}","tags":[{"key":"team","value":"red"}]""");
        await http.Ask("runs/log-batch", FormattableString.Invariant($$"""{"run_id":"{{id}}","params":[{"key":"depth","value":"4"}],"metrics":[{"key":"loss","value":1,"timestamp":1,"step":0},{"key":"loss","value":{{loss}},"timestamp":2,"step":1}]}"""));
        await http.Ask("runs/log-inputs", $$$"""{"run_id":"{{{id}}}","datasets":[{"tags":[{"key":"mlflow.data.context","value":"training"}],"dataset":{"name":"rows","digest":"x1","source_type":"s3","source":"s3://here"}}]}""");
        await http.Ask("runs/update", $$"""{"run_id":"{{id}}","status":"FINISHED","end_time":5000}""");
        return id;
    }

    private async Task<string> Location(string id) => (await http.Look($"runs/get?run_id={id}"))["run"]!["info"]!["artifact_uri"]!.GetValue<string>();
}

public sealed class ReportedRunTests(SharedServer server) : ReportedRunContract(server), IClassFixture<SharedServer>;

public sealed class ReportedRunOnPostgresTests(SharedPostgresServer server) : ReportedRunContract(server), IClassFixture<SharedPostgresServer>;
