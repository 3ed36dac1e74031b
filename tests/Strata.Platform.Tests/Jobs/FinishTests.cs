using System.Text.Json.Nodes;
using Shouldly;
using Strata.Platform.Jobs;
using Xunit;

namespace Strata.Platform.Tests.Jobs;

/// <summary>Jobs that end before they are done, and parts of work that are saved each by itself.</summary>
public sealed class FinishTests
{
    private static readonly JsonObject Endless = new() { ["parts"] = 100_000 };

    [Fact]
    public async Task A_job_that_is_finished_early_completes_with_what_is_ready()
    {
        await using JobHouse house = await JobHouse.StartAsync();
        Job job = await house.EnqueueAsync("gather", (JsonObject)Endless.DeepClone());
        await house.UntilAsync(job.Id, now => now.CurrentStep is not null);

        (await house.Jobs.FinishAsync(job.Id)).IsFinishRequested.ShouldBeTrue();
        Job done = await house.EndAsync(job.Id);

        done.Status.ShouldBe(JobStatus.Completed, done.Error);
        done.Result!["ready"]!.GetValue<int>().ShouldBeInRange(1, 99_999);
    }

    [Fact]
    public async Task Parts_are_found_again_after_a_pause()
    {
        await using JobHouse house = await JobHouse.StartAsync();
        Job job = await house.EnqueueAsync("gather", (JsonObject)Endless.DeepClone());
        await house.UntilAsync(job.Id, now => now.CurrentStep is "part 3" or "part 4" or "part 5" or "part 6" or "part 7" or "part 8" or "part 9");
        await house.Jobs.PauseAsync(job.Id);
        await house.UntilAsync(job.Id, now => now.Status == JobStatus.Paused);
        await Should.ThrowAsync<ConflictException>(() => house.Jobs.FinishAsync(job.Id));

        await house.Jobs.ResumeAsync(job.Id);
        await house.UntilAsync(job.Id, now => now.Attempt == 2 && now.Status == JobStatus.Running);
        await house.Jobs.FinishAsync(job.Id);
        Job done = await house.EndAsync(job.Id);

        done.Status.ShouldBe(JobStatus.Completed, done.Error);
        int found = done.Result!["found"]!.GetValue<int>(), ready = done.Result["ready"]!.GetValue<int>();
        (found == ready || found >= 4).ShouldBeTrue($"{found} parts found, {ready} ready");
    }

    [Fact]
    public async Task A_job_that_waits_has_nothing_ready()
    {
        await using JobHouse house = JobHouse.Idle();
        Job job = await house.EnqueueAsync("gather", (JsonObject)Endless.DeepClone());

        (await Should.ThrowAsync<ConflictException>(() => house.Jobs.FinishAsync(job.Id))).Message.ShouldContain("queued and cannot be finished early");
    }

    [Theory]
    [InlineData("")]
    [InlineData("../else")]
    [InlineData("a/b")]
    [InlineData("a.b")]
    public void A_part_stays_in_its_folder(string name)
    {
        using var folder = new TemporaryFolder();

        Should.Throw<ArgumentException>(() => new FileCheckpoint(Path.Join(folder.Root, "checkpoint")).Part(name));
    }
}
