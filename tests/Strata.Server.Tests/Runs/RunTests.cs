using System.Text;
using Shouldly;
using Strata.Client.Contracts;
using Xunit;

namespace Strata.Server.Tests.Runs;

public abstract class RunContract(TrainedRun trained)
{
    [Fact]
    public void A_finished_run_says_what_it_did_and_how_good_it_is()
    {
        RunView run = trained.Run;
        run.Name.ShouldBe("first");
        run.DatasetName.ShouldBe("survey");
        run.Plan!.Target.ShouldBe("verdict");
        run.Plan!.Algorithm.ShouldBe("gradient_boosting");
        run.Plan!.TestSize.ShouldBe(0.2);
        run.Plan!.Drop.ShouldBe(["id"]);
        run.Plan!.Hyperparameters["trees"].GetInt32().ShouldBe(20);
        run.Metrics["accuracy"].ShouldNotBeNull().ShouldBeGreaterThan(0.85);
        run.ModelId.ShouldNotBeNull();
        run.Notes.ShouldNotBeEmpty();
        run.Job!.Progress.ShouldBe(100);
    }

    [Fact]
    public async Task Its_evaluation_judges_the_test_rows()
    {
        EvaluationView evaluation = await trained.Running.Client.EvaluationAsync(trained.Run.Id, Cancellation);
        evaluation.Task.ShouldBe(LearningTask.BinaryClassification);
        evaluation.RowCount.ShouldBe(TrainedRun.RowCount / 5);
        evaluation.Classes.ShouldBe(["=false", "planet"]);
        evaluation.Confusion.Sum(row => row.Sum()).ShouldBe(evaluation.RowCount);
        evaluation.Metrics["accuracy"].ShouldBe(trained.Run.Metrics["accuracy"]);
        evaluation.RocCurves.Single().Area.ShouldBeGreaterThan(0.9);
        evaluation.Thresholds.Count.ShouldBe(101);
        evaluation.Residuals.ShouldBeNull();
        evaluation.Importance[0].Column.ShouldBe("depth");
        evaluation.TreeImportance!.Gain[0].Column.ShouldBe("depth");
        evaluation.TreeImportance.Splits.Sum(column => column.Mean).ShouldBeGreaterThan(19);
        evaluation.Interactions!.Columns[0].ShouldBe("depth");
        evaluation.Interactions.Values.ShouldAllBe(line => line.Count == evaluation.Interactions.Columns.Count);
    }

    [Fact]
    public async Task Its_curves_were_recorded_for_every_step()
    {
        RunMetrics metrics = await trained.Running.Client.RunMetricsAsync(trained.Run.Id, Cancellation);
        metrics.Series.ShouldNotBeEmpty();
        metrics.Series[0].Points.Count.ShouldBe(20);
        metrics.Series[0].Points.Select(point => point[0]).ShouldBe(Enumerable.Range(0, 20).Select(step => (double?)step));
    }

    [Fact]
    public async Task Its_test_rows_come_in_order_or_worst_first()
    {
        TestRows rows = await Rows("row");
        rows.Total.ShouldBe(TrainedRun.RowCount / 5);
        rows.Columns.ShouldContain("depth");
        rows.Items.Select(item => item.Row).ShouldBeInOrder();
        rows.Items[0].Truth.Class.ShouldBeOneOf("planet", "=false");
        rows.Items[0].Probabilities.Sum().ShouldBe(1, 1e-9);
        TestRows worst = await Rows("worst");
        worst.Items.Select(item => item.Loss!.Value).ShouldBe(worst.Items.Select(item => item.Loss!.Value).OrderDescending());
        await (await trained.Running.Http.GetAsync($"/api/runs/{trained.Run.Id}/rows?order=best", Cancellation)).Problem(422);
    }

    [Fact]
    public async Task Its_files_can_be_downloaded()
    {
        Page<ArtifactView> files = await (await trained.Running.Http.GetAsync($"/api/runs/{trained.Run.Id}/artifacts", Cancellation)).Read<Page<ArtifactView>>();
        ArtifactView model = files.Items.Single(file => file.Name == "model.strata");
        HttpResponseMessage answer = await trained.Running.Http.GetAsync($"/api/runs/{trained.Run.Id}/artifacts/{model.Name}", Cancellation);
        (await answer.Content.ReadAsByteArrayAsync(Cancellation)).Length.ShouldBe((int)model.Bytes);
        answer.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        await (await trained.Running.Http.GetAsync($"/api/runs/{trained.Run.Id}/artifacts/..%2F..%2Fstrata.db", Cancellation)).Problem(404);
    }

    [Fact]
    public void Its_job_told_of_progress_metrics_and_its_end()
    {
        trained.Happenings.ShouldContain(happened => happened.Job != null && happened.Job.Status == JobStatus.Running);
        trained.Happenings.Where(happened => happened.Metric is not null).Select(happened => happened.Metric!.Step).Distinct().Count().ShouldBe(20);
        trained.Happenings[^1].Job!.Status.ShouldBe(JobStatus.Completed);
    }

    [Theory]
    [InlineData("""{"target":"verdikt"}""", "verdict")]
    [InlineData("""{}""", "plan.target")]
    [InlineData("""{"target":"verdict","algorithm":"gradient_bosting"}""", "gradient_boosting")]
    [InlineData("""{"target":"verdict","hyperparameters":{"tres":3}}""", "trees")]
    [InlineData("""{"target":"verdict","hyperparameters":{"trees":0}}""", "'trees' is '0'")]
    [InlineData("""{"target":"verdict","test_size":1.5}""", "1.5")]
    [InlineData("""{"target":"verdict","drop":["nothing"]}""", "nothing")]
    [InlineData("""{"target":"verdict","threads":0}""", "plan.threads")]
    [InlineData("""{"target":"verdict","group":"verdict"}""", "verdict")]
    [InlineData("""{"target":"verdict","intervals":1}""", "The level of intervals is 1")]
    [InlineData("""{"target":"verdict","decision_metric":"f2"}""", "no metric 'f2'")]
    [InlineData("""{"target":"verdict","costs":[[0,1],[5]]}""", "2 lines of 2, 1 numbers")]
    [InlineData("""{"target":"verdict","costs":[[0,1],[5,0]],"decision_metric":"f1"}""", "give one of them")]
    public async Task A_plan_that_does_not_fit_the_table_is_refused_before_a_job_is_made(string plan, string named)
    {
        int jobs = trained.Running.Platform.Jobs.List().Total;
        Problem problem = await (await Post($$"""{"dataset_id":"{{trained.Dataset.Id}}","plan":{{plan}}}""")).Problem(422);
        problem.Detail.ShouldContain(named);
        trained.Running.Platform.Jobs.List().Total.ShouldBe(jobs);
    }

    [Fact]
    public async Task All_problems_of_a_plan_come_at_once()
    {
        Problem problem = await (await Post(
            $$"""{"dataset_id":"{{trained.Dataset.Id}}","plan":{"target":"x","test_size":2,"hyperparameters":{"a":1},"threads":-1} }""")).Problem(422);
        problem.Problems.Count.ShouldBe(4);
    }

    [Theory]
    [InlineData(""" "folds":1 """, "'folds' is 1")]
    [InlineData(""" "folds":5,"tuning":{} """, "'tuning.folds'")]
    [InlineData(""" "time_limit":0 """, "'time_limit' is 0")]
    public async Task Folds_and_times_that_cannot_be_are_refused(string asked, string named) =>
        (await (await Post($$"""{"dataset_id":"{{trained.Dataset.Id}}","plan":{"target":"verdict"},{{asked}}}""")).Problem(422)).Detail.ShouldContain(named);

    [Theory]
    [InlineData("""{"target":"verdict","calibration":"plat"}""", "platt, isotonic, temperature, beta")]
    [InlineData("""{"target":"verdict","interval_method":"cqrr"}""", "cv_plus, split, cqr")]
    [InlineData("""{"target":"verdict","costs":[[0,"a"],[1,0]]}""", "costs")]
    public async Task Names_that_are_none_are_answered_with_those_there_are(string plan, string named) =>
        (await (await Post($$"""{"dataset_id":"{{trained.Dataset.Id}}","plan":{{plan}}}""")).Problem(400)).Detail.ShouldContain(named);

    [Fact]
    public async Task An_unknown_preset_is_refused() =>
        (await (await Post($$"""{"dataset_id":"{{trained.Dataset.Id}}","preset":"exoplanets.keppler","plan":{} }""")).Problem(422)).Detail.ShouldContain("exoplanets.kepler");

    [Fact]
    public async Task An_unknown_dataset_is_not_found() => await (await Post("""{"dataset_id":"none","plan":{"target":"x"}}""")).Problem(404);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Task<HttpResponseMessage> Post(string body) =>
        trained.Running.Http.PostAsync("/api/runs", new StringContent(body, Encoding.UTF8, "application/json"), Cancellation);

    private async Task<TestRows> Rows(string order) =>
        await (await trained.Running.Http.GetAsync($"/api/runs/{trained.Run.Id}/rows?order={order}&count=40", Cancellation)).Read<TestRows>();
}

public sealed class RunTests(TrainedRun trained) : RunContract(trained), IClassFixture<TrainedRun>;

public sealed class RunOnPostgresTests(TrainedPostgresRun trained) : RunContract(trained), IClassFixture<TrainedPostgresRun>;
