using System.Diagnostics;
using System.Text.Json.Nodes;
using Dapper;
using Shouldly;
using Strata.Platform.Jobs;
using Strata.Platform.Runs;
using Strata.Platform.Storage;
using Strata.Platform.TestWorker;
using Xunit;

namespace Strata.Platform.Tests.Jobs;

/// <summary>What becomes of jobs when the server, the worker or both are killed at the wrong moment.</summary>
public class RecoveryTests : IAsyncLifetime
{
    /// <summary>Null is SQLite.</summary>
    protected virtual string? Database => null;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private readonly TemporaryFolder folder = new();
    private readonly List<Process> servers = [];
    private StrataPlatform? platform;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        servers.ForEach(Kill);
        if (platform is not null)
        {
            await platform.DisposeAsync();
        }

        folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_killed_server_loses_no_metric_and_the_next_one_takes_the_result(bool afterTheWorkerIsDone)
    {
        const int points = 3000;
        (Process server, string id) = await ServeAsync("metrics", new JsonObject { ["count"] = points, ["pause_every"] = 40 });
        AttemptFolder attempt = Attempt(id, 1);
        await UntilAsync(() => File.Exists(attempt.EventsFile) && new FileInfo(attempt.EventsFile).Length > 30_000);
        Kill(server);
        if (afterTheWorkerIsDone)
        {
            await UntilAsync(() => File.Exists(attempt.ResultFile) && !FolderLock.IsHeld(attempt.LockFile));
        }
        else
        {
            FolderLock.IsHeld(attempt.LockFile).ShouldBeTrue("the worker outlives its server");
        }

        Job job = await ReopenAndWaitAsync(id);
        job.Status.ShouldBe(JobStatus.Completed, job.Error);
        job.Attempt.ShouldBe(1);
        job.Result!.GetValue<int>().ShouldBe(points);
        MetricSeries series = platform!.Runs.Series(job.Owner, points).ShouldHaveSingleItem();
        series.Points.Select(point => point with { Time = 0 }).ShouldBe(Enumerable.Range(0, points).Select(step => new MetricPoint("loss", step, 1.0 / (step + 1))));
    }

    [Fact]
    public async Task When_server_and_worker_are_killed_the_job_is_done_again()
    {
        (Process server, string id) = await ServeAsync("metrics", new JsonObject { ["count"] = 500, ["pause_every"] = 5 });
        AttemptFolder attempt = Attempt(id, 1);
        await UntilAsync(() => File.Exists(attempt.ProcessFile) && File.Exists(attempt.EventsFile) && new FileInfo(attempt.EventsFile).Length > 1000);
        Kill(server);
        using (Process worker = Process.GetProcessById(int.Parse(await File.ReadAllTextAsync(attempt.ProcessFile, Cancellation), System.Globalization.CultureInfo.InvariantCulture)))
        {
            worker.Kill();
        }

        await UntilAsync(() => !FolderLock.IsHeld(attempt.LockFile));
        Job job = await ReopenAndWaitAsync(id);
        job.Status.ShouldBe(JobStatus.Completed, job.Error);
        job.Attempt.ShouldBe(2);
        platform!.Runs.Series(job.Owner, 500).ShouldHaveSingleItem().Count.ShouldBe(500);
    }

    [Fact]
    public async Task A_worker_of_an_earlier_server_is_cancelled_within_two_seconds()
    {
        (Process server, string id) = await ServeAsync("ignore_cancel", []);
        await UntilAsync(() => File.Exists(Attempt(id, 1).EventsFile));
        Kill(server);
        await ReopenAsync();
        await UntilAsync(() => platform!.Jobs.Get(id).Status == JobStatus.Running);
        var watch = Stopwatch.StartNew();
        await platform!.Jobs.CancelAsync(id);
        (await platform.Jobs.WaitAsync(id, Patience, Cancellation)).Status.ShouldBe(JobStatus.Cancelled);
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(4)); // Two on an idle machine; the tests share theirs.

        // The runner itself takes the dead worker's lock, and lets it go a moment after it has told the end.
        await UntilAsync(() => !FolderLock.IsHeld(Attempt(id, 1).LockFile));
    }

    [Fact]
    public async Task A_job_whose_server_died_before_starting_the_worker_is_started_again()
    {
        string id = await ClaimedJobAsync("succeed");
        Job job = await ReopenAndWaitAsync(id);
        job.Status.ShouldBe(JobStatus.Completed, job.Error);
        job.Attempt.ShouldBe(2);
    }

    [Fact]
    public async Task A_result_that_nobody_took_in_is_taken_in_also_behind_a_torn_line()
    {
        string id = await ClaimedJobAsync("succeed");
        AttemptFolder attempt = Attempt(id, 1);
        attempt.Create(new AttemptOrder(id, 1, "succeed", [], new Dictionary<string, AttemptInput>(), 1));
        using (var events = new EventWriter(attempt.EventsFile, TimeProvider.System))
        {
            events.Log("the last whole line");
        }

        await File.AppendAllTextAsync(attempt.EventsFile, "{\"type\":\"log\",\"nu", Cancellation);
        attempt.WriteResult(new WorkerResult(WorkerOutcome.Completed) { Result = 7 });
        Job job = await ReopenAndWaitAsync(id);
        job.Status.ShouldBe(JobStatus.Completed, job.Error);
        job.Result!.GetValue<int>().ShouldBe(7);
        platform!.Jobs.Log(id).ShouldHaveSingleItem().Text.ShouldBe("the last whole line");
    }

    [Fact]
    public async Task A_file_that_was_damaged_after_the_worker_wrote_it_is_not_accepted()
    {
        string id = await ClaimedJobAsync("succeed");
        AttemptFolder attempt = Attempt(id, 1);
        attempt.Create(new AttemptOrder(id, 1, "succeed", [], new Dictionary<string, AttemptInput>(), 1));
        await File.WriteAllTextAsync(Path.Join(attempt.OutputFolder, "answer.txt"), "torn", Cancellation);
        attempt.WriteResult(new WorkerResult(WorkerOutcome.Completed) { Files = new Dictionary<string, string> { ["answer.txt"] = new string('0', 64) } });
        Job job = await ReopenAndWaitAsync(id);
        job.Status.ShouldBe(JobStatus.Completed);
        job.Attempt.ShouldBe(2);
        platform!.Jobs.Log(id).ShouldContain(line => line.Text.Contains("damaged"));
        platform.Runs.Artifacts(id).Select(artifact => artifact.Name).ShouldBe(["inner/answer.txt"]);
    }

    [Fact]
    public async Task A_worker_that_comes_late_to_an_abandoned_attempt_does_nothing()
    {
        var attempt = new AttemptFolder(folder.At("late"));
        attempt.Create(new AttemptOrder("late", 1, "succeed", [], new Dictionary<string, AttemptInput>(), 1));
        using (WorkerProcess absent = WorkerProcess.Adopt(attempt))
        {
            absent.HasEnded().ShouldBeTrue();
        }

        using Process late = Process.Start(TestPlatform.WorkerPath, ["work", attempt.Root]);
        await late.WaitForExitAsync(Cancellation);
        late.ExitCode.ShouldBe(Worker.NothingToDo);
        attempt.ReadResult().ShouldBeNull();
    }

    [Fact]
    public async Task Two_workers_on_one_attempt_are_one()
    {
        var attempt = new AttemptFolder(folder.At("twice"));
        attempt.Create(new AttemptOrder("twice", 1, "succeed", [], new Dictionary<string, AttemptInput>(), 1));
        using Process first = Process.Start(TestPlatform.WorkerPath, ["work", attempt.Root]);
        using Process second = Process.Start(TestPlatform.WorkerPath, ["work", attempt.Root]);
        await Task.WhenAll(first.WaitForExitAsync(Cancellation), second.WaitForExitAsync(Cancellation));
        new[] { first.ExitCode, second.ExitCode }.ShouldBe([Worker.Done, Worker.NothingToDo], ignoreOrder: true);
    }

    [Fact]
    public async Task An_end_that_the_full_disk_refused_is_recorded_later_and_once()
    {
        platform = StrataPlatform.Open(TestPlatform.OptionsFor(folder.Root, Database), TestPlatform.LoadModel, TimeProvider.System);
        var finish = new FlakyFinish(new IOException("No space left on device", 28));
        platform.Jobs.Add(finish);
        await platform.StartAsync(Cancellation);
        Job job = await platform.Jobs.WaitAsync((await platform.Jobs.EnqueueAsync(new JobRequest("succeed", []))).Id, Patience, Cancellation);
        job.Status.ShouldBe(JobStatus.Completed);
        (finish.Calls, job.Attempt).ShouldBe((2, 1));
    }

    [Fact]
    public async Task An_end_that_cannot_be_registered_fails_the_job_and_leaves_nothing()
    {
        platform = StrataPlatform.Open(TestPlatform.OptionsFor(folder.Root, Database), TestPlatform.LoadModel, TimeProvider.System);
        platform.Jobs.Add(new FlakyFinish(new InvalidOperationException("the shelf is missing")));
        await platform.StartAsync(Cancellation);
        Job job = await platform.Jobs.WaitAsync((await platform.Jobs.EnqueueAsync(new JobRequest("succeed", []))).Id, Patience, Cancellation);
        job.Status.ShouldBe(JobStatus.Failed);
        job.Error!.ShouldContain("the shelf is missing");
        platform.Runs.Artifacts(job.Id).ShouldBeEmpty();
        await UntilAsync(() => !platform.Storage.Blobs.All().Any());
    }

    private static void Kill(Process server)
    {
        if (!server.HasExited)
        {
            server.Kill();
            server.WaitForExit();
        }
    }

    private AttemptFolder Attempt(string jobId, int number) => new(Path.Join(folder.Root, "attempts", $"{jobId}-{number}"));

    /// <summary>Starts a server process that runs one job, and returns when the job is queued.</summary>
    private async Task<(Process Server, string JobId)> ServeAsync(string kind, JsonObject payload)
    {
        var start = new ProcessStartInfo(TestPlatform.WorkerPath, ["serve", folder.Root, kind, payload.ToJsonString()]) { RedirectStandardOutput = true };
        start.Environment["STRATA_DATABASE"] = Database;
        Process server = Process.Start(start)!;
        servers.Add(server);
        return (server, (await server.StandardOutput.ReadLineAsync(Cancellation))!);
    }

    /// <summary>A job as a server leaves it that dies after claiming it.</summary>
    private async Task<string> ClaimedJobAsync(string kind)
    {
        await using var dying = StrataPlatform.Open(TestPlatform.OptionsFor(folder.Root, Database), TestPlatform.LoadModel, TimeProvider.System);
        Job job = await dying.Jobs.EnqueueAsync(new JobRequest(kind, []));
        await dying.Storage.Database.WriteAsync(connection => { connection.Execute("update jobs set status = 'preparing', attempt = 1 where id = @Id", job); });
        return job.Id;
    }

    private async Task ReopenAsync()
    {
        platform = StrataPlatform.Open(TestPlatform.OptionsFor(folder.Root, Database), TestPlatform.LoadModel, TimeProvider.System);
        await platform.StartAsync(Cancellation);
    }

    private async Task<Job> ReopenAndWaitAsync(string id)
    {
        await ReopenAsync();
        return await platform!.Jobs.WaitAsync(id, Patience, Cancellation);
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        var watch = Stopwatch.StartNew();
        while (!holds())
        {
            watch.Elapsed.ShouldBeLessThan(Patience);
            await Task.Delay(10, Cancellation);
        }
    }

    /// <summary>Throws the first time, and whenever the error is one that stays.</summary>
    private sealed class FlakyFinish(Exception error) : IJobFinish
    {
        public int Calls { get; private set; }

        public string Kind => "succeed";

        public Task<JobFinish> PrepareAsync(EndedJob ended, CancellationToken cancellation) =>
            ++Calls == 1 && ended.Status == JobStatus.Completed ? throw error : Task.FromResult(new JobFinish(ended.Result));
    }
}
