using System.Text;
using Shouldly;
using Strata.Client;
using Strata.Client.Contracts;
using Xunit;

namespace Strata.Server.Tests.Comparisons;

public sealed class ComparisonTests : IAsyncLifetime
{
    private static readonly StepRequest[] Steps = [new("scale", TrainedRun.Values("""{"method":"robust"}"""))];

    private RunningServer running = null!;
    private DatasetView dataset = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        running = await RunningServer.Start();
        dataset = await TrainedRun.Upload(running.Client, TrainedRun.Table());
    }

    public ValueTask DisposeAsync() => running.DisposeAsync();

    [Fact]
    public async Task Algorithms_are_ranked_on_the_same_folds_and_tested_against_the_best()
    {
        var plan = new PlanRequest("verdict", Drop: ["id"], Seed: 3, Threads: 1, Preparation: Steps);
        ComparisonView started = await running.Client.StartComparisonAsync(new ComparisonRequest(dataset.Id, plan, ["decision_tree(max_depth=1)", "logistic_regression"], Folds: 4, Metric: "roc_auc"), Cancellation);
        List<JobHappening> happenings = await running.Client.EventsAsync(started.Job.Id, Cancellation).ToListAsync(Cancellation);
        ComparisonView finished = await running.Client.ComparisonAsync(started.Id, Cancellation);
        ComparisonResult result = await running.Client.ComparisonResultAsync(started.Id, Cancellation);

        finished.Job.Status.ShouldBe(JobStatus.Completed, finished.Job.Error);
        (finished.Name, finished.Best, finished.Folds, finished.Metric).ShouldBe(("Algorithms for verdict", "logistic_regression", 4, "roc_auc"));
        finished.Plan.Preparation!.Single().Step.ShouldBe("scale");
        result.HigherIsBetter.ShouldBeTrue();
        result.RowCount.ShouldBe(TrainedRun.RowCount);
        result.Algorithms.Select(one => one.Name).ShouldBe(["logistic_regression", "decision_tree(max_depth=1)", "baseline"]);
        result.Algorithms[0].AgainstBest.ShouldBeNull();
        ComparedAlgorithmView tree = result.Algorithms[1];
        tree.Algorithm.ShouldBe("decision_tree");
        tree.Hyperparameters["max_depth"].GetString().ShouldBe("1");
        tree.Scores.Count.ShouldBe(4);
        tree.Metrics["roc_auc"].Mean!.Value.ShouldBe(tree.Scores.Average(), 1e-12);
        tree.AgainstBest!.Mean.ShouldBe(tree.Scores.Average() - result.Algorithms[0].Scores.Average(), 1e-12);
        tree.AgainstBest.Low!.Value.ShouldBeLessThan(tree.AgainstBest.High!.Value);
        happenings.Count(happened => happened.Metric?.Name == "decision_tree(max_depth=1)").ShouldBe(4);
        RunMetrics scores = await (await running.Http.GetAsync($"/api/comparisons/{started.Id}/scores", Cancellation)).Read<RunMetrics>();
        scores.Series.Single(series => series.Name == tree.Name).Points.Select(point => point[1]!.Value).ShouldBe(tree.Scores, 1e-12);
        (await running.Client.ComparisonsAsync(cancellation: Cancellation)).Items.Single().Id.ShouldBe(started.Id);
        using var page = new MemoryStream();
        await running.Client.DownloadComparisonReportAsync(started.Id, page, cancellation: Cancellation);
        Encoding.UTF8.GetString(page.ToArray()).ShouldContain("id=\"leaderboard-title\"");
    }

    [Fact]
    public async Task A_cancelled_comparison_stops_and_has_no_result()
    {
        var plan = new PlanRequest("verdict", Threads: 1);
        ComparisonView started = await running.Client.StartComparisonAsync(new ComparisonRequest(dataset.Id, plan, ["gradient_boosting(trees=100000)"]), Cancellation);
        await (await running.Http.GetAsync($"/api/comparisons/{started.Id}/result", Cancellation)).Problem(409);

        await running.Client.CancelAsync(started.Job.Id, Cancellation);
        await running.Client.WaitAsync(started.Job.Id, cancellation: Cancellation);

        (await running.Client.ComparisonAsync(started.Id, Cancellation)).Job.Status.ShouldBe(JobStatus.Cancelled);
        (await (await running.Http.GetAsync($"/api/comparisons/{started.Id}/result", Cancellation)).Problem(409)).Detail!.ShouldContain("ended without a result");
    }

    [Theory]
    [InlineData(""" "algorithms":["gradient_bosting"] """, "gradient_boosting")]
    [InlineData(""" "algorithms":["decision_tree(max_dept=1)"] """, "max_depth")]
    [InlineData(""" "algorithms":["decision_tree(max_depth=-1)"] """, "'max_depth' is '-1'")]
    [InlineData(""" "algorithms":["k_means"] """, "K-means cannot predict a column")]
    [InlineData(""" "algorithms":[] """, "at least one algorithm")]
    [InlineData(""" "algorithms":["decision_tree"],"folds":1 """, "There are 1 folds")]
    [InlineData(""" "algorithms":["decision_tree"],"metric":"acuracy" """, "'accuracy'")]
    [InlineData(""" "algorithms":["decision_tree"],"time_limit":0 """, "'time_limit' is 0")]
    [InlineData(""" "algorithms":["decision_tree"],"plan":{"target":"verdikt"} """, "verdict")]
    [InlineData(""" "algorithms":["decision_tree"],"plan":{"target":"verdict","preparation":[{"step":"scael"}]} """, "'scael'")]
    public async Task What_cannot_be_compared_is_refused_before_a_job_is_made(string asked, string named)
    {
        string plan = asked.Contains("plan", StringComparison.Ordinal) ? string.Empty : ""","plan":{"target":"verdict"}""";
        var body = new StringContent($$"""{"dataset_id":"{{dataset.Id}}",{{asked}}{{plan}}}""", Encoding.UTF8, "application/json");

        Problem problem = await (await running.Http.PostAsync("/api/comparisons", body, Cancellation)).Problem(422);

        problem.Detail!.ShouldContain(named);
        (await running.Client.ComparisonsAsync(cancellation: Cancellation)).Total.ShouldBe(0);
    }

    [Fact]
    public async Task There_is_no_comparison_of_an_unknown_id() =>
        await (await running.Http.GetAsync("/api/comparisons/none", Cancellation)).Problem(404);

    [Fact]
    public async Task Metrics_are_listed_with_what_they_mean()
    {
        Page<MetricView> metrics = await running.Client.MetricsAsync(Cancellation);

        MetricView auc = metrics.Items.Single(metric => metric.Name == "roc_auc");
        auc.HigherIsBetter.ShouldBeTrue();
        auc.Tasks.ShouldContain(LearningTask.BinaryClassification);
        auc.Meaning.ShouldNotBeNullOrWhiteSpace();
    }
}
