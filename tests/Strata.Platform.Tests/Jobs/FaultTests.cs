using System.Diagnostics;
using System.Text.Json.Nodes;
using Shouldly;
using Strata.Learning;
using Strata.Platform.Jobs;
using Strata.Platform.Storage;
using Strata.Platform.TestWorker;
using Xunit;

namespace Strata.Platform.Tests.Jobs;

/// <summary>Workers that are killed, stopped and asked to end at moments drawn by chance, and clocks that jump.</summary>
public sealed class FaultTests
{
    private const int Epochs = 12;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>How many trainings are killed; 3 unless the environment asks for more.</summary>
    public static IEnumerable<TheoryDataRow<int>> Seeds => Enumerable.Range(1, int.Parse(Environment.GetEnvironmentVariable("STRATA_FAULT_SEEDS") ?? "3", System.Globalization.CultureInfo.InvariantCulture)).Select(seed => new TheoryDataRow<int>(seed));

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task A_training_killed_at_a_random_moment_ends_with_the_same_model(int seed)
    {
        var random = new Random(seed);
        await using JobHouse house = await JobHouse.StartAsync();
        Job job = await house.EnqueueAsync(NetworkKind.Name, new JsonObject { ["kills"] = 0, ["rows"] = 500, ["rest_ms"] = 200 });
        await house.UntilAsync(job.Id, now => now.Status == JobStatus.Running || now.Status.IsEnded());
        await Task.Delay(random.Next(0, 1500), Cancellation);
        long killed = Stopwatch.GetTimestamp();
        await house.SignalAsync(job.Id, 1, "KILL");
        Job again = await house.UntilAsync(job.Id, now => now is { Attempt: 2, Status: JobStatus.Running } || now.Status.IsEnded());
        Stopwatch.GetElapsedTime(killed).ShouldBeLessThan(TimeSpan.FromSeconds(15), "it resumes within fifteen seconds");
        Job done = await house.EndAsync(again.Id);
        done.Status.ShouldBe(JobStatus.Completed, done.Error);
        done.Result!.GetValue<string>().ShouldBe(NetworkKind.Hash(Epochs, 500, new FitContext { Seed = 3, Threads = 1 }));
        int[] epochs = [.. house.Said(job.Id, "epoch ").Select(line => int.Parse(line[6..], System.Globalization.CultureInfo.InvariantCulture))];
        epochs.Length.ShouldBeLessThanOrEqualTo(Epochs + 1, "one epoch is repeated at the most");
    }

    [Fact]
    public async Task A_database_that_is_lost_just_when_a_job_has_ended_keeps_no_later_job_waiting()
    {
        int troubles = 0;
        await using JobHouse house = await JobHouse.StartAsync(options => options with { MaxConcurrentJobs = 1, OnTrouble = _ => Interlocked.Increment(ref troubles) });
        house.Platform.Storage.Database.Engine.BeforeStatement = _ =>
        {
            if (Volatile.Read(ref troubles) == 0 && Environment.StackTrace.Contains("ClearAttempts", StringComparison.Ordinal))
            {
                throw new StorageException("The database is away.", isTemporary: true);
            }
        };
        (await house.RunAsync("succeed")).Status.ShouldBe(JobStatus.Completed);
        (await house.RunAsync("succeed")).Status.ShouldBe(JobStatus.Completed);
        troubles.ShouldBe(1);
    }

    [Fact]
    public async Task A_checkpoint_whose_writer_is_killed_is_the_one_before_or_the_new_one()
    {
        using var folder = new TemporaryFolder();
        int kills = 3 * Seeds.Count();
        int last = 0, within = 0;
        for (int seed = 0; seed < kills; seed++)
        {
            using Process writer = Process.Start(new ProcessStartInfo(TestPlatform.WorkerPath, ["write-checkpoints", folder.At("checkpoint"), "200000"]) { RedirectStandardOutput = true })!;
            await writer.StandardOutput.ReadLineAsync(Cancellation);
            await Task.Delay(new Random(seed).Next(0, 60), Cancellation);
            writer.Kill();
            await writer.WaitForExitAsync(Cancellation);
            byte[] saved = new FileCheckpoint(folder.At("checkpoint")).Load()!;
            saved.Length.ShouldBe(200_000);
            int number = BitConverter.ToInt32(saved);
            saved.Skip(4).ShouldAllBe(letter => letter == (byte)number);
            last = Math.Max(last, number);
            string[] halfWritten = Directory.GetFiles(folder.Root, "*.tmp");
            within += halfWritten.Length > 0 ? 1 : 0;
            Array.ForEach(halfWritten, File.Delete);
        }

        last.ShouldBeGreaterThan(0);
        if (kills > 100)
        {
            within.ShouldBeGreaterThan(kills / 4, "many kills fall into a write");
        }

        TestContext.Current.SendDiagnosticMessage($"{within} of {kills} kills fell into a write");
    }

    [Fact]
    public async Task A_worker_that_was_stopped_past_its_time_changes_nothing_when_it_goes_on()
    {
        await using JobHouse house = await JobHouse.StartAsync(options => options with { HeartbeatTimeout = TimeSpan.FromSeconds(3) });
        Job job = await house.EnqueueAsync("freeze_once");
        await house.UntilAsync(job.Id, now => now.Status == JobStatus.Running);
        AttemptFolder old = house.Attempt(job.Id, 1);
        Job done = await house.EndAsync(job.Id);
        done.Status.ShouldBe(JobStatus.Completed, done.Error);
        (done.Attempt, done.Crashes).ShouldBe((2, 1));

        // A worker that nobody could kill would write on: its events, its result and its end are all of an attempt that does not count.
        (await house.Platform.Storage.Database.WriteAsync(connection => JobTable.TryAdvance(connection, job.Id, 1, 0, 100, TimeSpan.Zero))).ShouldBeFalse();
        Job late = done with { Attempt = 1 };
        await house.Jobs.Ending.EndAsync(new EndedJob(late, JobStatus.Failed, null, "too late", new Dictionary<string, Blob>()), Cancellation);
        house.Jobs.Get(job.Id).Status.ShouldBe(JobStatus.Completed);
        await house.UntilAsync(job.Id, _ => !Directory.Exists(old.Root));
    }

    /// <summary>As on another machine, or behind a lock that does not hold: nobody can tell that the old worker still lives, and nobody ends it.</summary>
    [Fact]
    public async Task A_worker_that_goes_on_after_another_has_taken_its_job_changes_nothing_and_ends_itself()
    {
        await using JobHouse house = await JobHouse.StartAsync();
        Job job = await house.EnqueueAsync("count", new JsonObject { ["steps"] = 300, ["every"] = 20 });
        await house.UntilAsync(job.Id, now => now.CurrentStep is not null);
        AttemptFolder old = house.Attempt(job.Id, 1);
        int worker = int.Parse(await File.ReadAllTextAsync(old.ProcessFile, Cancellation), System.Globalization.CultureInfo.InvariantCulture);
        await house.SignalAsync(job.Id, 1, "STOP");
        File.Delete(old.LockFile);
        await house.ReopenAsync();
        Job done = await house.EndAsync(job.Id);
        (done.Status, done.Attempt).ShouldBe((JobStatus.Completed, 2), done.Error);
        int lines = house.Jobs.Log(job.Id).Count;

        using (Process go = Process.Start("kill", ["-CONT", $"{worker}"]))
        {
            await go.WaitForExitAsync(Cancellation);
        }

        for (var watch = Stopwatch.StartNew(); IsAlive(worker); await Task.Delay(50, Cancellation))
        {
            watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(15), "a worker whose attempt is void ends by itself");
        }

        await Task.Delay(200, Cancellation);
        Job after = house.Jobs.Get(job.Id);
        (after.Status, after.Attempt, after.EndedAt, after.Progress).ShouldBe((done.Status, done.Attempt, done.EndedAt, done.Progress));
        house.Jobs.Log(job.Id).Count.ShouldBe(lines);
        Directory.Exists(old.Root).ShouldBeFalse();
    }

    [Fact]
    public async Task A_worker_asked_to_end_by_the_system_saves_what_it_has_and_another_goes_on()
    {
        using var folder = new TemporaryFolder();
        var attempt = new AttemptFolder(folder.At("attempt"));
        attempt.Create(new AttemptOrder("job", 1, "count", new JsonObject { ["steps"] = 10_000 }, new Dictionary<string, AttemptInput>(), 1));
        using Process worker = Process.Start(TestPlatform.WorkerPath, ["work", attempt.Root]);
        while (!File.Exists(attempt.EventsFile) || !File.ReadAllText(attempt.EventsFile).Contains("step ", StringComparison.Ordinal))
        {
            await Task.Delay(20, Cancellation);
        }

        long asked = Stopwatch.GetTimestamp();
        using (Process kill = Process.Start("kill", ["-TERM", $"{worker.Id}"]))
        {
            await worker.WaitForExitAsync(Cancellation);
        }

        worker.ExitCode.ShouldBe(Worker.Interrupted);
        Stopwatch.GetElapsedTime(asked).ShouldBeLessThan(TimeSpan.FromSeconds(10));
        BitConverter.ToInt32(File.ReadAllBytes(attempt.CheckpointFile)).ShouldBeGreaterThan(0);
        attempt.ReadResult()!.Outcome.ShouldBe(WorkerOutcome.Interrupted);
    }

    [Theory]
    [InlineData(-10)]
    [InlineData(120)]
    public async Task A_clock_that_jumps_ends_no_job_early_or_late_and_delays_no_retry(int minutes)
    {
        var clock = new JumpingClock();
        await using JobHouse house = await JobHouse.StartAsync(options => options with { HeartbeatTimeout = TimeSpan.FromSeconds(20), RetryDelay = TimeSpan.FromSeconds(1) }, clock);
        Job counts = await house.Jobs.EnqueueAsync(new JobRequest("count", new JsonObject { ["steps"] = 100 }) { TimeLimit = TimeSpan.FromMinutes(5) });
        Job crashes = await house.EnqueueAsync("crash", new JsonObject { ["until_attempt"] = 2 });
        await house.UntilAsync(counts.Id, now => now.CurrentStep is not null);
        await house.UntilAsync(crashes.Id, now => now.Crashes == 1);
        clock.Jump(TimeSpan.FromMinutes(minutes));
        var watch = Stopwatch.StartNew();
        (await house.EndAsync(crashes.Id)).Status.ShouldBe(JobStatus.Completed);
        Job done = await house.EndAsync(counts.Id);
        done.Status.ShouldBe(JobStatus.Completed, done.Error);
        (done.Attempt, done.Crashes).ShouldBe((1, 0));
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(30));
        string after = (await house.EnqueueAsync("succeed")).Id;
        house.Jobs.List().Items[0].Id.ShouldBe(after, "the order is that of asking, not of the clock");
    }

    [Fact]
    public async Task A_poisonous_job_ends_after_three_tries_and_the_others_go_on()
    {
        await using JobHouse house = await JobHouse.StartAsync();
        Job poison = await house.EnqueueAsync("kill_self");
        Job good = await house.EnqueueAsync("succeed");
        (await house.EndAsync(good.Id)).Status.ShouldBe(JobStatus.Completed);
        Job failed = await house.EndAsync(poison.Id);
        (failed.Status, failed.Attempt).ShouldBe((JobStatus.Failed, 3));
        (await house.RunAsync("succeed")).Status.ShouldBe(JobStatus.Completed);
    }

    /// <summary>Neither gone nor a process that has ended and waits for somebody to ask how.</summary>
    private static bool IsAlive(int process)
    {
        try
        {
            string stat = File.ReadAllText($"/proc/{process}/stat");
            return stat[stat.LastIndexOf(')') + 2] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>A time of day that somebody sets; its timer goes on undisturbed, as the system's does.</summary>
    private sealed class JumpingClock : TimeProvider
    {
        private long shiftInTicks;

        public void Jump(TimeSpan by) => Interlocked.Add(ref shiftInTicks, by.Ticks);

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref shiftInTicks));
    }
}
