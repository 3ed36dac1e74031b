using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Shouldly;
using Strata.Client;
using Strata.Client.Contracts;
using Xunit;

namespace Strata.Server.Tests.Jobs;

public abstract class JobContract(TrainedRun trained)
{
    [Fact]
    public async Task Events_are_named_numbered_and_end_with_the_job()
    {
        string text = await trained.Running.Http.GetStringAsync($"/api/jobs/{trained.Run.Job!.Id}/events", Cancellation);
        string[] events = text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        events[0].ShouldBe("retry: 1000");
        events.Skip(1).ShouldAllBe(one => one.StartsWith("id: ", StringComparison.Ordinal) && one.Contains("\nevent: ", StringComparison.Ordinal) && one.Contains("\ndata: {", StringComparison.Ordinal));
        events.ShouldContain(one => one.Contains("event: metric", StringComparison.Ordinal));
        events[^1].ShouldContain("event: status");
        events[^1].ShouldContain("\"completed\"");
    }

    [Fact]
    public async Task The_event_stream_is_one_that_nobody_stores_or_buffers()
    {
        HttpResponseMessage answer = await trained.Running.Http.GetAsync($"/api/jobs/{trained.Run.Job!.Id}/events", Cancellation);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        answer.Headers.CacheControl!.NoCache.ShouldBeTrue();
    }

    [Fact]
    public async Task Whoever_saw_the_end_is_told_not_to_connect_again()
    {
        string last = await LastId();
        (await Events(last)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task An_unknown_last_event_id_gets_everything()
    {
        HttpResponseMessage answer = await Events("yesterday");
        (await answer.Content.ReadAsStringAsync(Cancellation)).ShouldContain("event: metric");
    }

    [Fact]
    public async Task Events_of_an_unknown_job_are_not_found() => await (await trained.Running.Http.GetAsync("/api/jobs/none/events", Cancellation)).Problem(404);

    [Fact]
    public async Task An_ended_job_cannot_be_cancelled() =>
        (await (await trained.Running.Http.PostAsync($"/api/jobs/{trained.Run.Job!.Id}/cancel", null, Cancellation)).Problem(409)).Detail.ShouldContain("completed");

    [Fact]
    public async Task A_running_job_is_cancelled_within_two_seconds_and_its_listener_hears_it()
    {
        RunView run = await trained.Running.Client.StartRunAsync(
            new RunRequest(trained.Dataset.Id, new PlanRequest("verdict", Hyperparameters: TrainedRun.Values("""{"trees":10000,"learning_rate":0.001}"""))), Cancellation);
        long asked = 0;
        JobStatus last = JobStatus.Queued;
        await foreach (var happened in trained.Running.Client.EventsAsync(run.Job!.Id, Cancellation))
        {
            if (happened.Metric is not null && asked == 0)
            {
                asked = Stopwatch.GetTimestamp();
                await trained.Running.Client.CancelAsync(run.Job!.Id, Cancellation);
            }

            last = happened.Job?.Status ?? last;
        }

        last.ShouldBe(JobStatus.Cancelled);
        asked.ShouldNotBe(0);
        Stopwatch.GetElapsedTime(asked).ShouldBeLessThan(TimeSpan.FromSeconds(4)); // Two on an idle machine; the tests share theirs.
        await (await trained.Running.Http.GetAsync($"/api/runs/{run.Id}/evaluation", Cancellation)).Problem(409);
    }

    [Fact]
    public async Task The_log_can_be_read_on_from_where_one_was()
    {
        JobView job = await trained.Running.Client.FetchAsync("kepler_simulated", new SourceRequest(50, 1), Cancellation);
        await trained.Running.Client.WaitAsync(job.Id, cancellation: Cancellation);
        JobLog all = await Log(job.Id, 0);
        all.Lines.ShouldNotBeEmpty();
        all.Lines.Select(line => line.Number).ShouldBe(Enumerable.Range(1, all.Lines.Count).Select(number => (long)number));
        all.Next.ShouldBe(all.Lines[^1].Number);
        JobLog rest = await Log(job.Id, all.Next);
        rest.Lines.ShouldBeEmpty();
        rest.Next.ShouldBe(all.Next);
    }

    [Fact]
    public async Task A_training_is_paused_and_resumed_and_one_that_waits_for_it_is_cancelled_with_it()
    {
        var client = trained.Running.Client;
        RunView run = await client.StartRunAsync(
            new RunRequest(trained.Dataset.Id, new PlanRequest("verdict", Hyperparameters: TrainedRun.Values("""{"trees":10000,"learning_rate":0.001}""")), Priority: JobPriority.High), Cancellation);
        RunView next = await client.StartRunAsync(new RunRequest(trained.Dataset.Id, new PlanRequest("verdict"), After: [run.Job!.Id]), Cancellation);
        (run.Job!.Priority, run.Job!.AskedBy, run.Job!.Owner, next.Job!.QueuePosition).ShouldBe((JobPriority.High, "local", run.Id, null));
        next.Job!.After.ShouldBe([run.Job!.Id]);
        await Until(run.Job!.Id, job => job.CurrentStep.Length > 0);
        (await Should.ThrowAsync<RefusedException>(() => client.FinishAsync(run.Job!.Id, Cancellation))).Message.ShouldContain("A job of kind 'train' has nothing ready");
        await client.PauseAsync(run.Job!.Id, Cancellation);
        await Until(run.Job!.Id, job => job is { Status: JobStatus.Paused, Pausing: false });
        await (await trained.Running.Http.PostAsync($"/api/jobs/{run.Job!.Id}/pause", null, Cancellation)).Problem(409);
        (await client.ResumeAsync(run.Job!.Id, Cancellation)).Status.ShouldNotBe(JobStatus.Paused);
        await Until(run.Job!.Id, job => job is { Status: JobStatus.Running, Attempt: 2 });
        (await trained.Running.Http.GetStringAsync($"/api/jobs/{run.Job!.Id}/log/file", Cancellation)).ShouldContain("Z  Paused.");
        await client.CancelAsync(run.Job!.Id, Cancellation);
        (await client.WaitAsync(next.Job!.Id, cancellation: Cancellation)).Error.ShouldBe($"It was to come after job {run.Job!.Id}, which was cancelled.");
    }

    [Fact]
    public async Task A_training_is_done_again_with_changes_and_one_by_another_algorithm_has_its_own_defaults()
    {
        JobView again = await trained.Running.Client.CloneAsync(trained.Run.Job!.Id, new CloneRequest(TrainedRun.Values("""{"seed":9}"""), Name: "again"), Cancellation);
        RunView run = await trained.Running.Client.RunAsync(again.Owner, Cancellation);
        (run.Name, run.Plan!.Seed, run.Plan!.Algorithm, run.Plan!.Target, run.DatasetId).ShouldBe(("again", 9UL, trained.Run.Plan!.Algorithm, "verdict", trained.Dataset.Id));
        run.Plan!.Hyperparameters["trees"].GetInt32().ShouldBe(20);
        run.Plan!.Drop.ShouldBe(["id"]);
        JobView other = await trained.Running.Client.CloneAsync(trained.Run.Job!.Id, new CloneRequest(TrainedRun.Values("""{"algorithm":"decision_tree"}""")), Cancellation);
        RunView tree = await trained.Running.Client.RunAsync(other.Owner, Cancellation);
        (tree.Plan!.Algorithm, tree.Plan!.Hyperparameters.Count).ShouldBe(("decision_tree", 0));
        (await trained.Running.Client.WaitAsync(other.Id, cancellation: Cancellation)).Status.ShouldBe(JobStatus.Completed);
        await (await trained.Running.Http.PostAsJsonAsync($"/api/jobs/{trained.Run.Job!.Id}/clone", new { plan = new { colour = 1 } }, Cancellation)).Problem(422);
    }

    [Fact]
    public async Task A_fetching_is_done_again_and_a_reading_is_not()
    {
        JobView first = await trained.Running.Client.FetchAsync("kepler_simulated", new SourceRequest(50, 2), Cancellation);
        JobView again = await trained.Running.Client.CloneAsync(first.Id, new CloneRequest(After: [first.Id]), Cancellation);
        JobView done = await trained.Running.Client.WaitAsync(again.Id, cancellation: Cancellation);
        done.Status.ShouldBe(JobStatus.Completed, done.Error);
        string reading = trained.Running.Platform.Jobs.List(kind: "read_dataset").Items[0].Id;
        await (await trained.Running.Http.PostAsync($"/api/jobs/{reading}/clone", null, Cancellation)).Problem(409);
    }

    private async Task Until(string id, Func<JobView, bool> holds)
    {
        var watch = Stopwatch.StartNew();
        JobView job;
        while (!holds(job = await trained.Running.Client.JobAsync(id, Cancellation)))
        {
            watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(40), $"job is {job}");
            await Task.Delay(20, Cancellation);
        }
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private async Task<JobLog> Log(string id, long after) => await (await trained.Running.Http.GetAsync($"/api/jobs/{id}/log?after={after}", Cancellation)).Read<JobLog>();

    private async Task<string> LastId()
    {
        string text = await trained.Running.Http.GetStringAsync($"/api/jobs/{trained.Run.Job!.Id}/events", Cancellation);
        return text.Split('\n').Last(line => line.StartsWith("id: ", StringComparison.Ordinal))[4..];
    }

    private Task<HttpResponseMessage> Events(string lastEventId)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/api/jobs/{trained.Run.Job!.Id}/events");
        request.Headers.TryAddWithoutValidation("Last-Event-ID", lastEventId);
        return trained.Running.Http.SendAsync(request, Cancellation);
    }
}

public sealed class JobTests(TrainedRun trained) : JobContract(trained), IClassFixture<TrainedRun>;

public sealed class JobOnPostgresTests(TrainedPostgresRun trained) : JobContract(trained), IClassFixture<TrainedPostgresRun>;
