using System.Diagnostics;
using System.Text.Json.Nodes;
using Shouldly;
using Strata.Platform.Jobs;
using Xunit;

namespace Strata.Platform.Tests.Jobs;

/// <summary>Jobs that are put aside and taken up again.</summary>
public sealed class PauseTests
{
    [Fact]
    public async Task A_paused_job_saves_what_it_has_and_goes_on_from_there_also_under_the_next_server()
    {
        await using JobHouse house = await JobHouse.StartAsync();
        Job job = await house.EnqueueAsync("count", new JsonObject { ["steps"] = 200 });
        await house.UntilAsync(job.Id, now => now.CurrentStep is not null);

        (await house.Jobs.PauseAsync(job.Id)).IsPauseRequested.ShouldBeTrue();
        Job paused = await house.UntilAsync(job.Id, now => now.Status == JobStatus.Paused);

        paused.Crashes.ShouldBe(0);
        await house.ReopenAsync();
        house.Jobs.Get(job.Id).Status.ShouldBe(JobStatus.Paused);
        (await house.Jobs.ResumeAsync(job.Id)).Status.ShouldBe(JobStatus.Queued);
        Job done = await house.EndAsync(job.Id);
        done.Status.ShouldBe(JobStatus.Completed, done.Error);
        done.Attempt.ShouldBe(2);
        string saved = house.Said(job.Id, "saved")[^1]["saved ".Length..];
        house.Said(job.Id, "from", "Paused").ShouldBe(["from 0", "Paused. It will go on from its last checkpoint.", $"from {saved}"]);
    }

    [Fact]
    public async Task A_job_that_goes_on_knows_how_long_it_has_worked_and_what_it_has_left_so_far_can_be_read()
    {
        await using JobHouse house = await JobHouse.StartAsync();
        Job job = await house.EnqueueAsync("gather", new JsonObject { ["parts"] = 100 });
        house.Jobs.Unfinished(job, "gathered").ShouldBeNull();
        Job running = await house.UntilAsync(job.Id, now => now.CurrentStep is not null && house.Jobs.Unfinished(now, "gathered") is not null);
        house.Jobs.Unfinished(running, "gathered")!.Length.ShouldBeGreaterThan(0);
        await house.Jobs.PauseAsync(job.Id);
        Job paused = await house.UntilAsync(job.Id, now => now.Status == JobStatus.Paused);
        house.Jobs.Unfinished(paused, "gathered").ShouldBeNull();
        await house.Jobs.ResumeAsync(job.Id);

        Job done = await house.EndAsync(job.Id);

        done.Status.ShouldBe(JobStatus.Completed, done.Error);
        done.Result!["worked_ms"]!.GetValue<double>().ShouldBeGreaterThan(0);
        house.Jobs.Unfinished(done, "gathered").ShouldBeNull();
    }

    [Fact]
    public async Task A_job_that_waits_is_paused_at_once_and_does_not_start()
    {
        await using JobHouse house = JobHouse.Idle();
        Job job = await house.EnqueueAsync("succeed");
        (await house.Jobs.PauseAsync(job.Id)).Status.ShouldBe(JobStatus.Paused);
        (await house.Jobs.ClaimAsync()).ShouldBeNull();
        await Should.ThrowAsync<ConflictException>(() => house.Jobs.PauseAsync(job.Id));
        (await house.Jobs.ResumeAsync(job.Id)).QueuePosition.ShouldBe(1);
        (await Should.ThrowAsync<ConflictException>(() => house.Jobs.ResumeAsync(job.Id))).Message.ShouldContain("queued and cannot be resumed");
        (await house.Jobs.ClaimAsync())!.Id.ShouldBe(job.Id);
    }

    [Fact]
    public async Task A_paused_job_can_be_cancelled_and_leaves_no_folder()
    {
        await using JobHouse house = await JobHouse.StartAsync();
        Job job = await house.EnqueueAsync("count", new JsonObject { ["steps"] = 10_000 });
        await house.UntilAsync(job.Id, now => now.CurrentStep is not null);
        await house.Jobs.PauseAsync(job.Id);
        await house.UntilAsync(job.Id, now => now.Status == JobStatus.Paused);
        Directory.Exists(house.Attempt(job.Id, 1).Root).ShouldBeTrue();
        (await house.Jobs.CancelAsync(job.Id)).Status.ShouldBe(JobStatus.Cancelled);
        await house.UntilAsync(job.Id, _ => !Directory.Exists(house.Attempt(job.Id, 1).Root));
    }

    [Fact]
    public async Task A_worker_that_does_not_obey_is_ended_after_the_time_for_saving_and_a_cancel_does_not_wait_so_long()
    {
        await using JobHouse house = await JobHouse.StartAsync(options => options with { PauseGrace = TimeSpan.FromSeconds(2) });
        Job deaf = await house.EnqueueAsync("ignore_cancel");
        Job cancelled = await house.EnqueueAsync("ignore_cancel");
        foreach (Job job in new[] { deaf, cancelled })
        {
            await house.UntilAsync(job.Id, now => now.Status == JobStatus.Running);
            await house.Jobs.PauseAsync(job.Id);
        }

        var watch = Stopwatch.StartNew();
        await house.Jobs.CancelAsync(cancelled.Id);
        (await house.EndAsync(cancelled.Id)).Status.ShouldBe(JobStatus.Cancelled);
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(4)); // Two on an idle machine.
        Job paused = await house.UntilAsync(deaf.Id, now => now.Status == JobStatus.Paused);
        paused.Crashes.ShouldBe(0);
        house.Said(deaf.Id, "Paused").ShouldBe(["Paused. It will go on from the beginning, since it had saved nothing."]);
    }

    [Fact]
    public async Task A_job_that_is_resumed_before_it_has_paused_goes_on_in_another_worker()
    {
        await using JobHouse house = await JobHouse.StartAsync();
        Job job = await house.EnqueueAsync("count", new JsonObject { ["steps"] = 100 });
        await house.UntilAsync(job.Id, now => now.CurrentStep is not null);
        await house.Jobs.PauseAsync(job.Id);
        (await house.Jobs.ResumeAsync(job.Id)).IsPauseRequested.ShouldBeFalse();
        Job done = await house.EndAsync(job.Id);
        done.Status.ShouldBe(JobStatus.Completed, done.Error);
        done.Crashes.ShouldBe(0);
        house.Said(job.Id, "from").Length.ShouldBe(done.Attempt);
    }

    [Fact]
    public async Task A_training_that_is_paused_ends_with_the_same_model()
    {
        const int epochs = 20;
        await using JobHouse house = await JobHouse.StartAsync();
        Job job = await house.EnqueueAsync(TestWorker.NetworkKind.Name, new JsonObject { ["kills"] = 0, ["every_seconds"] = 3600, ["epochs"] = epochs, ["rest_ms"] = 200 });
        await house.UntilAsync(job.Id, now => house.Said(job.Id, "epoch 2").Length > 0);
        await house.Jobs.PauseAsync(job.Id);
        await house.UntilAsync(job.Id, now => now.Status == JobStatus.Paused);
        house.Said(job.Id, "Paused").ShouldBe(["Paused. It will go on from its last checkpoint."]);
        await house.Jobs.ResumeAsync(job.Id);
        Job done = await house.EndAsync(job.Id);
        done.Status.ShouldBe(JobStatus.Completed, done.Error);
        house.Said(job.Id, "epoch 0").Length.ShouldBe(1, "it was begun once");
        done.Result!.GetValue<string>().ShouldBe(TestWorker.NetworkKind.Hash(epochs, TestWorker.NetworkKind.UsualRows, new Learning.FitContext { Seed = 3, Threads = 1 }));
    }
}
