using System.Diagnostics;
using System.Text.Json.Nodes;
using Shouldly;
using Strata.Learning;
using Strata.Platform.Jobs;
using Strata.Platform.Runs;
using Strata.Platform.Storage;
using Strata.Platform.TestWorker;
using Xunit;

namespace Strata.Platform.Tests.Jobs;

/// <summary>Jobs in real worker processes.</summary>
public class JobRunnerTests : IAsyncLifetime
{
    /// <summary>Null is SQLite.</summary>
    protected virtual string? Database => null;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private readonly TemporaryFolder folder = new();
    private StrataPlatform platform = null!;

    public async ValueTask InitializeAsync() => await OpenAsync(TestPlatform.OptionsFor(folder.Root, Database));

    public async ValueTask DisposeAsync()
    {
        await platform.DisposeAsync();
        folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_job_runs_to_its_result_with_log_metrics_and_files()
    {
        Job job = await RunAsync("succeed");
        job.Status.ShouldBe(JobStatus.Completed);
        job.Result!.ToJsonString().ShouldBe("""{"answer":42,"threads":1}""");
        job.Progress.ShouldBe(100);
        job.CurrentStep.ShouldBe("half way");
        job.Attempt.ShouldBe(1);
        (job.CreatedAt <= job.StartedAt && job.StartedAt <= job.EndedAt).ShouldBeTrue();
        platform.Jobs.Log(job.Id).Select(line => (line.Number, line.Text)).ShouldBe([(1, "first line"), (2, "second line")]);
        MetricSeries loss = platform.Runs.Series(job.Owner).ShouldHaveSingleItem();
        loss.Points.Select(point => point.Value).ShouldBe([1.5, double.NaN, double.PositiveInfinity]);
        platform.Runs.Artifacts(job.Owner).ShouldHaveSingleItem().Name.ShouldBe("inner/answer.txt");
        using var reader = new StreamReader(platform.Runs.OpenArtifact(job.Owner, "inner/answer.txt"));
        (await reader.ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldBe("forty-two");
        await UntilAsync(job.Id, _ => !Directory.EnumerateDirectories(platform.Storage.AttemptsFolder).Any());
    }

    [Fact]
    public async Task What_the_person_did_wrong_fails_at_once_with_its_message()
    {
        Job job = await RunAsync("fail");
        job.Status.ShouldBe(JobStatus.Failed);
        job.Error.ShouldBe("Column 'age' has no values.");
        job.Attempt.ShouldBe(1);
    }

    [Fact]
    public async Task A_defect_fails_at_once_and_its_trace_is_in_the_log()
    {
        Job job = await RunAsync("defect");
        job.Status.ShouldBe(JobStatus.Failed);
        job.Error!.ShouldContain("an impossible thing happened");
        job.Attempt.ShouldBe(1);
        platform.Jobs.Log(job.Id).ShouldContain(line => line.Text.Contains("TestKinds"));
    }

    [Fact]
    public async Task An_unknown_kind_fails_with_the_list_of_kinds()
    {
        Job job = await RunAsync("levitate");
        job.Status.ShouldBe(JobStatus.Failed);
        job.Error!.ShouldContain("'succeed'");
    }

    [Fact]
    public async Task A_worker_that_always_crashes_is_tried_three_times_then_fails_with_its_last_words()
    {
        Job job = await RunAsync("crash");
        job.Status.ShouldBe(JobStatus.Failed);
        job.Attempt.ShouldBe(3);
        job.Error!.ShouldContain("exit code 42");
        job.Error!.ShouldContain("the ground opened");
        job.Error!.ShouldContain("3 times");
        platform.Jobs.Log(job.Id).Select(line => line.Text).Where(text => text.StartsWith("attempt", StringComparison.Ordinal)).ShouldBe(["attempt 1", "attempt 2", "attempt 3"]);
    }

    [Fact]
    public async Task A_worker_that_crashed_once_gets_its_second_chance()
    {
        Job job = await RunAsync("crash", new JsonObject { ["until_attempt"] = 2 });
        job.Status.ShouldBe(JobStatus.Completed);
        job.Attempt.ShouldBe(2);
        job.Result!.GetValue<int>().ShouldBe(2);
    }

    [Fact]
    public async Task A_worker_killed_with_signal_9_is_tried_again_then_fails_and_says_so()
    {
        Job job = await RunAsync("kill_self");
        job.Status.ShouldBe(JobStatus.Failed);
        job.Attempt.ShouldBe(3);
        job.Error!.ShouldContain("signal 9");
    }

    [Fact]
    public async Task A_worker_that_the_system_asks_to_end_is_started_again_and_that_is_no_crash()
    {
        Job job = await EnqueueAsync("hang");
        await UntilAsync(job.Id, now => now.CurrentStep == "hanging");
        string pid = await File.ReadAllTextAsync(Path.Join(platform.Storage.AttemptsFolder, $"{job.Id}-1", "worker.pid"), TestContext.Current.CancellationToken);
        using (Process terminate = Process.Start("kill", ["-TERM", pid]))
        {
            await terminate.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        await UntilAsync(job.Id, now => now is { Attempt: 2, Status: JobStatus.Running });
        platform.Jobs.Get(job.Id).Crashes.ShouldBe(0);
        await platform.Jobs.CancelAsync(job.Id);
        (await platform.Jobs.WaitAsync(job.Id, Patience, TestContext.Current.CancellationToken)).Status.ShouldBe(JobStatus.Cancelled);
    }

    [Fact]
    public async Task The_next_attempt_goes_on_from_the_last_checkpoint()
    {
        Job job = await RunAsync("resume");
        job.Status.ShouldBe(JobStatus.Completed);
        platform.Jobs.Log(job.Id).Select(line => line.Text).Where(text => text.StartsWith("from", StringComparison.Ordinal)).ShouldBe(["from 0", "from 4", "from 8"]);
    }

    [Fact]
    public async Task A_network_whose_training_is_killed_in_mid_epoch_ends_with_the_same_weights()
    {
        Job job = await RunAsync(NetworkKind.Name, new JsonObject { ["kills"] = 2 });

        job.Status.ShouldBe(JobStatus.Completed, job.Error);
        job.Attempt.ShouldBe(3);
        int[] epochs = [.. platform.Jobs.Log(job.Id).Select(line => line.Text).Where(text => text.StartsWith("epoch ", StringComparison.Ordinal)).Select(text => int.Parse(text[6..], System.Globalization.CultureInfo.InvariantCulture))];
        epochs.Count(epoch => epoch == 0).ShouldBe(1, "it was begun once");
        epochs[^1].ShouldBe(11);
        job.Result!.GetValue<string>().ShouldBe(NetworkKind.Hash(NetworkKind.UsualEpochs, NetworkKind.UsualRows, new FitContext { Seed = 3, Threads = 1 }));
    }

    [Fact]
    public async Task A_worker_out_of_memory_fails_and_says_how_much_it_may_use()
    {
        Job job = await RunAsync("exhaust_memory");
        job.Status.ShouldBe(JobStatus.Failed);
        job.Error!.ShouldContain("out of memory");
        job.Error!.ShouldContain("300 MiB");
        job.Attempt.ShouldBe(1);
    }

    [Theory]
    [InlineData("hang")]
    [InlineData("spin")]
    [InlineData("ignore_cancel")]
    public async Task A_running_job_is_cancelled_within_two_seconds(string kind)
    {
        Job job = await EnqueueAsync(kind);
        await UntilAsync(job.Id, now => now.Status == JobStatus.Running);
        if (kind == "ignore_cancel")
        {
            await UntilAsync(job.Id, now => platform.Jobs.Log(now.Id).Count > 0);
        }

        var watch = Stopwatch.StartNew();
        await platform.Jobs.CancelAsync(job.Id);
        Job ended = await platform.Jobs.WaitAsync(job.Id, Patience, TestContext.Current.CancellationToken);
        ended.Status.ShouldBe(JobStatus.Cancelled);
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(4)); // Two on an idle machine; the tests share theirs.
        if (kind == "ignore_cancel")
        {
            int child = int.Parse(platform.Jobs.Log(job.Id)[0].Text.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
            ProcessState(child).ShouldBeOneOf(null, 'Z');
        }
    }

    [Fact]
    public async Task A_queued_job_is_cancelled_at_once_and_never_starts()
    {
        Job[] busy = [await EnqueueAsync("hang"), await EnqueueAsync("hang")];
        await UntilAsync(busy[1].Id, now => now.Status == JobStatus.Running);
        Job waiting = await EnqueueAsync("succeed");
        (await platform.Jobs.CancelAsync(waiting.Id)).Status.ShouldBe(JobStatus.Cancelled);
        await Should.ThrowAsync<ConflictException>(() => platform.Jobs.CancelAsync(waiting.Id));
        foreach (Job job in busy)
        {
            await platform.Jobs.CancelAsync(job.Id);
            await platform.Jobs.WaitAsync(job.Id, Patience, TestContext.Current.CancellationToken);
        }

        platform.Jobs.Get(waiting.Id).Attempt.ShouldBe(0);
    }

    [Fact]
    public async Task A_job_past_its_time_limit_is_stopped_and_says_so()
    {
        Job job = await platform.Jobs.EnqueueAsync(new JobRequest("ignore_cancel", []) { TimeLimit = TimeSpan.FromMilliseconds(200) });
        Job ended = await platform.Jobs.WaitAsync(job.Id, Patience, TestContext.Current.CancellationToken);
        ended.Status.ShouldBe(JobStatus.Failed);
        ended.Error!.ShouldContain("time limit");
        ended.Attempt.ShouldBe(1);
    }

    [Fact]
    public async Task A_worker_without_signs_of_life_is_killed_and_one_without_progress_too()
    {
        await platform.DisposeAsync();
        await OpenAsync(TestPlatform.OptionsFor(folder.Root, Database) with { HeartbeatTimeout = TimeSpan.FromSeconds(4), ProgressTimeout = TimeSpan.FromSeconds(5), MaxAttempts = 1 });
        Job frozen = await EnqueueAsync("freeze");
        Job hanging = await EnqueueAsync("hang");
        frozen = await platform.Jobs.WaitAsync(frozen.Id, Patience, TestContext.Current.CancellationToken);
        frozen.Status.ShouldBe(JobStatus.Failed);
        frozen.Error!.ShouldContain("no sign of life");
        hanging = await platform.Jobs.WaitAsync(hanging.Id, Patience, TestContext.Current.CancellationToken);
        hanging.Status.ShouldBe(JobStatus.Failed);
        hanging.Error!.ShouldContain("not got any further");
    }

    [Fact]
    public async Task A_program_that_cannot_start_fails_the_job_with_the_shells_words()
    {
        await platform.DisposeAsync();
        await OpenAsync(TestPlatform.OptionsFor(folder.Root, Database) with { WorkerProgram = new WorkerProgram("/nowhere/strata", ["work"]) });
        Job job = await RunAsync("succeed");
        job.Status.ShouldBe(JobStatus.Failed);
        job.Error!.ShouldContain("not found");
    }

    [Fact]
    public async Task A_damaged_input_is_refused_by_the_worker()
    {
        using Blob blob = await platform.Storage.Blobs.WriteAsync("some text"u8.ToArray(), TestContext.Current.CancellationToken);
        var request = new JobRequest("read_input", []) { Inputs = new Dictionary<string, string> { ["text"] = blob.Hash } };
        Job read = await platform.Jobs.WaitAsync((await platform.Jobs.EnqueueAsync(request)).Id, Patience, TestContext.Current.CancellationToken);
        read.Result!.GetValue<string>().ShouldBe("some text");
        await File.WriteAllTextAsync(platform.Storage.Blobs.PathOf(blob.Hash), "other text", TestContext.Current.CancellationToken);
        Job refused = await platform.Jobs.WaitAsync((await platform.Jobs.EnqueueAsync(request)).Id, Patience, TestContext.Current.CancellationToken);
        refused.Status.ShouldBe(JobStatus.Failed);
        refused.Error!.ShouldContain("damaged");
    }

    [Fact]
    public async Task A_listener_sees_the_whole_life_of_a_job_and_a_late_one_its_end()
    {
        Job job = await EnqueueAsync("succeed");
        List<JobEvent> live = await ListenAsync(job.Id);
        live.Select(happened => happened.Id).ShouldBeInOrder();
        live.Where(happened => happened.Name == "log").Select(happened => happened.Line!.Text).ShouldBe(["first line", "second line"]);
        live.Count(happened => happened.Name == "metric").ShouldBe(3);
        live[^1].Job!.Status.ShouldBe(JobStatus.Completed);
        List<JobEvent> late = await ListenAsync(job.Id);
        late.Count(happened => happened.Name == "metric").ShouldBe(3);
        late.Count(happened => happened.Name == "log").ShouldBe(2);
        late[^1].Job!.Status.ShouldBe(JobStatus.Completed);
    }

    [Fact]
    public async Task No_more_jobs_run_at_once_than_the_setting_says()
    {
        Job[] jobs = [await EnqueueAsync("hang"), await EnqueueAsync("hang"), await EnqueueAsync("hang")];
        await UntilAsync(jobs[1].Id, now => now.Status == JobStatus.Running);
        platform.Jobs.Get(jobs[2].Id).Status.ShouldBe(JobStatus.Queued);
        await platform.Jobs.CancelAsync(jobs[0].Id);
        await UntilAsync(jobs[2].Id, now => now.Status == JobStatus.Running);
        foreach (Job job in jobs[1..])
        {
            await platform.Jobs.CancelAsync(job.Id);
            await platform.Jobs.WaitAsync(job.Id, Patience, TestContext.Current.CancellationToken);
        }
    }

    private static char? ProcessState(int id)
    {
        string path = $"/proc/{id}/stat";
        return File.Exists(path) ? File.ReadAllText(path).Split(") ")[1][0] : null;
    }

    private async Task OpenAsync(PlatformOptions options)
    {
        platform = StrataPlatform.Open(options, TestPlatform.LoadModel, TimeProvider.System);
        await platform.StartAsync();
    }

    private Task<Job> EnqueueAsync(string kind) => platform.Jobs.EnqueueAsync(new JobRequest(kind, []));

    private async Task<Job> RunAsync(string kind, JsonObject? payload = null)
    {
        Job job = await platform.Jobs.EnqueueAsync(new JobRequest(kind, payload ?? []));
        return await platform.Jobs.WaitAsync(job.Id, Patience, TestContext.Current.CancellationToken);
    }

    private async Task<List<JobEvent>> ListenAsync(string id)
    {
        var heard = new List<JobEvent>();
        await foreach (JobEvent happened in platform.Jobs.Events.ListenAsync(id, cancellation: TestContext.Current.CancellationToken))
        {
            heard.Add(happened);
        }

        return heard;
    }

    private async Task UntilAsync(string id, Func<Job, bool> holds)
    {
        var watch = Stopwatch.StartNew();
        while (!holds(platform.Jobs.Get(id)))
        {
            watch.Elapsed.ShouldBeLessThan(Patience, $"job is {platform.Jobs.Get(id)}");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }
}
